import { Button, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { entersMessage } from './entersMessage';

interface Props {
  text: string;
  /** Whether it may be sent without words, because it has files. */
  mayBeEmpty: boolean;
  disabled?: boolean;
  onSend: (text: string) => void;
  onCancel: () => void;
}

/** A message in other words, in its own place; what was said before stays as a version. */
export function EditMessage({ text, mayBeEmpty, disabled = false, onSend, onCancel }: Props) {
  const { t } = useTranslation(['talk', 'common']);
  const [edited, setEdited] = useState(text);
  const ready = !disabled && (mayBeEmpty || edited.trim() !== '');
  const send = () => ready && onSend(edited.trim());
  return (
    <div className="talk-edit">
      <Input.TextArea
        autoFocus
        aria-label={t('editMessage')}
        value={edited}
        onChange={(event) => setEdited(event.target.value)}
        autoSize={{ minRows: 2, maxRows: 16 }}
        onKeyDown={(event) => {
          if (entersMessage(event)) {
            event.preventDefault();
            send();
          } else if (event.key === 'Escape') {
            onCancel();
          }
        }}
      />
      <Space>
        <Button size="small" onClick={onCancel}>
          {t('common:action.cancel')}
        </Button>
        <Button size="small" type="primary" disabled={!ready} onClick={send}>
          {t('resend')}
        </Button>
      </Space>
    </div>
  );
}
