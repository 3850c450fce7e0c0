import { useRouter } from '@tanstack/react-router';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { AuthFrame } from '@/components/AuthFrame';
import { ErrorState } from '@/components/ErrorState';
import { AppearanceSwitch, LanguageSwitch } from '@/components/Switches';
import { setUp } from '@/lib/session';

interface FirstAdministrator {
  token: string;
  username: string;
  email: string;
  password: string;
}

/** The server takes 12 to 1024 bytes of UTF-8. */
const LEAST_PASSWORD_BYTES = 12;

export function SetupPage() {
  const { t } = useTranslation('setup');
  const router = useRouter();
  const setting = useMutation({
    mutationFn: ({ token, username, email, password }: FirstAdministrator) => setUp(token.trim(), username, email, password),
    onSuccess: () => router.history.push('/admin/start'),
  });
  return (
    <AuthFrame
      title={t('title')}
      lead={t('lead')}
      footer={
        <>
          <LanguageSwitch />
          <AppearanceSwitch />
        </>
      }
    >
      <Form<FirstAdministrator> layout="vertical" requiredMark={false} initialValues={{ username: 'admin' }} onFinish={(values) => setting.mutate(values)}>
        {setting.isError && (
          <Form.Item>
            <ErrorState error={setting.error} />
          </Form.Item>
        )}
        <Form.Item
          name="token"
          label={t('token')}
          extra={<Typography.Text type="secondary">{t('tokenHelp')}</Typography.Text>}
          rules={[{ required: true, message: t('tokenMissing') }]}
        >
          <Input autoFocus autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item name="username" label={t('username')} rules={[{ required: true, message: t('usernameMissing') }]}>
          <Input autoComplete="username" />
        </Form.Item>
        <Form.Item name="email" label={t('email')} rules={[{ required: true, type: 'email', message: t('emailMissing') }]}>
          <Input autoComplete="email" type="email" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[
            {
              validator: (_, value: string | undefined) =>
                new TextEncoder().encode(value ?? '').length >= LEAST_PASSWORD_BYTES ? Promise.resolve() : Promise.reject(new Error(t('passwordShort'))),
            },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" size="large" block htmlType="submit" loading={setting.isPending}>
          {t('create')}
        </Button>
      </Form>
    </AuthFrame>
  );
}
