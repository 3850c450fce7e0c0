import { Link } from '@tanstack/react-router';
import { Card, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Amounts } from '@/components/Amounts';
import { ErrorState } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { share } from '@/lib/sums';
import type { Figures } from '../api/useFigures';

/** How much of this month's cost nobody confirmed, and how much nobody pays. */
export function Unsure({ month }: { month: Figures }) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const sums = month.now;
  return (
    <Card size="small" title={t('unsure')} extra={<Link to="/admin/reconciliation">{t('reconcile')}</Link>}>
      {sums === undefined ? (
        month.error === null ? (
          <Skeleton active title={false} />
        ) : (
          <ErrorState error={month.error} retry={month.retry} />
        )
      ) : (
        <ul className="overview-rank">
          <li className="overview-row">
            <Link to="/admin/calls" search={{ billing: 'estimated' }}>
              {t('estimated')}
            </Link>
            <span className="numbers">
              {format.count(sums.estimated)} ({format.percent(share(sums.estimated, sums.attempts))}) · <Amounts of={sums.estimatedCost} />
            </span>
          </li>
          <li className="overview-row">
            <span>{t('unbilled')}</span>
            <span className="numbers">
              {format.count(sums.unpaid)} ({format.percent(share(sums.unpaid, sums.attempts))}) · <Amounts of={sums.unpaidCost} />
            </span>
          </li>
        </ul>
      )}
    </Card>
  );
}
