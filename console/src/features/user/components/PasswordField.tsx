import { Button, Form, Input, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/CopyButton';
import { isLongEnough, randomPassword } from '../password';

interface InputProps {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}

function PasswordInput({ id, value = '', onChange }: InputProps) {
  const { t } = useTranslation('user');
  return (
    <Space.Compact block>
      <Input.Password {...(id === undefined ? {} : { id })} value={value} autoComplete="new-password" onChange={(event) => onChange?.(event.target.value)} />
      <Button onClick={() => onChange?.(randomPassword())}>{t('generate')}</Button>
      {value !== '' && <CopyButton text={value} size="middle" />}
    </Space.Compact>
  );
}

/** A first or a new password: typed, or made by chance and copied. */
export function PasswordField({ label }: { label: string }) {
  const { t } = useTranslation('user');
  return (
    <Form.Item
      name="password"
      label={label}
      extra={t('passwordHelp')}
      rules={[{ validator: (_, value: string | undefined) => (isLongEnough(value) ? Promise.resolve() : Promise.reject(new Error(t('passwordShort')))) }]}
    >
      <PasswordInput />
    </Form.Item>
  );
}
