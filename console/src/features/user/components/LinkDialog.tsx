import { Alert, Button, Modal, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/CopyField';
import type { Control } from '@/lib/api';
import { useFormat } from '@/lib/format';

/** A link by which somebody chooses a password, this once. Closing takes it out of the page for ever. */
export function LinkDialog({ invitation, name, onClose }: { invitation: Control['Invitation']; name: string; onClose: () => void }) {
  const { t } = useTranslation('user');
  const format = useFormat();
  const link = new URL(invitation.path, window.location.origin).href;
  return (
    <Modal
      open
      title={t(`link.${invitation.purpose}`, { name })}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('link.passed')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('link.once')} style={{ marginBottom: 16 }} />
      <CopyField text={link} label={t('link.label')} />
      <Typography.Paragraph type="secondary" style={{ margin: '8px 0 0' }}>
        {t('link.until', { when: format.time(invitation.expires_at) })}
      </Typography.Paragraph>
    </Modal>
  );
}
