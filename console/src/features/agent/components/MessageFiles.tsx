import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import { FileChips } from '@/components/FileChips';
import { downloadAttachment, useImageUrl, type Attachment } from '../api/attachments';

function Picture({ attachment, onOpen }: { attachment: Attachment; onOpen: () => void }) {
  const { t } = useTranslation();
  const url = useImageUrl(attachment.id);
  return (
    <button type="button" className="message-picture" aria-label={t('file.download', { name: attachment.name })} title={attachment.name} onClick={onOpen}>
      {url !== undefined && <img src={url} alt={attachment.name} />}
    </button>
  );
}

/** What was sent with a message: pictures to be seen, everything to be saved. */
export function MessageFiles({ attachments }: { attachments: Attachment[] }) {
  const { t } = useTranslation('agent');
  const { message } = App.useApp();
  const textOf = useErrorText();
  const open = (attachment: Attachment | undefined) => {
    if (attachment !== undefined) {
      void downloadAttachment(attachment).catch((error: unknown) => message.error(textOf(error)));
    }
  };
  const pictures = attachments.filter(({ kind }) => kind === 'image');
  const others = attachments.filter(({ kind }) => kind !== 'image');
  return (
    <div className="message-files">
      {pictures.map((attachment) => (
        <Picture key={attachment.id} attachment={attachment} onOpen={() => open(attachment)} />
      ))}
      <FileChips
        label={t('files')}
        files={others.map(({ id, name, size, kind, truncated }) => ({ key: id, name, size, kind, note: truncated ? t('fileTruncated') : undefined }))}
        onOpen={(key) => open(others.find(({ id }) => id === key))}
      />
    </div>
  );
}
