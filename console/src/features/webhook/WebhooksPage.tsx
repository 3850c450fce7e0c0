import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { App, Button, Card, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteByName } from '@/components/DeleteByName';
import { EmptyState } from '@/components/EmptyState';
import { useErrorText } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { useChangeWebhook, useCreateWebhook, useDeleteWebhook, useTestWebhook, useWebhooks, type Webhook, type WebhookFields } from './api/webhooks';
import { Deliveries } from './components/Deliveries';
import { SecretDialog } from './components/SecretDialog';
import { WebhookForm } from './components/WebhookForm';
import { WebhookTable } from './components/WebhookTable';

const route = getRouteApi('/app/admin/webhooks');

type Act = { act: 'create' } | { act: 'edit' | 'delete' | 'deliveries'; webhook: Webhook };

/** Events for programs outside: where they go, and whether they arrived. */
export function WebhooksPage() {
  const { t } = useTranslation('webhook');
  const { t: common } = useTranslation();
  const { message } = App.useApp();
  const textOf = useErrorText();
  const { page = 1 } = route.useSearch();
  const navigate = useNavigate();
  const webhooks = useWebhooks(page);
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
      <Card>
        <WebhookTable
          webhooks={webhooks.data?.data}
          loading={webhooks.isPending}
          error={webhooks.error}
          retry={() => void webhooks.refetch()}
          empty={<EmptyState title={t('none')} description={t('noneHint')} action={create} />}
          paging={{ page, total: webhooks.data?.total ?? 0, onPage: (next) => void navigate({ to: '/admin/webhooks', search: next === 1 ? {} : { page: next }, replace: true }) }}
          switching={toggling.isPending ? toggling.variables.webhook.id : undefined}
          tested={testing.isPending ? testing.variables.id : undefined}
          onEnable={(webhook, enabled) => toggling.mutate({ webhook, fields: { enabled } }, { onError: failed })}
          onDeliveries={(webhook) => setAct({ act: 'deliveries', webhook })}
          onTest={test}
          onEdit={(webhook) => setAct({ act: 'edit', webhook })}
          onDelete={(webhook) => setAct({ act: 'delete', webhook })}
        />
      </Card>
      <WebhookForm open={act?.act === 'create' || act?.act === 'edit'} edited={act?.act === 'edit' ? of : null} busy={creating.isPending || changing.isPending} error={act?.act === 'edit' ? changing.error : creating.error} onSubmit={submit} onCancel={close} />
      {creating.data !== undefined && <SecretDialog secret={creating.data.secret} onClose={close} />}
      <Drawer open={act?.act === 'deliveries'} onClose={close} size={760} title={t('deliveriesOf', { url: of?.url ?? '' })} destroyOnHidden>
        {of !== null && <Deliveries id={of.id} />}
      </Drawer>
      <DeleteByName
        of={act?.act === 'delete' ? act.webhook : null}
        nameOf={({ url }) => url}
        title={t('deleteTitle')}
        consequence={t('deleteText')}
        busy={deleting.isPending}
        onDelete={(webhook, then) => deleting.mutate(webhook, then)}
        onClose={close}
      />
    </>
  );
}
