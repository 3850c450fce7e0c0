import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/components/FormModal';
import type { User } from '../api/users';
import { PasswordField } from './PasswordField';

interface Props {
  user: User | null;
  busy: boolean;
  error: unknown;
  onSubmit: (password: string) => void;
  onCancel: () => void;
}

/** A new password for somebody; ends their sessions. */
export function PasswordForm({ user, busy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('user');
  const [form] = Form.useForm<{ password: string }>();
  return (
    <FormModal<{ password: string }>
      open={user !== null}
      title={t('resetTitle', { name: user?.username ?? '' })}
      action={t('resetAction')}
      busy={busy}
      error={error}
      form={form}
      fields={['password']}
      initial={{}}
      onSubmit={({ password }) => onSubmit(password)}
      onCancel={onCancel}
    >
      <PasswordField label={t('newPassword')} />
    </FormModal>
  );
}
