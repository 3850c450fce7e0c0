import { CommentOutlined, MoreOutlined } from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Card, Dropdown, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmByName } from '@/components/ConfirmByName';
import { useErrorText } from '@/components/ErrorState';
import { LinkButton } from '@/components/LinkButton';
import { useDeleteAgent, type Agent } from '../api/agents';
import { exportAgent } from '../api/files';
import { AgentIcon } from './AgentIcon';

export function AgentCard({ agent }: { agent: Agent }) {
  const { t } = useTranslation(['agent', 'common']);
  const { message } = App.useApp();
  const textOf = useErrorText();
  const navigate = useNavigate();
  const deleting = useDeleteAgent();
  const [confirming, setConfirming] = useState(false);

  const items = [
    ...(agent.editable ? [{ key: 'edit', label: t('common:action.edit'), onClick: () => void navigate({ to: '/agents/$id/edit', params: { id: agent.id } }) }] : []),
    { key: 'export', label: t('common:action.export'), onClick: () => void exportAgent(agent).catch((error: unknown) => message.error(textOf(error))) },
    ...(agent.editable ? [{ key: 'delete', danger: true, label: t('common:action.delete'), onClick: () => setConfirming(true) }] : []),
  ];

  return (
    <Card style={{ width: '100%' }} styles={{ body: { height: '100%', display: 'flex', flexDirection: 'column', gap: 12 } }}>
      <Flex gap={12} align="start">
        <AgentIcon icon={agent.icon} />
        <div style={{ minWidth: 0, flex: 1 }}>
          <Typography.Title level={2} ellipsis={{ tooltip: agent.name }} style={{ fontSize: 16, margin: 0 }}>
            <Link to="/agents/$id" params={{ id: agent.id }}>
              {agent.name}
            </Link>
          </Typography.Title>
          <Typography.Text type="secondary" ellipsis style={{ fontSize: 13 }}>
            {agent.model.model_id}
          </Typography.Text>
        </div>
        <Dropdown trigger={['click']} menu={{ items }}>
          <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('more', { name: agent.name })} />
        </Dropdown>
      </Flex>
      <Typography.Paragraph type="secondary" ellipsis={{ rows: 2 }} style={{ margin: 0, flex: 1 }}>
        {agent.description === '' ? t('noDescription') : agent.description}
      </Typography.Paragraph>
      <Flex justify="space-between" align="center" gap={8} wrap>
        <span>
          <Tag>{t(`visibility.${agent.visibility}`)}</Tag>
          {agent.tools.length > 0 && <Tag>{t('tools', { count: agent.tools.length })}</Tag>}
        </span>
        <LinkButton to="/agents/$id" params={{ id: agent.id }} size="small" color="primary" variant="outlined" icon={<CommentOutlined />}>
          {t('chat')}
        </LinkButton>
      </Flex>
      <ConfirmByName
        open={confirming}
        title={t('deleteTitle')}
        consequence={t('deleteText')}
        name={agent.name}
        action={t('common:action.delete')}
        busy={deleting.isPending}
        onConfirm={() => deleting.mutate(agent.id, { onSuccess: () => setConfirming(false), onError: (error) => message.error(textOf(error)) })}
        onCancel={() => setConfirming(false)}
      />
    </Card>
  );
}
