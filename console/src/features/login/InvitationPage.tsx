import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Button, Form, Input, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { AuthFrame } from '@/components/AuthFrame';
import { ErrorState } from '@/components/ErrorState';
import { LinkButton } from '@/components/LinkButton';
import { AppearanceSwitch, LanguageSwitch } from '@/components/Switches';
import { useFormat } from '@/lib/format';
import { useAcceptInvitation, useInvitation } from './api/invitation';

interface Values {
  password: string;
  again: string;
}

const route = getRouteApi('/invitation/$token');

/** Where the link of an invitation or of a reset leads: one chooses a password, and is logged in. */
export function InvitationPage() {
  const { t } = useTranslation('login');
  const format = useFormat();
  const { token } = route.useParams();
  const router = useRouter();
  const invitation = useInvitation(token);
  const accepting = useAcceptInvitation(token);
  const data = invitation.data;
  return (
    <AuthFrame
      title={t(data?.purpose === 'password_reset' ? 'resetTitle' : 'invitationTitle')}
      {...(data === undefined ? {} : { lead: t('invitationLead', { name: data.username, email: data.email }) })}
      footer={
        <>
          <LanguageSwitch />
          <AppearanceSwitch />
        </>
      }
    >
      {invitation.isPending ? (
        <Skeleton active />
      ) : invitation.isError ? (
        <>
          <ErrorState error={invitation.error} />
          <LinkButton to="/login" block style={{ marginTop: 16 }}>
            {t('toLogin')}
          </LinkButton>
        </>
      ) : (
        <Form<Values>
          layout="vertical"
          requiredMark={false}
          // Replaces the address, so that the spent link is not in the history.
          onFinish={({ password }) => accepting.mutate(password, { onSuccess: () => router.history.replace('/') })}
        >
          {accepting.isError && (
            <Form.Item>
              <ErrorState error={accepting.error} />
            </Form.Item>
          )}
          <input type="text" name="username" autoComplete="username" value={invitation.data.username} readOnly hidden />
          <Form.Item name="password" label={t('newPassword')} extra={t('linkUntil', { time: format.time(invitation.data.expires_at) })} rules={[{ required: true, min: 12, message: t('passwordShort') }]}>
            <Input.Password size="large" autoFocus autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={t('passwordAgain')}
            dependencies={['password']}
            rules={[({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('passwordsDiffer')))) })]}
          >
            <Input.Password size="large" autoComplete="new-password" />
          </Form.Item>
          <Button type="primary" size="large" block htmlType="submit" loading={accepting.isPending}>
            {t('setPassword')}
          </Button>
        </Form>
      )}
    </AuthFrame>
  );
}
