import { Link } from '@tanstack/react-router';
import { Card, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { CallOutcome } from '@/components/CallOutcome';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { BAD_ENDS } from '@/lib/outcomes';
import { isLost } from '@/lib/query';
import { useLatestErrors } from '../api/useLatestErrors';

/** The latest calls that came to no good end; each leads to its story. */
export function LatestErrors() {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const errors = useLatestErrors();
  return (
    <Card
      size="small"
      className="overview-wide"
      title={t('latestErrors')}
      extra={
        <Link to="/admin/calls" search={{ outcome: BAD_ENDS.join() }}>
          {t('all')}
        </Link>
      }
    >
      {errors.isPending && <Skeleton active title={false} />}
      {isLost(errors) && <ErrorState error={errors.error} retry={() => void errors.refetch()} />}
      {errors.data?.length === 0 && <EmptyState title={t('noErrors')} />}
      <ul className="overview-rank">
        {errors.data?.map((record) => (
          <li key={record.attempt_id}>
            <div className="overview-row">
              <Link to="/admin/calls/$id" params={{ id: record.attempt_id }}>
                {record.model} · {record.provider}
              </Link>
              <CallOutcome outcome={record.outcome} />
            </div>
            <div className="overview-row overview-note">
              <Typography.Text type="secondary">{[record.status, record.error_code].filter((part) => part !== null).join(' · ') || '–'}</Typography.Text>
              <Typography.Text type="secondary" title={format.time(record.started_at)}>
                {format.relative(record.started_at)}
              </Typography.Text>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
