import { useBlocker } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

/** Asks before a page is left whose changes nobody has saved; closing the tab asks as well. */
export function UnsavedGuard({ isDirty }: { isDirty: () => boolean }) {
  const { t } = useTranslation('model');
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && isDirty(),
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
