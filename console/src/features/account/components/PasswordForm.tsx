import { App, Button, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { asApiError } from '@/lib/errors';
import { onField } from '@/lib/fieldErrors';
import { useChangePassword } from '../api/password';

interface Values {
  current_password: string;
  new_password: string;
  again: string;
}

const FIELDS = ['current_password', 'new_password'] as const;

export function PasswordForm() {
  const { t } = useTranslation('account');
  const textOf = useErrorText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const changing = useChangePassword();
  const error = changing.error === null ? null : asApiError(changing.error);
  const placed = error !== null && FIELDS.some((name) => name === error.param);
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ current_password, new_password }) =>
        changing.mutate(
          { current_password, new_password },
          {
            onSuccess: () => {
              form.resetFields();
              message.success(t('changed'));
            },
            onError: (thrown) => onField(thrown, FIELDS, textOf, form),
          },
        )
      }
    >
      <Typography.Paragraph type="secondary">{t('passwordText')}</Typography.Paragraph>
      {error !== null && !placed && (
        <Form.Item>
          <ErrorState error={error} />
        </Form.Item>
      )}
      <Form.Item name="current_password" label={t('current')} rules={[{ required: true, message: t('currentMissing') }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="new_password" label={t('new')} rules={[{ required: true, min: 12, message: t('tooShort') }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('again')}
        dependencies={['new_password']}
        rules={[({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue('new_password') ? Promise.resolve() : Promise.reject(new Error(t('different')))) })]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={changing.isPending}>
        {t('change')}
      </Button>
    </Form>
  );
}
