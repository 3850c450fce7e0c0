import { Checkbox, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/components/FormModal';
import type { Webhook, WebhookFields } from '../api/webhooks';

interface Values {
  url: string;
  description?: string;
  event_types: Webhook['event_types'];
}

interface Props {
  open: boolean;
  edited: Webhook | null;
  busy: boolean;
  error: unknown;
  onSubmit: (fields: WebhookFields) => void;
  onCancel: () => void;
}

export const EVENTS: Webhook['event_types'] = ['budget.warning', 'budget.exhausted'];

export function WebhookForm({ open, edited, busy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('webhook');
  const { t: common } = useTranslation();
  const [form] = Form.useForm<Values>();
  return (
    <FormModal<Values>
      open={open}
      title={t(edited === null ? 'create' : 'edit')}
      action={common(edited === null ? 'action.create' : 'action.save')}
      busy={busy}
      error={error}
      form={form}
      fields={['url', 'description', 'event_types']}
      initial={{ url: edited?.url ?? '', description: edited?.description ?? '', event_types: edited?.event_types ?? EVENTS }}
      onSubmit={({ url, description, event_types }) => onSubmit({ url: url.trim(), description: description?.trim() ?? '', event_types })}
      onCancel={onCancel}
    >
      <Form.Item name="url" label={t('url')} extra={t('urlHelp')} rules={[{ required: true, whitespace: true, message: t('urlMissing') }]}>
        <Input autoFocus maxLength={2000} autoComplete="off" inputMode="url" />
      </Form.Item>
      <Form.Item name="description" label={t('description')}>
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      <Form.Item name="event_types" label={t('events')} rules={[{ required: true, type: 'array', min: 1, message: t('eventsMissing') }]}>
        <Checkbox.Group options={EVENTS.map((value) => ({ value, label: t(`event.${value.replace('.', '_')}`) }))} />
      </Form.Item>
    </FormModal>
  );
}
