import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Modal, type InputRef } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { leave, login, useUser } from '@/lib/session';

/** Lets the person log in again over the page that the session ran out under, so that nothing typed there is lost. */
export default function SessionDialog() {
  const { t } = useTranslation('login');
  const { username } = useUser();
  const password = useRef<InputRef>(null);
  const entering = useMutation({ gcTime: 0, mutationFn: (values: { password: string }) => login(username, values.password) });
  return (
    <Modal open title={t('again.title')} closable={false} keyboard={false} mask={{ closable: false }} footer={null} width={420} zIndex={2000} afterOpenChange={() => password.current?.focus()}>
      <p>{t('again.text')}</p>
      <Form<{ password: string }> layout="vertical" requiredMark={false} onFinish={(values) => entering.mutate(values)}>
        {entering.isError && (
          <Form.Item>
            <ErrorState error={entering.error} />
          </Form.Item>
        )}
        <Form.Item label={t('username')} htmlFor="again-username">
          <Input id="again-username" value={username} readOnly autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('passwordMissing') }]}>
          <Input.Password ref={password} autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" block htmlType="submit" loading={entering.isPending}>
          {t('enter')}
        </Button>
        <Button type="link" block onClick={leave} style={{ marginTop: 8 }}>
          {t('again.other')}
        </Button>
      </Form>
    </Modal>
  );
}
