import { Flex, Input } from 'antd';
import type { Agent } from '../api/agents';

/** What the agent's instructions want to know of a conversation. */
export function VariableInputs({ variables, values, onChange }: { variables: Agent['variables']; values: Record<string, string>; onChange: (name: string, value: string) => void }) {
  if (variables.length === 0) {
    return null;
  }
  return (
    <Flex gap={8} wrap style={{ marginBottom: 8 }}>
      {variables.map(({ name, description, fallback }) => (
        <Input
          key={name}
          prefix={name}
          aria-label={description === '' ? name : description}
          title={description}
          placeholder={fallback}
          value={values[name] ?? ''}
          onChange={(event) => onChange(name, event.target.value)}
          style={{ width: 240 }}
        />
      ))}
    </Flex>
  );
}
