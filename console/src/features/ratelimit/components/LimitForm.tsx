import { Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/components/FormModal';
import { SubjectPicker } from '@/components/SubjectPicker';
import type { LimitFields, RateLimit } from '../api/limits';
import { SCOPES } from '../search';

interface Values {
  scope: RateLimit['scope'];
  subject_id: string;
  requests_per_minute?: number | null;
  tokens_per_minute?: number | null;
  concurrent_requests?: number | null;
}

interface Props {
  open: boolean;
  edited: RateLimit | null;
  preset: RateLimit['scope'] | undefined;
  busy: boolean;
  error: unknown;
  onSubmit: (subject: { scope: RateLimit['scope']; subject_id: string }, fields: LimitFields) => void;
  onCancel: () => void;
}

const PARTS = ['requests_per_minute', 'tokens_per_minute', 'concurrent_requests'] as const;
const MOST = 2_147_483_647;

export function LimitForm({ open, edited, preset, busy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('ratelimit');
  const { t: common } = useTranslation();
  const [form] = Form.useForm<Values>();
  const chosen = Form.useWatch('scope', form);
  const scope = edited?.scope ?? chosen ?? preset ?? 'user';
  const submit = (values: Values) =>
    onSubmit(edited ?? { scope: values.scope, subject_id: values.subject_id }, {
      requests_per_minute: values.requests_per_minute ?? null,
      tokens_per_minute: values.tokens_per_minute ?? null,
      concurrent_requests: values.concurrent_requests ?? null,
    });
  return (
    <FormModal<Values>
      open={open}
      title={edited === null ? t('create') : t('edit', { name: edited.subject_name ?? '' })}
      action={common(edited === null ? 'action.create' : 'action.save')}
      busy={busy}
      error={error}
      form={form}
      fields={PARTS}
      initial={edited ?? { scope: preset ?? 'user' }}
      onSubmit={submit}
      onCancel={onCancel}
    >
      {edited === null && (
        <>
          <Form.Item name="scope" label={t('on')}>
            <Select options={SCOPES.map((value) => ({ value, label: common(`subject.${value}`) }))} onChange={() => form.setFieldValue('subject_id', undefined)} />
          </Form.Item>
          <Form.Item name="subject_id" label={common(`subject.${scope}`)} rules={[{ required: true, message: t('subjectMissing') }]}>
            <SubjectPicker kind={scope} label={t('choose')} style={{ width: '100%' }} />
          </Form.Item>
        </>
      )}
      {PARTS.map((part, index) => (
        <Form.Item
          key={part}
          name={part}
          label={t(part)}
          extra={t(`${part}_help`)}
          dependencies={index === 0 ? PARTS.slice(1) : []}
          rules={
            index === 0
              ? [
                  ({ getFieldValue }) => ({
                    validator: () => (PARTS.some((each) => typeof getFieldValue(each) === 'number') ? Promise.resolve() : Promise.reject(new Error(t('oneNeeded')))),
                  }),
                ]
              : []
          }
        >
          <InputNumber min={1} max={MOST} precision={0} placeholder={t('unlimited')} style={{ width: '100%' }} />
        </Form.Item>
      ))}
    </FormModal>
  );
}
