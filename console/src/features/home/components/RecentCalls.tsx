import { Card, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { BillingMark, CallOutcome } from '@/components/CallOutcome';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { LinkButton } from '@/components/LinkButton';
import { useFormat } from '@/lib/format';
import { useOwnRecords, type UsageRecord } from '@/lib/ownRecords';
import { isLost } from '@/lib/query';
import './home.css';

const SHOWN = 6;

/** The latest calls; all of them are on the usage page. */
export function RecentCalls() {
  const { t } = useTranslation('home');
  const records = useOwnRecords({ limit: SHOWN });
  return (
    <Card
      title={<h2 className="card-title">{t('recent.title')}</h2>}
      extra={
        <LinkButton to="/usage" color="primary" variant="link" size="small">
          {t('recent.all')}
        </LinkButton>
      }
    >
      {records.isPending ? (
        <Skeleton active title={false} paragraph={{ rows: 4 }} />
      ) : isLost(records) ? (
        <ErrorState error={records.error} retry={() => void records.refetch()} />
      ) : records.data.data.length === 0 ? (
        <EmptyState
          title={t('recent.none')}
          description={t('recent.noneText')}
          action={
            <LinkButton to="/chat" color="primary" variant="solid">
              {t('chat')}
            </LinkButton>
          }
        />
      ) : (
        <Calls records={records.data.data} />
      )}
    </Card>
  );
}

/** A plain table: the one of Ant Design would be a fifth of all that the first page loads. */
function Calls({ records }: { records: UsageRecord[] }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  return (
    <div className="recent-scroll" tabIndex={0} role="region" aria-label={t('recent.title')}>
      <table className="recent">
        <thead>
          <tr>
            <th scope="col">{t('recent.when')}</th>
            <th scope="col">{t('recent.model')}</th>
            <th scope="col">{t('recent.key')}</th>
            <th scope="col">{t('recent.outcome')}</th>
            <th scope="col" className="number">
              {t('recent.tokens')}
            </th>
            <th scope="col" className="number">
              {t('recent.cost')}
            </th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.attempt_id}>
              <td title={format.time(record.started_at)}>{format.relative(record.started_at)}</td>
              <td className="break-anywhere">{record.model}</td>
              <td className="break-anywhere">{record.caller_key_name ?? t('recent.console')}</td>
              <td>
                <CallOutcome outcome={record.outcome} />
              </td>
              <td className="number">{format.count(record.total_tokens)}</td>
              <td className="number">
                <BillingMark billing={record.billing} /> {format.money(record.cost, record.currency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
