import { Checkbox, Flex, Form, Select, Switch, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAgents } from '../api/agents';
import { McpTools } from './McpTools';
import { Section } from './Section';

const BUILT_IN = ['current_time', 'calculator', 'http_fetch'] as const;

function BuiltIns() {
  const { t } = useTranslation('agent');
  const form = Form.useFormInstance();
  const chosen = Form.useWatch<string[] | undefined>('builtins', form) ?? [];
  const approvals = Form.useWatch<string[] | undefined>('approvals', form) ?? [];
  const toggle = (list: string[], name: string, on: boolean) => (on ? [...list, name] : list.filter((other) => other !== name));
  return (
    <Flex vertical gap={12} style={{ marginBottom: 20 }}>
      {BUILT_IN.map((name) => (
        <Flex key={name} justify="space-between" gap={16} wrap>
          <Checkbox checked={chosen.includes(name)} onChange={({ target }) => form.setFieldValue('builtins', toggle(chosen, name, target.checked))}>
            {t(`builtin.${name}`)}
            <Typography.Text type="secondary" style={{ display: 'block', fontSize: 13 }}>
              {t(`builtin.${name}Help`)}
            </Typography.Text>
          </Checkbox>
          {chosen.includes(name) && (
            <label>
              <Switch size="small" checked={approvals.includes(name)} onChange={(on) => form.setFieldValue('approvals', toggle(approvals, name, on))} /> <Typography.Text type="secondary">{t('askFirst')}</Typography.Text>
            </label>
          )}
        </Flex>
      ))}
    </Flex>
  );
}

/** What the agent may do besides talking: built-in tools, tools of MCP servers, and other agents. */
export function ToolsSection({ self }: { self: string | undefined }) {
  const { t } = useTranslation('agent');
  const agents = useAgents(undefined, 1);
  const others = (agents.data?.data ?? []).filter(({ id }) => id !== self);
  return (
    <Section title={t('section.tools')}>
      <Form.Item name="builtins" hidden noStyle>
        <Select mode="multiple" />
      </Form.Item>
      <Form.Item name="approvals" hidden noStyle>
        <Select mode="multiple" />
      </Form.Item>
      <Form.Item name="mcpTools" hidden noStyle>
        <Select mode="multiple" />
      </Form.Item>
      <Form.Item name="mcpApprovals" hidden noStyle>
        <Select mode="multiple" />
      </Form.Item>
      <BuiltIns />
      <McpTools />
      <Form.Item name="agents" label={t('field.agents')} extra={t('field.agentsHelp')} style={{ marginBottom: 0 }}>
        <Select mode="multiple" allowClear showSearch={{ optionFilterProp: 'label' }} options={others.map(({ id, name }) => ({ value: id, label: name }))} notFoundContent={t('field.noAgents')} />
      </Form.Item>
    </Section>
  );
}
