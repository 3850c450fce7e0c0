import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/components/FormModal';
import type { UsageRecordDetail } from '../api/records';

interface Props {
  open: boolean;
  record: UsageRecordDetail;
  busy: boolean;
  error: unknown;
  onSubmit: (values: { reason: string; user_cost: string }) => void;
  onCancel: () => void;
}

/** Another amount for the user to pay, with the reason. */
export function CorrectForm({ open, record, busy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('record');
  const [form] = Form.useForm<{ reason: string; user_cost: string }>();
  return (
    <FormModal<{ reason: string; user_cost: string }>
      open={open}
      title={t('correctTitle')}
      action={t('correct')}
      busy={busy}
      error={error}
      form={form}
      fields={['reason', 'user_cost']}
      initial={{ user_cost: '0' }}
      onSubmit={({ reason, user_cost }) => onSubmit({ reason: reason.trim(), user_cost: user_cost.trim() })}
      onCancel={onCancel}
    >
      <Form.Item name="user_cost" label={t('userPays')} extra={t('correctHelp', { most: record.cost, currency: record.currency })} rules={[{ required: true, pattern: /^\s*\d+(\.\d{1,9})?\s*$/, message: t('amountWrong') }]}>
        <Input autoFocus inputMode="decimal" autoComplete="off" suffix={record.currency} />
      </Form.Item>
      <Form.Item name="reason" label={t('reason')} rules={[{ required: true, whitespace: true, message: t('reasonMissing') }]}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
    </FormModal>
  );
}
