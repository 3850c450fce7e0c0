import { Link } from '@tanstack/react-router';
import { Card, Progress, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { useBudgetName } from '@/components/useBudgetName';
import { useFormat } from '@/lib/format';
import { useBudgetsNearEnd, usedShare, type Budget } from '../api/useBudgetsNearEnd';

function Left({ budget }: { budget: Budget }) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const amount = (value: string | number) =>
    budget.unit === 'tokens' ? t('tokens', { shown: format.compact(Number(value)), count: Number(value) }) : format.money(String(value), budget.unit);
  return <span className="numbers overview-note">{t('left', { left: amount(budget.window.remaining), limit: amount(budget.window.limit) })}</span>;
}

/** Budgets over their warning threshold. */
export function NearEnd() {
  const { t } = useTranslation('overview');
  const nameOf = useBudgetName();
  const budgets = useBudgetsNearEnd();
  return (
    <Card size="small" title={t('nearEnd')} extra={<Link to="/admin/budgets">{t('all')}</Link>}>
      {budgets.isPending && <Skeleton active title={false} />}
      {budgets.isError && <ErrorState error={budgets.error} retry={() => void budgets.refetch()} />}
      {budgets.data?.length === 0 && <EmptyState title={t('noneNearEnd')} />}
      <ul className="overview-rank">
        {budgets.data?.map((budget) => (
          <li key={budget.id}>
            <div className="overview-row">
              <Link to="/admin/budgets" search={budget.subject_id === null ? { scope: budget.scope } : { scope: budget.scope, subject_id: budget.subject_id }}>
                {nameOf(budget)}
              </Link>
              <Left budget={budget} />
            </div>
            <Progress
              percent={Math.round(usedShare(budget) * 100)}
              size="small"
              status={Number(budget.window.remaining) === 0 ? 'exception' : 'normal'}
              aria-label={t('used', { name: nameOf(budget) })}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
