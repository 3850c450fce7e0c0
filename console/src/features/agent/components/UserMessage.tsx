import { CopyOutlined, EditOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditMessage } from '@/components/talk/EditMessage';
import { IconAction, useCopy } from '@/components/talk/IconAction';
import type { Message } from '../api/conversations';
import { MessageFiles } from './MessageFiles';
import { Siblings } from './Siblings';

interface Props {
  message: Message;
  conversationId: string;
  busy: boolean;
  /** Asks again in other words; what was there stays as a branch. */
  onEdit: (text: string) => void;
}

export function UserMessage({ message, conversationId, busy, onEdit }: Props) {
  const { t } = useTranslation(['agent', 'talk']);
  const copy = useCopy();
  const [editing, setEditing] = useState(false);
  if (editing) {
    return (
      <EditMessage
        text={message.text}
        mayBeEmpty={message.attachments.length > 0}
        disabled={busy}
        onCancel={() => setEditing(false)}
        onSend={(text) => {
          setEditing(false);
          onEdit(text);
        }}
      />
    );
  }
  return (
    <div className="talk-question">
      {message.attachments.length > 0 && <MessageFiles attachments={message.attachments} />}
      {message.text !== '' && (
        <div className="talk-bubble">
          <div className="talk-text">{message.text}</div>
        </div>
      )}
      <div className="talk-actions talk-actions-end">
        <Siblings message={message} conversationId={conversationId} busy={busy} label={t('talk:questionVersions')} />
        <IconAction icon={<CopyOutlined />} label={t('talk:copy')} disabled={message.text === ''} onClick={() => copy(message.text)} />
        <IconAction icon={<EditOutlined />} label={t('editMessage')} disabled={busy} onClick={() => setEditing(true)} />
      </div>
    </div>
  );
}
