import { Link } from '@tanstack/react-router';
import { Card, Table, Typography, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { CallOutcome } from '@/components/CallOutcome';
import { ErrorState } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { isLost } from '@/lib/query';
import { useAttempts, type UsageRecord, type UsageRecordDetail } from '../api/records';

/** What was recorded before a correction. */
export function Corrections({ record }: { record: UsageRecordDetail }) {
  const { t } = useTranslation('record');
  const format = useFormat();
  if (record.superseded.length === 0) {
    return null;
  }
  const rows = [
    { recorded_at: record.recorded_at, reason: record.correction_reason, tokens: record.total_tokens, cost: record.cost, currency: record.currency },
    ...record.superseded.map((row) => ({ recorded_at: row.recorded_at, reason: row.correction_reason, tokens: row.total_tokens, cost: row.cost, currency: row.currency })),
  ];
  const columns: TableProps<(typeof rows)[number]>['columns'] = [
    { title: t('recordedAt'), key: 'at', render: (_, row) => format.time(row.recorded_at) },
    { title: t('reason'), key: 'reason', render: (_, row) => <span className="break-anywhere">{row.reason ?? t('firstRecord')}</span> },
    { title: t('tokens'), key: 'tokens', align: 'right', className: 'numbers', render: (_, row) => format.count(row.tokens) },
    { title: t('cost'), key: 'cost', align: 'right', className: 'numbers', render: (_, row) => format.money(row.cost, row.currency, 9) },
  ];
  return (
    <Card size="small" className="call-wide" title={t('corrections')}>
      <Table size="small" aria-label={t('corrections')} columns={columns} dataSource={rows} rowKey={(row) => `${row.recorded_at} ${row.cost}`} pagination={false} scroll={{ x: 560 }} />
    </Card>
  );
}

/** The other attempts that the same request took, where there were some. */
export function Attempts({ record }: { record: UsageRecordDetail }) {
  const { t } = useTranslation('record');
  const format = useFormat();
  const attempts = useAttempts(record.request_id, record.started_at);
  if (isLost(attempts)) {
    return <ErrorState error={attempts.error} retry={() => void attempts.refetch()} />;
  }
  const rows = [...(attempts.data?.data ?? [])].sort((a, b) => a.attempt_number - b.attempt_number);
  if (rows.length < 2) {
    return null;
  }
  const columns: TableProps<UsageRecord>['columns'] = [
    {
      title: t('attempt'),
      key: 'attempt',
      render: (_, row) =>
        row.attempt_id === record.attempt_id ? (
          <Typography.Text strong>{row.attempt_number}</Typography.Text>
        ) : (
          <Link to="/admin/calls/$id" params={{ id: row.attempt_id }} state={true}>
            {row.attempt_number}
          </Link>
        ),
    },
    { title: t('provider'), key: 'provider', render: (_, row) => `${row.provider}${row.provider_key_hint === null ? '' : ` …${row.provider_key_hint}`}` },
    { title: t('outcome'), key: 'outcome', render: (_, row) => <CallOutcome outcome={row.outcome} /> },
    { title: t('status'), key: 'status', render: (_, row) => [row.status, row.error_code].filter((part) => part !== null).join(' · ') },
    { title: t('duration'), key: 'duration', align: 'right', className: 'numbers', render: (_, row) => format.milliseconds(row.duration_ms) },
    { title: t('cost'), key: 'cost', align: 'right', className: 'numbers', render: (_, row) => format.money(row.cost, row.currency) },
  ];
  return (
    <Card size="small" className="call-wide" title={t('attempts')}>
      <Table<UsageRecord> size="small" aria-label={t('attempts')} columns={columns} dataSource={rows} rowKey="attempt_id" pagination={false} scroll={{ x: 640 }} />
    </Card>
  );
}
