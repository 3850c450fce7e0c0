import { Input, Modal, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shortOf } from '@/lib/shortOf';

interface Props {
  open: boolean;
  title: string;
  /** What will be lost. */
  consequence: ReactNode;
  /** What has to be typed. */
  name: string;
  action: string;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** A destructive act waits until the name of what it destroys is typed. */
export function ConfirmByName({ open, title, consequence, name, action, busy = false, onConfirm, onCancel }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const asked = shortOf(name);
  const matches = typed.trim() === asked;
  return (
    <Modal
      open={open}
      title={title}
      okText={action}
      okButtonProps={{ danger: true, disabled: !matches, loading: busy }}
      onOk={onConfirm}
      onCancel={onCancel}
      afterClose={() => setTyped('')}
      destroyOnHidden
    >
      <Typography.Paragraph>{consequence}</Typography.Paragraph>
      <label>
        <Typography.Paragraph type="secondary" style={{ marginBottom: 6 }}>
          {t('confirm.typeName')} <Typography.Text code>{asked}</Typography.Text>
        </Typography.Paragraph>
        <Input value={typed} autoFocus autoComplete="off" onChange={(event) => setTyped(event.target.value)} onPressEnter={() => matches && onConfirm()} />
      </label>
    </Modal>
  );
}
