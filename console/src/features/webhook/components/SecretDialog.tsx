import { Alert, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/CopyField';

/** The signing secret, this once. Closing takes it out of the page for ever. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation('webhook');
  return (
    <Modal
      open
      title={t('created')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('stored')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('once')} style={{ marginBottom: 16 }} />
      <CopyField text={secret} label={t('secret')} />
    </Modal>
  );
}
