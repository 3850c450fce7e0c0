import { Alert, Button, Checkbox, Flex, Form, Switch, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { useTools, type McpServerChoice } from '../api/tools';
import { keyOfMcpTool, mcpToolOf } from '../model/form';

const toggled = (list: string[], key: string, on: boolean) => (on ? [...list, key] : list.filter((other) => other !== key));

interface ChoiceProps {
  id: string;
  label: string;
  help: string;
  covered: boolean;
  /** Whether an administrator wants a person to be asked each time. */
  always: boolean;
}

function Choice({ id, label, help, covered, always }: ChoiceProps) {
  const { t } = useTranslation('agent');
  const form = Form.useFormInstance();
  const chosen = Form.useWatch<string[] | undefined>('mcpTools', form) ?? [];
  const approvals = Form.useWatch<string[] | undefined>('mcpApprovals', form) ?? [];
  const on = chosen.includes(id);
  return (
    <Flex justify="space-between" gap="4px 16px" wrap>
      <Checkbox checked={on || covered} disabled={covered && !on} onChange={({ target }) => form.setFieldValue('mcpTools', toggled(chosen, id, target.checked))} style={{ flex: '1 1 260px', minWidth: 0 }}>
        <span className="break-anywhere">{label}</span>
        {help !== '' && (
          <Typography.Paragraph type="secondary" ellipsis={{ rows: 2, tooltip: { title: help, styles: { root: { maxWidth: 480 } } } }} style={{ fontSize: 13, margin: 0 }} className="break-anywhere">
            {help}
          </Typography.Paragraph>
        )}
      </Checkbox>
      {always ? (
        <Tag style={{ marginInlineEnd: 0, alignSelf: 'start' }}>{t('mcp.alwaysAsks')}</Tag>
      ) : (
        on && (
          <label>
            <Switch size="small" checked={approvals.includes(id)} onChange={(asks) => form.setFieldValue('mcpApprovals', toggled(approvals, id, asks))} /> <Typography.Text type="secondary">{t('askFirst')}</Typography.Text>
          </label>
        )
      )}
    </Flex>
  );
}

function ToolsOfServer({ server }: { server: McpServerChoice }) {
  const { t } = useTranslation('agent');
  const form = Form.useFormInstance();
  const chosen = Form.useWatch<string[] | undefined>('mcpTools', form) ?? [];
  const all = chosen.includes(server.id);
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
        {server.tools.length > 1 && <Choice id={server.id} label={t('mcp.all')} help={t('mcp.allHelp')} covered={false} always={false} />}
        {server.tools.map((tool) => (
          <Choice key={tool.name} id={keyOfMcpTool(server.id, tool.name)} label={tool.title === '' ? tool.name : tool.title} help={tool.description} covered={all} always={tool.approval} />
        ))}
      </Flex>
    </fieldset>
  );
}

/** Tools of MCP servers that administrators have allowed, by server; and what was chosen and is no longer there. */
export function McpTools() {
  const { t } = useTranslation('agent');
  const form = Form.useFormInstance();
  const chosen = Form.useWatch<string[] | undefined>('mcpTools', form) ?? [];
  const tools = useTools();
  if (tools.isError && tools.data === undefined) {
    return <ErrorState error={tools.error} retry={() => void tools.refetch()} />;
  }
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
            <Button size="small" onClick={() => form.setFieldValue('mcpTools', chosen.filter((key) => known.has(key)))}>
              {t('mcp.remove')}
            </Button>
          }
        />
      )}
      {servers.map((server) => (
        <ToolsOfServer key={server.id} server={server} />
      ))}
    </>
  );
}
