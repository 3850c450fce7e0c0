import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/components/FormModal';
import { TeamPicker } from '@/components/pickers';
import { cleaned } from '@/lib/cleaned';
import type { NewUser, User } from '../api/users';
import { ROLES } from '../search';
import { PasswordField } from './PasswordField';

interface Values {
  username: string;
  email: string;
  access?: 'invite' | 'password';
  password?: string;
  role: 'admin' | 'user';
  team_id?: string;
}

interface Props {
  open: boolean;
  /** Who is changed; null makes a new account. */
  edited: User | null;
  busy: boolean;
  error: unknown;
  onSubmit: (fields: NewUser) => void;
  onCancel: () => void;
}

const FIELDS = ['username', 'email', 'password', 'role', 'team_id'] as const;

export function UserForm({ open, edited, busy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('user');
  const { t: common } = useTranslation();
  const [form] = Form.useForm<Values>();
  const access = Form.useWatch('access', form);
  return (
    <FormModal<Values>
      open={open}
      title={edited === null ? t('create') : t('edit', { name: edited.username })}
      action={edited === null ? common('action.create') : common('action.save')}
      busy={busy}
      error={error}
      form={form}
      fields={FIELDS}
      initial={edited === null ? { role: 'user', access: 'invite' } : { username: edited.username, email: edited.email, role: edited.role }}
      onSubmit={({ access: chosen, ...values }) =>
        onSubmit(cleaned({ ...values, username: values.username.trim(), email: values.email.trim(), invite: chosen === 'invite' ? true : undefined }))
      }
      onCancel={onCancel}
    >
      <Form.Item name="username" label={t('username')} rules={[{ required: true, whitespace: true, message: t('usernameMissing') }]}>
        <Input autoFocus maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="email" label={t('email')} rules={[{ required: true, type: 'email', message: t('emailMissing') }]}>
        <Input maxLength={254} autoComplete="off" />
      </Form.Item>
      {edited === null && (
        <Form.Item name="access" label={t('access')} extra={access === 'invite' ? t('inviteHelp') : undefined}>
          <Radio.Group options={(['invite', 'password'] as const).map((value) => ({ value, label: t(`accessBy.${value}`) }))} />
        </Form.Item>
      )}
      {edited === null && access === 'password' && <PasswordField label={t('firstPassword')} />}
      <Form.Item name="role" label={t('role')} extra={t('roleHelp')}>
        <Select options={ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))} />
      </Form.Item>
      {edited === null && (
        <Form.Item name="team_id" label={t('payingTeam')} extra={t('payingTeamHelp')}>
          <TeamPicker label={t('defaultTeam')} style={{ width: '100%' }} />
        </Form.Item>
      )}
    </FormModal>
  );
}
