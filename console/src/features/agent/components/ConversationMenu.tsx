import { MoreOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Dropdown, Input, Modal, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmByName } from '@/components/ConfirmByName';
import { CopyField } from '@/components/CopyField';
import { useErrorText } from '@/components/ErrorState';
import { useChangeConversation, useDeleteConversation, useShare, useUnshare, type Conversation } from '../api/conversations';
import { exportConversation } from '../api/files';

/** Rename, share read-only, export, delete. */
export function ConversationMenu({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['agent', 'common']);
  const { message } = App.useApp();
  const textOf = useErrorText();
  const navigate = useNavigate();
  const changing = useChangeConversation();
  const deleting = useDeleteConversation();
  const sharing = useShare();
  const unsharing = useUnshare();
  const [title, setTitle] = useState<string | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const [confirming, setConfirming] = useState(false);
  const onError = (error: unknown) => void message.error(textOf(error));

  const rename = () => {
    if (title !== null && title.trim() !== '') {
      changing.mutate({ id: conversation.id, title: title.trim() }, { onSuccess: () => setTitle(null), onError });
    }
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'rename', label: t('rename'), onClick: () => setTitle(conversation.title) },
            { key: 'share', label: t('share.make'), onClick: () => sharing.mutate(conversation.id, { onSuccess: ({ token }) => setLink(`${window.location.origin}/shared/${token}`), onError }) },
            ...(conversation.shared ? [{ key: 'unshare', label: t('share.end'), onClick: () => unsharing.mutate(conversation.id, { onSuccess: () => void message.success(t('share.ended')), onError }) }] : []),
            { key: 'markdown', label: t('exportMarkdown'), onClick: () => void exportConversation(conversation.id, 'markdown').catch(onError) },
            { key: 'json', label: t('exportJson'), onClick: () => void exportConversation(conversation.id, 'json').catch(onError) },
            { type: 'divider' },
            { key: 'delete', danger: true, label: t('common:action.delete'), onClick: () => setConfirming(true) },
          ],
        }}
      >
        <Button icon={<MoreOutlined />} aria-label={t('conversationMenu')} />
      </Dropdown>
      <Modal open={title !== null} title={t('rename')} okText={t('common:action.save')} confirmLoading={changing.isPending} onOk={rename} onCancel={() => setTitle(null)} destroyOnHidden>
        <Input value={title ?? ''} maxLength={200} aria-label={t('rename')} onChange={(event) => setTitle(event.target.value)} onPressEnter={rename} />
      </Modal>
      <Modal open={link !== null} title={t('share.title')} footer={null} onCancel={() => setLink(null)} destroyOnHidden>
        <Typography.Paragraph>{t('share.text')}</Typography.Paragraph>
        <CopyField text={link ?? ''} label={t('share.link')} />
      </Modal>
      <ConfirmByName
        open={confirming}
        title={t('deleteConversation')}
        consequence={t('deleteConversationText')}
        name={conversation.title}
        action={t('common:action.delete')}
        busy={deleting.isPending}
        onCancel={() => setConfirming(false)}
        onConfirm={() =>
          deleting.mutate(conversation.id, {
            onSuccess: () => {
              setConfirming(false);
              if (conversation.agent !== null && conversation.agent !== undefined) {
                void navigate({ to: '/agents/$id', params: { id: conversation.agent.id }, search: {} });
              } else {
                void navigate({ to: '/agents' });
              }
            },
            onError,
          })
        }
      />
    </>
  );
}
