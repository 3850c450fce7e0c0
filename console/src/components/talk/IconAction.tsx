import { App, Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '@/lib/copyText';

/** A small button beside a message. */
export function IconAction({ icon, label, onClick, disabled = false }: { icon: ReactNode; label: string; onClick: () => void; disabled?: boolean }) {
  return (
    <Tooltip title={label} mouseEnterDelay={0.4}>
      <Button type="text" size="small" icon={icon} aria-label={label} onClick={onClick} disabled={disabled} />
    </Tooltip>
  );
}

/** Copies a text and says so. */
export function useCopy(): (text: string) => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (text) => void copyText(text).then((done) => (done ? message.success(t('copy.done')) : message.error(t('copy.failed'))));
}
