import { DeleteOutlined } from '@ant-design/icons';
import { App, Button, Card, Flex, Popconfirm, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { useForgetAll, useForgetFact, type Fact } from '../api/facts';

/** What one agent keeps, to be erased one by one or all at once. */
export function AgentFacts({ agentId, name, icon, facts }: { agentId: string; name: string; icon: string; facts: Fact[] }) {
  const { t } = useTranslation(['fact', 'common']);
  const { message } = App.useApp();
  const format = useFormat();
  const textOf = useErrorText();
  const forgetting = useForgetFact();
  const forgettingAll = useForgetAll();
  const onError = (error: unknown) => void message.error(textOf(error));
  return (
    <Card
      style={{ marginBottom: 16 }}
      title={
        <h2 className="card-title">
          {icon} {name}
        </h2>
      }
      extra={
        <Popconfirm title={t('eraseAgent', { name })} okText={t('erase')} okButtonProps={{ danger: true }} onConfirm={() => forgettingAll.mutateAsync(agentId).catch(onError)}>
          <Button size="small" danger loading={forgettingAll.isPending}>
            {t('eraseAll')}
          </Button>
        </Popconfirm>
      }
    >
      <ul className="fact-list" aria-label={name}>
        {facts.map((fact) => (
          <li key={fact.id}>
            <Flex justify="space-between" align="start" gap={12}>
              <span style={{ minWidth: 0 }}>
                <span className="break-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
                  {fact.text}
                </span>
                <Typography.Text type="secondary" style={{ display: 'block', fontSize: 13 }}>
                  {format.time(fact.created_at)}
                </Typography.Text>
              </span>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('eraseOne', { text: fact.text })}
                loading={forgetting.isPending && forgetting.variables === fact.id}
                onClick={() => forgetting.mutate(fact.id, { onError })}
              />
            </Flex>
          </li>
        ))}
      </ul>
    </Card>
  );
}
