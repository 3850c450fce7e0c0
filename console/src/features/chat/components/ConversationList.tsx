import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Popconfirm, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { deleteConversation } from '../model/store';
import type { Conversation } from '../model/tree';

interface Props {
  conversations: Conversation[];
  current: string;
  onSelect: (id: string) => void;
  onNew: () => void;
}

export function ConversationList({ conversations, current, onSelect, onNew }: Props) {
  const { t } = useTranslation('chat');
  const shown = conversations.filter((conversation) => Object.keys(conversation.turns).length > 0).sort((a, b) => b.updatedAt - a.updatedAt);
  return (
    <div className="talk-list">
      <Button block icon={<PlusOutlined />} onClick={onNew}>
        {t('new')}
      </Button>
      <ul>
        {shown.map((conversation) => {
          const title = conversation.title === '' ? t('untitled') : conversation.title;
          return (
            <li key={conversation.id} className={conversation.id === current ? 'talk-item talk-item-current' : 'talk-item'}>
              <button type="button" className="talk-item-name" aria-current={conversation.id === current} title={title} onClick={() => onSelect(conversation.id)}>
                {title}
              </button>
              <Popconfirm title={t('deleteConversation')} okText={t('delete')} okButtonProps={{ danger: true }} onConfirm={() => deleteConversation(conversation.id)}>
                <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('deleteNamed', { title })} className="talk-item-delete" />
              </Popconfirm>
            </li>
          );
        })}
      </ul>
      <Typography.Text type="secondary" className="talk-note">
        {t('kept')}
      </Typography.Text>
    </div>
  );
}
