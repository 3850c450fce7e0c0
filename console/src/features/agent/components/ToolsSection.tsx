import { Flex, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAgents } from '../api/agents';
import { McpTools } from './McpTools';
import { Section } from './Section';
import { KeptField, ToolChoice, toggled } from './ToolChoice';

const BUILT_IN = ['current_time', 'calculator', 'http_fetch'] as const;

/** A control of the form: `Form.Item` gives it its value. A watched value would follow a task later, and the box go back meanwhile. */
function BuiltIns({ value = [], onChange }: { value?: string[]; onChange?: (chosen: string[]) => void }) {
  const { t } = useTranslation('agent');
  return (
    <Flex vertical gap={12} style={{ marginBottom: 20 }}>
      {BUILT_IN.map((name) => (
        <ToolChoice
          key={name}
          id={name}
          label={t(`builtin.${name}`)}
          help={t(`builtin.${name}Help`)}
          on={value.includes(name)}
          onToggle={(on) => onChange?.(toggled(value, name, on))}
          approvals="approvals"
        />
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
      <KeptField name="approvals" />
      <KeptField name="mcpApprovals" />
      <Form.Item name="builtins" noStyle>
        <BuiltIns />
      </Form.Item>
      <Form.Item name="mcpTools" noStyle>
        <McpTools />
      </Form.Item>
      <Form.Item name="agents" label={t('field.agents')} extra={t('field.agentsHelp')} style={{ marginBottom: 0 }}>
        <Select mode="multiple" allowClear showSearch={{ optionFilterProp: 'label' }} options={others.map(({ id, name }) => ({ value: id, label: name }))} notFoundContent={t('field.noAgents')} />
      </Form.Item>
    </Section>
  );
}
