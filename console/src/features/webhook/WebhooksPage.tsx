import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Card, Drawer, Skeleton, Space, Switch, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmByName } from '@/components/ConfirmByName';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { useChangeWebhook, useCreateWebhook, useDeleteWebhook, useTestWebhook, useWebhooks, type Webhook, type WebhookFields } from './api/webhooks';
import { Deliveries } from './components/Deliveries';
import { SecretDialog } from './components/SecretDialog';
import { WebhookForm } from './components/WebhookForm';

type Act = { act: 'create' } | { act: 'edit' | 'delete' | 'deliveries'; webhook: Webhook };

/** Events for programs outside: where they go, and whether they arrived. */
export function WebhooksPage() {
  const { t } = useTranslation('webhook');
  const { t: common } = useTranslation();
  const { message } = App.useApp();
  const textOf = useErrorText();
  const webhooks = useWebhooks();
  const creating = useCreateWebhook();
  const changing = useChangeWebhook();
  const toggling = useChangeWebhook();
  const testing = useTestWebhook();
  const deleting = useDeleteWebhook();
  const [act, setAct] = useState<Act | null>(null);
  const of = act !== null && act.act !== 'create' ? act.webhook : null;
  const close = () => {
    setAct(null);
    creating.reset();
    changing.reset();
  };
  const failed = (error: unknown) => message.error(textOf(error));
  const submit = (fields: WebhookFields) =>
    of === null
      ? creating.mutate(fields, { onSuccess: () => setAct(null) })
      : changing.mutate(
          { webhook: of, fields },
          {
            onSuccess: () => {
              message.success(common('state.saved'));
              close();
            },
          },
        );
  const test = (webhook: Webhook) =>
    testing.mutate(webhook, {
      onSuccess: (delivery) => (delivery.status === 'delivered' ? message.success(t('testDone', { status: delivery.http_status })) : message.error(t(`error.${delivery.error ?? 'http_status'}`, { status: delivery.http_status }))),
      onError: failed,
    });
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAct({ act: 'create' })}>
      {t('create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} actions={create} />
      {webhooks.isPending && <Skeleton active />}
      {webhooks.isError && webhooks.data === undefined && <ErrorState error={webhooks.error} retry={() => void webhooks.refetch()} />}
      {webhooks.data?.data.length === 0 && (
        <Card>
          <EmptyState title={t('none')} description={t('noneHint')} action={create} />
        </Card>
      )}
      <Space orientation="vertical" size={16} style={{ width: '100%' }}>
        {webhooks.data?.data.map((webhook) => (
          <Card key={webhook.id} size="small">
            <div style={{ display: 'flex', flexWrap: 'wrap', gap: '8px 16px', justifyContent: 'space-between' }}>
              <div style={{ minWidth: 0, flex: '1 1 300px' }}>
                <Typography.Text strong className="break-anywhere">
                  {webhook.url}
                </Typography.Text>
                {webhook.description !== '' && <Typography.Paragraph style={{ margin: '2px 0' }}>{webhook.description}</Typography.Paragraph>}
                <Space wrap size={[6, 4]} style={{ marginTop: 6 }}>
                  {webhook.event_types.map((type) => (
                    <Tag key={type}>{t(`event.${type.replace('.', '_')}`)}</Tag>
                  ))}
                  <Typography.Text type="secondary">{t('secretHint', { hint: webhook.secret_hint })}</Typography.Text>
                </Space>
              </div>
              <Space wrap>
                <Switch
                  checked={webhook.enabled}
                  loading={toggling.isPending && toggling.variables.webhook.id === webhook.id}
                  aria-label={t('enabledOf', { url: webhook.url })}
                  onChange={(enabled) => toggling.mutate({ webhook, fields: { enabled } }, { onError: failed })}
                />
                <Button size="small" onClick={() => setAct({ act: 'deliveries', webhook })}>
                  {t('deliveries')}
                </Button>
                <Button size="small" loading={testing.isPending && testing.variables.id === webhook.id} onClick={() => test(webhook)}>
                  {t('test')}
                </Button>
                <Button size="small" onClick={() => setAct({ act: 'edit', webhook })}>
                  {common('action.edit')}
                </Button>
                <Button size="small" danger type="text" onClick={() => setAct({ act: 'delete', webhook })}>
                  {common('action.delete')}
                </Button>
              </Space>
            </div>
          </Card>
        ))}
      </Space>
      <WebhookForm open={act?.act === 'create' || act?.act === 'edit'} edited={act?.act === 'edit' ? of : null} busy={creating.isPending || changing.isPending} error={act?.act === 'edit' ? changing.error : creating.error} onSubmit={submit} onCancel={close} />
      {creating.data !== undefined && <SecretDialog secret={creating.data.secret} onClose={close} />}
      <Drawer open={act?.act === 'deliveries'} onClose={close} size={760} title={t('deliveriesOf', { url: of?.url ?? '' })} destroyOnHidden>
        {of !== null && <Deliveries id={of.id} />}
      </Drawer>
      <ConfirmByName
        open={act?.act === 'delete'}
        title={t('deleteTitle')}
        consequence={t('deleteText')}
        name={of?.url ?? ''}
        action={common('action.delete')}
        busy={deleting.isPending}
        onCancel={close}
        onConfirm={() =>
          of !== null &&
          deleting.mutate(of, {
            onSuccess: () => {
              message.success(common('state.deleted'));
              close();
            },
            onError: failed,
          })
        }
      />
    </>
  );
}
