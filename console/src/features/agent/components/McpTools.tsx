import { Alert, Button, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { isLost } from '@/lib/query';
import { useTools, type McpServerChoice } from '../api/tools';
import { keyOfMcpTool, mcpToolOf } from '../model/form';
import { ToolChoice, toggled } from './ToolChoice';

interface Chosen {
  chosen: string[];
  choose: (chosen: string[]) => void;
}

function ToolsOfServer({ server, chosen, choose }: { server: McpServerChoice } & Chosen) {
  const { t } = useTranslation('agent');
  const choice = (id: string) => ({ id, on: chosen.includes(id), onToggle: (on: boolean) => choose(toggled(chosen, id, on)), approvals: 'mcpApprovals' });
  return (
    <fieldset style={{ border: 'none', padding: 0, margin: '0 0 20px' }}>
      <legend style={{ padding: 0, marginBottom: 8 }}>
        <Typography.Text strong className="break-anywhere">
          {server.name}
        </Typography.Text>
        {server.description !== '' && (
          <Typography.Text type="secondary" style={{ display: 'block', fontSize: 13 }}>
            {server.description}
          </Typography.Text>
        )}
      </legend>
      <Flex vertical gap={12}>
        {server.tools.length > 1 && <ToolChoice {...choice(server.id)} label={t('mcp.all')} help={t('mcp.allHelp')} />}
        {server.tools.map((tool) => (
          <ToolChoice
            key={tool.name}
            {...choice(keyOfMcpTool(server.id, tool.name))}
            label={tool.title === '' ? tool.name : tool.title}
            help={tool.description}
            covered={chosen.includes(server.id)}
            always={tool.approval}
          />
        ))}
      </Flex>
    </fieldset>
  );
}

/** A control of the form: tools of MCP servers that administrators have allowed, by server; and what was chosen and is no longer there. */
export function McpTools({ value: chosen = [], onChange }: { value?: string[]; onChange?: (chosen: string[]) => void }) {
  const { t } = useTranslation('agent');
  const tools = useTools();
  if (isLost(tools)) {
    return <ErrorState error={tools.error} retry={() => void tools.refetch()} />;
  }
  const choose = (next: string[]) => onChange?.(next);
  const servers = tools.data?.mcp_servers ?? [];
  const known = new Set(servers.flatMap((server) => [server.id, ...server.tools.map(({ name }) => keyOfMcpTool(server.id, name))]));
  const lost = tools.data === undefined ? [] : chosen.filter((key) => !known.has(key));
  return (
    <>
      {lost.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('mcp.lost', { names: lost.map((key) => mcpToolOf(key).name ?? t('mcp.all')).join(', ') })}
          action={
            <Button size="small" onClick={() => choose(chosen.filter((key) => known.has(key)))}>
              {t('mcp.remove')}
            </Button>
          }
        />
      )}
      {servers.map((server) => (
        <ToolsOfServer key={server.id} server={server} chosen={chosen} choose={choose} />
      ))}
    </>
  );
}
