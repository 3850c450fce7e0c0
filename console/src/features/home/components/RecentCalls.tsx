import { Card, Table } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import { useTranslation } from 'react-i18next';
import { BillingMark, CallOutcome } from '@/components/CallOutcome';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { LinkButton } from '@/components/LinkButton';
import { useFormat } from '@/lib/format';
import { useOwnRecords, type UsageRecord } from '@/lib/ownRecords';

const SHOWN = 6;

/** The latest calls; all of them are on the usage page. */
export function RecentCalls() {
  const { t } = useTranslation('home');
  const format = useFormat();
  const records = useOwnRecords({ limit: SHOWN });
  const columns: ColumnsType<UsageRecord> = [
    { title: t('recent.when'), dataIndex: 'started_at', render: (iso: string) => <span title={format.time(iso)}>{format.relative(iso)}</span>, width: 140 },
    { title: t('recent.model'), dataIndex: 'model', ellipsis: true },
    { title: t('recent.key'), dataIndex: 'caller_key_name', ellipsis: true, render: (name: string | null) => name ?? t('recent.console') },
    { title: t('recent.outcome'), dataIndex: 'outcome', width: 120, render: (outcome: UsageRecord['outcome']) => <CallOutcome outcome={outcome} /> },
    { title: t('recent.tokens'), dataIndex: 'total_tokens', align: 'right', width: 110, className: 'numbers', render: format.count },
    {
      title: t('recent.cost'),
      dataIndex: 'cost',
      align: 'right',
      width: 170,
      className: 'numbers',
      render: (cost: string, record) => (
        <>
          <BillingMark billing={record.billing} /> {format.money(cost, record.currency)}
        </>
      ),
    },
  ];
  return (
    <Card
      title={<h2 className="card-title">{t('recent.title')}</h2>}
      extra={
        <LinkButton to="/usage" color="primary" variant="link" size="small">
          {t('recent.all')}
        </LinkButton>
      }
      styles={{ body: { padding: 0 } }}
    >
      {records.isError ? (
        <div style={{ padding: 16 }}>
          <ErrorState error={records.error} retry={() => void records.refetch()} />
        </div>
      ) : (
        <Table
          className="table-in-card"
          rowKey="attempt_id"
          size="middle"
          columns={columns}
          dataSource={records.data?.data ?? []}
          loading={records.isPending}
          pagination={false}
          scroll={{ x: 720 }}
          locale={{
            emptyText: records.isPending ? (
              ' '
            ) : (
              <EmptyState
                title={t('recent.none')}
                description={t('recent.noneText')}
                action={
                  <LinkButton to="/chat" color="primary" variant="solid">
                    {t('chat')}
                  </LinkButton>
                }
              />
            ),
          }}
        />
      )}
    </Card>
  );
}
