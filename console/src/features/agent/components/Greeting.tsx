import { Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Agent } from '../api/agents';
import { AgentIcon } from './AgentIcon';

/** Before the first message: who this is, and how else it can be called. */
export function Greeting({ agent }: { agent: Agent }) {
  const { t } = useTranslation('agent');
  return (
    <Flex vertical align="center" justify="center" gap={12} className="agent-greeting">
      <AgentIcon icon={agent.icon} size={64} />
      <Typography.Title level={2} style={{ margin: 0, fontSize: 20, textAlign: 'center' }} className="break-anywhere">
        {agent.name}
      </Typography.Title>
      <Typography.Paragraph type="secondary" style={{ maxWidth: '56ch', textAlign: 'center', margin: 0 }}>
        {agent.description === '' ? t('greeting') : agent.description}
      </Typography.Paragraph>
      <Typography.Text type="secondary" style={{ fontSize: 13, textAlign: 'center' }}>
        {t('callable')} <Typography.Text code copyable>{agent.callable_as}</Typography.Text>
      </Typography.Text>
    </Flex>
  );
}
