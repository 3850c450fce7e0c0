import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { useDebounced } from '@/lib/debounce';
import { isLost } from '@/lib/query';
import { useConversations } from '../api/conversations';

export function ConversationList({ agentId, current, onChosen }: { agentId: string; current: string | undefined; onChosen: () => void }) {
  const { t } = useTranslation('agent');
  const navigate = useNavigate();
  const [q, setQ] = useState('');
  const conversations = useConversations(agentId, useDebounced(q.trim()));
  return (
    <div className="talk-list">
      <Button
        icon={<PlusOutlined />}
        block
        onClick={() => {
          onChosen();
          void navigate({ to: '/agents/$id', params: { id: agentId }, search: {} });
        }}
      >
        {t('newConversation')}
      </Button>
      <Input allowClear value={q} onChange={(event) => setQ(event.target.value)} placeholder={t('searchConversations')} aria-label={t('searchConversations')} />
      {isLost(conversations) && <ErrorState error={conversations.error} />}
      {conversations.isPending && <Skeleton active title={false} />}
      {conversations.data?.total === 0 && <Typography.Text type="secondary">{q === '' ? t('noConversations') : t('noneFound')}</Typography.Text>}
      <ul>
        {conversations.data?.data.map(({ id, title }) => (
          <li key={id} className={id === current ? 'talk-item talk-item-current' : 'talk-item'}>
            <Link to="/agents/$id" params={{ id: agentId }} search={{ conversation: id }} className="talk-item-name" aria-current={id === current ? 'page' : undefined} title={title} onClick={onChosen}>
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
