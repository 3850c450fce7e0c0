import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '@/lib/copyText';

/** Copies a text; says so. Works without the clipboard API too (plain http on another host than localhost). */
export function CopyButton({ text, label, size = 'small' }: { text: string; label?: string; size?: 'small' | 'middle' }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [copied, setCopied] = useState(false);

  const copy = async () => {
    if (await copyText(text)) {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } else {
      message.error(t('copy.failed'));
    }
  };

  return (
    <Button size={size} icon={copied ? <CheckOutlined /> : <CopyOutlined />} onClick={copy} aria-label={label ?? t('action.copy')}>
      {label === undefined ? (copied ? t('copy.done') : t('action.copy')) : label}
    </Button>
  );
}
