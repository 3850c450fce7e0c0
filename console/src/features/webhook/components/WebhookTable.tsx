import { Flex, Tag, Typography, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { actionsColumn, nameColumn, switchColumn } from '@/components/columns';
import { DataTable } from '@/components/DataTable';
import type { Webhook } from '../api/webhooks';

interface Props {
  webhooks: Webhook[] | undefined;
  loading: boolean;
  error: unknown;
  retry: () => void;
  empty: ReactNode;
  paging: { page: number; total: number; onPage: (page: number) => void };
  /** Whose switch is under way, and who is being sent a test. */
  switching: string | undefined;
  tested: string | undefined;
  onEnable: (webhook: Webhook, enabled: boolean) => void;
  onDeliveries: (webhook: Webhook) => void;
  onTest: (webhook: Webhook) => void;
  onEdit: (webhook: Webhook) => void;
  onDelete: (webhook: Webhook) => void;
}

export function WebhookTable({ webhooks, loading, error, retry, empty, paging, switching, tested, onEnable, onDeliveries, onTest, onEdit, onDelete }: Props) {
  const { t } = useTranslation('webhook');
  const { t: common } = useTranslation();
  const columns: TableProps<Webhook>['columns'] = [
    nameColumn(t('url'), (webhook) => webhook.url, (webhook) => webhook.description),
    {
      title: t('events'),
      key: 'events',
      width: 260,
      render: (_, webhook) => (
        <Flex vertical align="start" gap={4}>
          {webhook.event_types.map((type) => (
            <Tag key={type} style={{ margin: 0 }}>
              {t(`event.${type.replace('.', '_')}`)}
            </Tag>
          ))}
        </Flex>
      ),
    },
    { title: t('secret'), key: 'secret', width: 130, render: (_, webhook) => <Typography.Text code>…{webhook.secret_hint}</Typography.Text> },
    switchColumn(t('enabled'), (webhook) => t('enabledOf', { url: webhook.url }), switching, onEnable),
    actionsColumn(common('table.actions'), 340, (webhook) => [
      { label: t('deliveries'), onClick: () => onDeliveries(webhook) },
      { label: t('test'), busy: tested === webhook.id, onClick: () => onTest(webhook) },
      { label: common('action.edit'), onClick: () => onEdit(webhook) },
      { label: common('action.delete'), danger: true, onClick: () => onDelete(webhook) },
    ]),
  ];
  return <DataTable label={t('title')} columns={columns} rows={webhooks} rowKey={(webhook) => webhook.id} loading={loading} error={error} retry={retry} empty={empty} paging={paging} minWidth={1080} />;
}
