import { EditOutlined } from '@ant-design/icons';
import { Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../api/conversations';
import { MessageFiles } from './MessageFiles';
import { Siblings } from './Siblings';

interface Props {
  message: Message;
  messages: Message[];
  conversationId: string;
  busy: boolean;
  /** Asks again in other words; what was there stays as a branch. */
  onEdit: (text: string) => void;
}

export function UserMessage({ message, messages, conversationId, busy, onEdit }: Props) {
  const { t } = useTranslation(['agent', 'common']);
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <div className="thread-user">
      {draft === null ? (
        <>
          {message.attachments.length > 0 && <MessageFiles attachments={message.attachments} />}
          {message.text !== '' && <div className="thread-user-text">{message.text}</div>}
        </>
      ) : (
        <Flex vertical gap={8} style={{ width: 'min(640px, 80vw)' }}>
          <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 12 }} value={draft} aria-label={t('message')} onChange={(event) => setDraft(event.target.value)} />
          <Flex gap={8} justify="end">
            <Button size="small" onClick={() => setDraft(null)}>
              {t('common:action.cancel')}
            </Button>
            <Button
              size="small"
              type="primary"
              disabled={busy || draft.trim() === ''}
              onClick={() => {
                setDraft(null);
                onEdit(draft);
              }}
            >
              {t('send')}
            </Button>
          </Flex>
        </Flex>
      )}
      <div className="thread-foot">
        <Siblings message={message} messages={messages} conversationId={conversationId} busy={busy} />
        {draft === null && <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('editMessage')} disabled={busy} onClick={() => setDraft(message.text)} />}
      </div>
    </div>
  );
}
