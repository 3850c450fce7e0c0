import { useBlocker } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  isDirty: () => boolean;
  /** Of a dialog, which the browser's way back would close; what the page itself does is no way out of it. */
  dialog?: boolean;
}

/** Asks before a page is left, or a dialog closed by the way back, whose changes nobody has saved; closing the tab asks as well. */
export function UnsavedGuard({ isDirty, dialog = false }: Props) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next, action }) => (dialog ? action !== 'PUSH' && action !== 'REPLACE' : current.pathname !== next.pathname) && isDirty(),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  return (
    <Modal
      open={status === 'blocked'}
      title={t('guard.title')}
      okText={t('guard.leave')}
      cancelText={t('guard.stay')}
      okButtonProps={{ danger: true }}
      onOk={() => proceed?.()}
      onCancel={() => reset?.()}
    >
      {t('guard.text')}
    </Modal>
  );
}
