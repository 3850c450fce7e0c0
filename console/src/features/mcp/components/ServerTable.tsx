import { Badge, Flex, Typography, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { actionsColumn, nameColumn, switchColumn } from '@/components/columns';
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
    nameColumn(t('name'), (server) => server.name, (server) => server.url),
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
    switchColumn(t('enabled'), (server) => t('enabledOf', { name: server.name }), busy, onEnable),
    actionsColumn(common('table.actions'), 220, (server) => [
      { label: t('tools'), onClick: () => onTools(server) },
      { label: common('action.edit'), onClick: () => onEdit(server) },
      { label: common('action.delete'), danger: true, onClick: () => onDelete(server) },
    ]),
  ];
  return <DataTable label={t('title')} columns={columns} rows={servers} rowKey={(server) => server.id} loading={loading} error={error} retry={retry} empty={empty} paging={paging} minWidth={900} />;
}
