import { ReloadOutlined } from '@ant-design/icons';
import { Alert, App, Button, Drawer, Flex, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { isLost } from '@/lib/query';
import { useMcpServer, useRefreshMcpServer } from '../api/servers';
import { useMcpTools } from '../api/tools';
import { StateTag } from './StateTag';
import { ToolCard } from './ToolCard';

function Tools({ id }: { id: string }) {
  const { t } = useTranslation('mcp');
  const { message } = App.useApp();
  const textOf = useErrorText();
  const server = useMcpServer(id);
  const tools = useMcpTools(id);
  const refreshing = useRefreshMcpServer();
  const refresh = (
    <Button icon={<ReloadOutlined />} loading={refreshing.isPending} onClick={() => refreshing.mutate(id, { onError: (error) => message.error(textOf(error)) })}>
      {t('refresh')}
    </Button>
  );
  if (isLost(server)) {
    return <ErrorState error={server.error} retry={() => void server.refetch()} />;
  }
  if (isLost(tools)) {
    return <ErrorState error={tools.error} retry={() => void tools.refetch()} />;
  }
  if (server.data === undefined || tools.data === undefined) {
    return <Skeleton active />;
  }
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" gap={12} wrap>
        <Flex vertical gap={4} style={{ minWidth: 0 }}>
          <StateTag server={server.data} />
          <Typography.Text type="secondary" className="break-anywhere">
            {server.data.server_name === '' ? server.data.url : `${server.data.server_name} · MCP ${server.data.protocol_version}`}
          </Typography.Text>
        </Flex>
        {refresh}
      </Flex>
      {server.data.notes.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={t('notes')}
          description={server.data.notes.map((note) => (
            <div key={note} className="break-anywhere">
              {note}
            </div>
          ))}
        />
      )}
      {tools.data.length === 0 ? <EmptyState title={t('noTools')} description={t('noToolsHint')} /> : <Typography.Text type="secondary">{t('readFirst')}</Typography.Text>}
      {tools.data.map((tool) => (
        <ToolCard key={tool.name} server={id} tool={tool} />
      ))}
    </Flex>
  );
}

export function ToolsDrawer({ id, name, onClose }: { id: string | undefined; name: string; onClose: () => void }) {
  const { t } = useTranslation('mcp');
  return (
    <Drawer open={id !== undefined} onClose={onClose} size={760} title={t('toolsOf', { name })} destroyOnHidden>
      {id !== undefined && <Tools id={id} />}
    </Drawer>
  );
}
