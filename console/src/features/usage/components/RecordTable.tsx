import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Card, Select, Space, Table } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import { useTranslation } from 'react-i18next';
import { BillingMark, CallOutcome } from '@/components/CallOutcome';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { OutcomeSelect } from '@/components/OutcomeSelect';
import { useFormat } from '@/lib/format';
import { BILLINGS } from '@/lib/outcomes';
import { useOwnRecords, type RecordQuestion, type UsageRecord } from '@/lib/ownRecords';
import { isLost } from '@/lib/query';
import { downloadRecords } from '../api/record';
import type { UsageSearch } from '../search';
import type { SearchChange } from '../UsagePage';

interface Props {
  search: UsageSearch;
  question: RecordQuestion;
  onFilter: (change: SearchChange) => void;
  onChange: (change: SearchChange) => void;
}

/** My calls one by one, the newest first, a part at a time. */
export function RecordTable({ search, question, onFilter, onChange }: Props) {
  const { t } = useTranslation('usage');
  const { t: words } = useTranslation('meter');
  const format = useFormat();
  const textOf = useErrorText();
  const { message } = App.useApp();
  const records = useOwnRecords({ ...question, ...(search.after === undefined ? {} : { after: search.after }) });
  const download = useMutation({ mutationFn: () => downloadRecords(question), onError: (error) => message.error(textOf(error)) });
  const columns: ColumnsType<UsageRecord> = [
    {
      title: t('when'),
      dataIndex: 'started_at',
      width: 220,
      render: (iso: string, record) => (
        <button type="button" className="usage-link numbers" onClick={() => onChange({ record: record.attempt_id })}>
          {format.time(iso)}
        </button>
      ),
    },
    { title: t('model'), dataIndex: 'model', className: 'break-anywhere' },
    { title: t('key'), dataIndex: 'caller_key_name', className: 'break-anywhere', render: (name: string | null, record) => name ?? (record.caller_key_id === null ? t('console') : (record.caller_key_hint ?? t('keyGone'))) },
    { title: t('outcome'), dataIndex: 'outcome', width: 120, render: (outcome: UsageRecord['outcome']) => <CallOutcome outcome={outcome} /> },
    { title: t('tokens'), dataIndex: 'total_tokens', align: 'right', width: 110, className: 'numbers', render: format.count },
    { title: t('firstWord'), dataIndex: 'first_content_ms', align: 'right', width: 110, className: 'numbers', render: format.milliseconds },
    { title: t('duration'), dataIndex: 'duration_ms', align: 'right', width: 110, className: 'numbers', render: format.milliseconds },
    {
      title: t('cost'),
      dataIndex: 'cost',
      align: 'right',
      width: 180,
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
      title={<h2 className="card-title">{t('records')}</h2>}
      extra={
        <Button icon={<DownloadOutlined />} loading={download.isPending} onClick={() => download.mutate()}>
          {t('export')}
        </Button>
      }
    >
      <div className="filters">
        <OutcomeSelect value={search.outcome} onChange={(outcome) => onFilter({ outcome })} />
        <Select
          allowClear
          placeholder={t('billing')}
          aria-label={t('billing')}
          value={search.billing ?? null}
          onChange={(billing) => onFilter({ billing: billing ?? undefined })}
          options={BILLINGS.map((value) => ({ value, label: words(`billing.${value}`) }))}
          style={{ minWidth: 140 }}
        />
      </div>
      {isLost(records) ? (
        <ErrorState error={records.error} retry={() => void records.refetch()} />
      ) : (
        <>
          <Table
            rowKey="attempt_id"
            size="middle"
            columns={columns}
            dataSource={records.data?.data ?? []}
            loading={records.isPending}
            pagination={false}
            {...((records.data?.data.length ?? 0) > 0 ? { scroll: { x: 1040 } } : {})}
            locale={{ emptyText: records.isPending ? ' ' : <EmptyState title={t('nothing')} description={t('nothingText')} /> }}
          />
          {(search.after !== undefined || records.data?.has_more === true) && (
            <Space style={{ marginTop: 12 }}>
              <Button disabled={search.after === undefined} onClick={() => onChange({ after: undefined })}>
                {t('newest')}
              </Button>
              <Button disabled={records.data?.has_more !== true} onClick={() => onChange({ after: records.data?.next ?? undefined })}>
                {t('older')}
              </Button>
            </Space>
          )}
        </>
      )}
    </Card>
  );
}
