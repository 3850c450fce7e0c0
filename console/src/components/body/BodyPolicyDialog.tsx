import { Alert, App, Modal, Radio, Skeleton, Space, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { useBodyPolicy, useSetBodyPolicy, type Policy, type PolicySubject } from '@/lib/bodyPolicies';
import { isLost } from '@/lib/query';

const CHOICES = ['none', 'off', 'masked', 'full'] as const;
type Choice = (typeof CHOICES)[number];

/** Whether what the calls of a model or caller key send and are answered is kept. Callers can read that it is. */
export function BodyPolicyDialog({ subject, open, onClose }: { subject: PolicySubject; open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['bodypolicy', 'common']);
  const { message } = App.useApp();
  const policy = useBodyPolicy(subject, open);
  const setting = useSetBodyPolicy(subject);
  const [chosen, choose] = useState<Choice | null>(null);
  const current: Choice = policy.data ?? 'none';
  const close = () => {
    choose(null);
    setting.reset();
    onClose();
  };
  const save = () => {
    if (chosen === null || chosen === current) {
      close();
      return;
    }
    setting.mutate(chosen === 'none' ? null : (chosen satisfies Policy), {
      onSuccess: () => {
        message.success(t('common:state.saved'));
        close();
      },
    });
  };
  return (
    <Modal
      open={open}
      title={t('title', { name: subject.name })}
      okText={t('common:action.save')}
      okButtonProps={{ loading: setting.isPending, disabled: !policy.isSuccess }}
      onOk={save}
      onCancel={close}
      destroyOnHidden
    >
      <p>{t('lead')}</p>
      {policy.isPending && <Skeleton active paragraph={{ rows: 4 }} title={false} />}
      {isLost(policy) && <ErrorState error={policy.error} retry={() => void policy.refetch()} />}
      {policy.isSuccess && (
        <Radio.Group aria-label={t('title', { name: subject.name })} value={chosen ?? current} onChange={(event) => choose(event.target.value as Choice)}>
          <Space orientation="vertical" size={12}>
            {CHOICES.map((choice) => (
              <Radio key={choice} value={choice}>
                {t(`choice.${choice}`)}
                <br />
                <Typography.Text type="secondary">{t(`help.${subject.scope}.${choice}`)}</Typography.Text>
              </Radio>
            ))}
          </Space>
        </Radio.Group>
      )}
      {chosen === 'full' && <Alert type="warning" showIcon title={t('fullWarning')} style={{ marginTop: 16 }} />}
      {setting.isError && <ErrorState error={setting.error} />}
    </Modal>
  );
}
