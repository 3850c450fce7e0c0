import { Link } from '@tanstack/react-router';
import { Card, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { isLost } from '@/lib/query';
import { useUsageReport, type UsageLine, type UsageQuestion } from '@/lib/usageReport';

type By = 'model' | 'user' | 'team';

function nameOf(line: UsageLine, by: By): string | null | undefined {
  return by === 'model' ? line.model : by === 'user' ? line.username : line.team_name;
}

function filterOf(line: UsageLine, by: By): Record<string, string> {
  const id = by === 'model' ? line.model : by === 'user' ? line.user_id : line.team_id;
  return id === null || id === undefined ? {} : { [by === 'model' ? 'model' : `${by}_id`]: id };
}

/** Who or what cost most; each leads to its report. */
export function Ranking({ by, question, range }: { by: By; question: UsageQuestion; range: { range: 'today' | '30d' } }) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const report = useUsageReport({ ...question, group_by: by, order: 'cost', limit: 5 });
  return (
    <Card size="small" title={t(`top.${by}`)}>
      {report.isPending && <Skeleton active title={false} />}
      {isLost(report) && <ErrorState error={report.error} retry={() => void report.refetch()} />}
      {report.data?.data.length === 0 && <EmptyState title={t('noCalls')} />}
      <ol className="overview-rank">
        {report.data?.data.map((line) => (
          <li key={`${nameOf(line, by) ?? ''} ${Object.values(filterOf(line, by)).join()} ${line.currency}`} className="overview-row">
            <Link to="/admin/usage" search={{ ...range, currency: question.currency, ...filterOf(line, by) }}>
              {nameOf(line, by) ?? t('gone')}
            </Link>
            <span className="numbers">
              {format.money(line.cost, line.currency)}{' '}
              <Typography.Text type="secondary" className="overview-note">
                {t('tokens', { shown: format.compact(line.total_tokens), count: line.total_tokens })}
              </Typography.Text>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
