import { Tag, Typography, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/lib/format';
import { useDeliveries, type Delivery } from '../api/webhooks';

const COLOR = { pending: 'processing', delivered: 'success', failed: 'error' } as const;

/** What was sent to a webhook, and what is to be sent again when. */
export function Deliveries({ id }: { id: string }) {
  const { t } = useTranslation('webhook');
  const format = useFormat();
  const [page, setPage] = useState(1);
  const deliveries = useDeliveries(id, page);
  const columns: TableProps<Delivery>['columns'] = [
    { title: t('event.label'), key: 'event', render: (_, row) => <Typography.Text code>{row.event_type}</Typography.Text> },
    {
      title: t('state'),
      key: 'state',
      render: (_, row) => (
        <>
          <Tag color={COLOR[row.status]}>{t(`delivery.${row.status}`)}</Tag>
          {row.error !== null && <div className="break-anywhere">{t(`error.${row.error}`, { status: row.http_status })}</div>}
        </>
      ),
    },
    { title: t('attempts'), key: 'attempts', align: 'right', width: 90, render: (_, row) => format.count(row.attempts) },
    {
      title: t('when'),
      key: 'when',
      width: 220,
      render: (_, row) => (
        <>
          {format.time(row.created_at)}
          {row.next_attempt_at !== null && (
            <>
              <br />
              <Typography.Text type="secondary">{t('next', { when: format.relative(row.next_attempt_at) })}</Typography.Text>
            </>
          )}
        </>
      ),
    },
  ];
  return (
    <DataTable
      label={t('deliveries')}
      columns={columns}
      rows={deliveries.data?.data}
      rowKey={(row) => row.id}
      loading={deliveries.isPending}
      error={deliveries.error}
      retry={() => void deliveries.refetch()}
      empty={<EmptyState title={t('noDeliveries')} description={t('noDeliveriesHint')} />}
      paging={{ page, total: deliveries.data?.total ?? 0, onPage: setPage, pageSize: 10 }}
      minWidth={640}
    />
  );
}
