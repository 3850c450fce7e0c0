import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { AuthFrame } from '@/components/AuthFrame';
import { ErrorState } from '@/components/ErrorState';
import { AppearanceSwitch, LanguageSwitch } from '@/components/Switches';
import { login } from '@/lib/session';

interface Credentials {
  username: string;
  password: string;
}

const route = getRouteApi('/login');

export function LoginPage() {
  const { t } = useTranslation('login');
  const { next } = route.useSearch();
  const router = useRouter();
  const entering = useMutation({
    mutationFn: ({ username, password }: Credentials) => login(username, password),
    onSuccess: () => router.history.push(next ?? '/'),
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
      <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(values) => entering.mutate(values)}>
        {entering.isError && (
          <Form.Item>
            <ErrorState error={entering.error} />
          </Form.Item>
        )}
        <Form.Item name="username" label={t('username')} rules={[{ required: true, message: t('usernameMissing') }]}>
          <Input size="large" autoFocus autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('passwordMissing') }]}>
          <Input.Password size="large" autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" size="large" block htmlType="submit" loading={entering.isPending}>
          {t('enter')}
        </Button>
      </Form>
    </AuthFrame>
  );
}
