import { Badge, Button, Flex, Space, Switch, Typography, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import type { McpServer } from '../api/servers';
import { StateTag } from './StateTag';

interface Props {
  servers: McpServer[] | undefined;
  loading: boolean;
  error: unknown;
  retry: () => void;
  empty: ReactNode;
  paging: { page: number; total: number; onPage: (page: number) => void };
  busy: string | undefined;
  onTools: (server: McpServer) => void;
  onEdit: (server: McpServer) => void;
  onDelete: (server: McpServer) => void;
  onEnable: (server: McpServer, enabled: boolean) => void;
}

export function ServerTable({ servers, loading, error, retry, empty, paging, busy, onTools, onEdit, onDelete, onEnable }: Props) {
  const { t } = useTranslation('mcp');
  const { t: common } = useTranslation();
  const columns: TableProps<McpServer>['columns'] = [
    {
      title: t('name'),
      key: 'name',
      render: (_, server) => (
        <Flex vertical>
          <Typography.Text strong className="break-anywhere">
            {server.name}
          </Typography.Text>
          <Typography.Text type="secondary" className="break-anywhere" style={{ fontSize: 13 }}>
            {server.url}
          </Typography.Text>
        </Flex>
      ),
    },
    { title: t('state.label'), key: 'state', width: 220, render: (_, server) => <StateTag server={server} /> },
    {
      title: t('tools'),
      key: 'tools',
      width: 190,
      render: (_, server) => (
        <Flex vertical align="start" gap={2}>
          <Typography.Text>{t('usable', { usable: server.usable_count, count: server.tool_count })}</Typography.Text>
          {server.changed_count > 0 && <Badge status="warning" text={t('changed', { count: server.changed_count })} />}
        </Flex>
      ),
    },
    {
      title: t('enabled'),
      key: 'enabled',
      width: 90,
      render: (_, server) => <Switch checked={server.enabled} loading={busy === server.id} aria-label={t('enabledOf', { name: server.name })} onChange={(enabled) => onEnable(server, enabled)} />,
    },
    {
      key: 'actions',
      width: 220,
      align: 'right',
      render: (_, server) => (
        <Space size={4}>
          <Button size="small" onClick={() => onTools(server)}>
            {t('tools')}
          </Button>
          <Button size="small" onClick={() => onEdit(server)}>
            {common('action.edit')}
          </Button>
          <Button size="small" danger type="text" onClick={() => onDelete(server)}>
            {common('action.delete')}
          </Button>
        </Space>
      ),
    },
  ];
  return <DataTable label={t('title')} columns={columns} rows={servers} rowKey={(server) => server.id} loading={loading} error={error} retry={retry} empty={empty} paging={paging} minWidth={900} />;
}
