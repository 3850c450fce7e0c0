import { Link } from '@tanstack/react-router';
import { Space, Typography, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BillingMark, CallOutcome } from '@/components/CallOutcome';
import { DataTable } from '@/components/DataTable';
import { useFormat } from '@/lib/format';
import type { UsageRecord } from '../api/records';
import type { CallSearch } from '../search';

interface Props {
  records: UsageRecord[] | undefined;
  /** What the log is filtered by; a call's page leads back to that. */
  search: CallSearch;
  loading: boolean;
  error: unknown;
  retry: () => void;
  empty: ReactNode;
}

const output = (record: UsageRecord) => record.output_tokens + record.reasoning_tokens + record.audio_out_tokens;

/** Attempts, the newest first. */
export function CallTable({ records, search, loading, error, retry, empty }: Props) {
  const { t } = useTranslation('record');
  const format = useFormat();
  const columns: TableProps<UsageRecord>['columns'] = [
    {
      title: t('time'),
      key: 'time',
      width: 190,
      render: (_, record) => (
        <Link to="/admin/calls/$id" params={{ id: record.attempt_id }} state={{ calls: search }}>
          {format.time(record.started_at)}
        </Link>
      ),
    },
    {
      title: t('model'),
      key: 'model',
      render: (_, record) => (
        <span className="break-anywhere">
          {record.model}
          <br />
          <Typography.Text type="secondary">
            {record.provider}
            {record.provider_key_hint !== null && ` …${record.provider_key_hint}`}
          </Typography.Text>
        </span>
      ),
    },
    {
      title: t('caller'),
      key: 'caller',
      render: (_, record) => (
        <span className="break-anywhere">
          {record.username ?? t('gone')}
          <br />
          <Typography.Text type="secondary">{record.caller_key_name ?? t('login')}</Typography.Text>
        </span>
      ),
    },
    {
      title: t('outcome'),
      key: 'outcome',
      width: 170,
      render: (_, record) => (
        <>
          <Space size={4} wrap>
            <CallOutcome outcome={record.outcome} />
            <BillingMark billing={record.billing} />
          </Space>
          {record.error_code !== null && (
            <>
              <br />
              <Typography.Text type="secondary" className="break-anywhere">
                {record.status !== null && `${record.status} `}
                {record.error_code}
              </Typography.Text>
            </>
          )}
        </>
      ),
    },
    {
      title: t('tokens'),
      key: 'tokens',
      align: 'right',
      className: 'numbers',
      width: 120,
      render: (_, record) => (
        <>
          {format.count(record.total_tokens)}
          <br />
          <Typography.Text type="secondary">{t('inOut', { input: format.compact(record.total_tokens - output(record)), output: format.compact(output(record)) })}</Typography.Text>
        </>
      ),
    },
    { title: t('cost'), key: 'cost', align: 'right', className: 'numbers', width: 110, render: (_, record) => format.money(record.cost, record.currency) },
    { title: t('firstContent'), key: 'first', align: 'right', className: 'numbers', width: 100, render: (_, record) => format.milliseconds(record.first_content_ms) },
    { title: t('duration'), key: 'duration', align: 'right', className: 'numbers', width: 100, render: (_, record) => format.milliseconds(record.duration_ms) },
  ];
  return <DataTable label={t('title')} columns={columns} rows={records} rowKey={(record) => record.attempt_id} loading={loading} error={error} retry={retry} empty={empty} minWidth={1100} />;
}
