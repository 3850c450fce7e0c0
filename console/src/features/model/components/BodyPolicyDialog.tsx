import { Alert, App, Modal, Radio, Skeleton, Space, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { useBodyPolicy, useSetBodyPolicy, type Policy } from '../api/bodyPolicy';
import type { Model } from '../api/models';

const CHOICES = ['none', 'off', 'masked', 'full'] as const;
type Choice = (typeof CHOICES)[number];

/** Whether what a model's calls send and are answered is kept. Callers can read that it is. */
export function BodyPolicyDialog({ model, open, onClose }: { model: Model; open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['model', 'common']);
  const { message } = App.useApp();
  const policy = useBodyPolicy(model.id, open);
  const setting = useSetBodyPolicy(model.id);
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
      title={t('bodies.title', { name: model.name })}
      okText={t('common:action.save')}
      okButtonProps={{ loading: setting.isPending, disabled: !policy.isSuccess }}
      onOk={save}
      onCancel={close}
      destroyOnHidden
    >
      <p>{t('bodies.lead')}</p>
      {policy.isPending && <Skeleton active paragraph={{ rows: 4 }} title={false} />}
      {policy.isError && <ErrorState error={policy.error} retry={() => void policy.refetch()} />}
      {policy.isSuccess && (
        <Radio.Group aria-label={t('bodies.title', { name: model.name })} value={chosen ?? current} onChange={(event) => choose(event.target.value as Choice)}>
          <Space orientation="vertical" size={12}>
            {CHOICES.map((choice) => (
              <Radio key={choice} value={choice}>
                {t(`bodies.choice.${choice}`)}
                <br />
                <Typography.Text type="secondary">{t(`bodies.help.${choice}`)}</Typography.Text>
              </Radio>
            ))}
          </Space>
        </Radio.Group>
      )}
      {chosen === 'full' && <Alert type="warning" showIcon title={t('bodies.fullWarning')} style={{ marginTop: 16 }} />}
      {setting.isError && <ErrorState error={setting.error} />}
    </Modal>
  );
}
