import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { App, Button, Card, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteByName } from '@/components/DeleteByName';
import { EmptyState } from '@/components/EmptyState';
import { useErrorText } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { SearchInput } from '@/components/SearchInput';
import { cleaned } from '@/lib/cleaned';
import { useDeleteMcpServer, useMcpServer, useMcpServers, useRefreshMcpServer, useSaveMcpServer, type McpServer, type McpServerFields } from './api/servers';
import { ServerForm } from './components/ServerForm';
import { ServerTable } from './components/ServerTable';
import { ToolsDrawer } from './components/ToolsDrawer';
import type { McpSearch } from './search';

const route = getRouteApi('/app/admin/mcp-servers');

type Act = { act: 'create' } | { act: 'edit' | 'delete'; server: McpServer };

/** Servers whose tools agents can be given, once somebody has read and allowed them. */
export function McpServersPage() {
  const { t } = useTranslation('mcp');
  const { t: common } = useTranslation();
  const { message } = App.useApp();
  const textOf = useErrorText();
  const search = route.useSearch();
  const navigate = useNavigate();
  const servers = useMcpServers(search.q, search.page ?? 1);
  const opened = useMcpServer(search.server);
  const saving = useSaveMcpServer();
  const toggling = useSaveMcpServer();
  const refreshing = useRefreshMcpServer();
  const deleting = useDeleteMcpServer();
  const [act, setAct] = useState<Act | null>(null);
  const of = act !== null && act.act !== 'create' ? act.server : null;
  const failed = (error: unknown) => message.error(textOf(error));
  const go = (change: Partial<Record<keyof McpSearch, unknown>>) => void navigate({ to: '/admin/mcp-servers', search: (before) => cleaned({ ...before, ...change }) as McpSearch, replace: true });
  const close = () => {
    setAct(null);
    saving.reset();
  };
  const submit = (fields: McpServerFields) =>
    saving.mutate(
      { edited: of, fields },
      {
        onSuccess: (saved) => {
          message.success(common('state.saved'));
          close();
          // A new one, or one that is elsewhere now, is asked for its tools at once.
          if (of === null || of.url !== saved.url) {
            refreshing.mutate(saved.id, { onError: failed });
            go({ server: saved.id });
          }
        },
      },
    );
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAct({ act: 'create' })}>
      {t('create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} actions={create} />
      <Card>
        <Flex style={{ marginBottom: 16 }}>
          <SearchInput value={search.q} label={t('search')} onSearch={(q) => go({ q, page: undefined })} />
        </Flex>
        <ServerTable
          servers={servers.data?.data}
          loading={servers.isPending}
          error={servers.error}
          retry={() => void servers.refetch()}
          empty={search.q === undefined ? <EmptyState title={t('none')} description={t('noneHint')} action={create} /> : <EmptyState title={t('noneFound')} description={t('noneFoundHint')} />}
          paging={{ page: search.page ?? 1, total: servers.data?.total ?? 0, onPage: (page) => go({ page: page === 1 ? undefined : page }) }}
          busy={toggling.isPending ? toggling.variables.edited?.id : undefined}
          onTools={(server) => go({ server: server.id })}
          onEdit={(server) => setAct({ act: 'edit', server })}
          onDelete={(server) => setAct({ act: 'delete', server })}
          onEnable={(server, enabled) => toggling.mutate({ edited: server, fields: { enabled } }, { onError: failed })}
        />
      </Card>
      <ServerForm open={act?.act === 'create' || act?.act === 'edit'} edited={act?.act === 'edit' ? of : null} busy={saving.isPending} error={saving.error} onSubmit={submit} onCancel={close} />
      <ToolsDrawer id={search.server} name={opened.data?.name ?? ''} onClose={() => go({ server: undefined })} />
      <DeleteByName
        of={act?.act === 'delete' ? act.server : null}
        nameOf={(server) => server.name}
        title={t('deleteTitle')}
        consequence={t('deleteText')}
        busy={deleting.isPending}
        onDelete={(server, then) => deleting.mutate(server.id, then)}
        onClose={close}
      />
    </>
  );
}
