import { DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/components/FormModal';
import { useCallableModels } from '@/lib/callableModels';
import { useMe } from '@/lib/me';
import type { CallerKey, CallerKeyFields } from '../api/keys';

interface Values {
  name: string;
  expires_at: Dayjs | null;
  allowed_models: string[];
  team_id: string | null;
}

interface Props {
  open: boolean;
  /** The key to change; null makes a new one. */
  edited: CallerKey | null;
  busy: boolean;
  error: unknown;
  onSubmit: (fields: CallerKeyFields & { name: string }) => void;
  onCancel: () => void;
}

const FIELDS = ['name', 'expires_at', 'allowed_models', 'team_id'] as const;

export function KeyForm({ open, edited, busy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('key');
  const [form] = Form.useForm<Values>();
  const models = useCallableModels();
  const teams = useMe().data?.teams ?? [];
  const submit = (values: Values) =>
    onSubmit({
      name: values.name.trim(),
      expires_at: values.expires_at?.toISOString() ?? null,
      allowed_models: values.allowed_models.length === 0 ? null : values.allowed_models,
      ...(teams.length > 1 ? { team_id: values.team_id ?? null } : {}),
    });

  return (
    <FormModal<Values>
      open={open}
      title={edited === null ? t('create') : t('editTitle')}
      action={edited === null ? t('createAction') : t('save')}
      busy={busy}
      error={error}
      form={form}
      fields={FIELDS}
      initial={{
        name: edited?.name ?? '',
        expires_at: edited?.expires_at === null || edited?.expires_at === undefined ? null : dayjs(edited.expires_at),
        allowed_models: edited?.allowed_models ?? [],
        team_id: edited?.team_id ?? null,
      }}
      onSubmit={submit}
      onCancel={onCancel}
    >
      <Form.Item name="name" label={t('name')} extra={t('nameHelp')} rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}>
        <Input autoFocus maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="expires_at" label={t('expires')} extra={t('expiresHelp')}>
        <DatePicker
          style={{ width: '100%' }}
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          placeholder={t('never')}
          disabledDate={(date) => date.isBefore(dayjs(), 'day')}
          presets={[30, 90, 365].map((days) => ({ label: t('days', { count: days }), value: dayjs().add(days, 'day') }))}
        />
      </Form.Item>
      <Form.Item name="allowed_models" label={t('models')} extra={t('modelsHelp')}>
        <Select
          mode="multiple"
          allowClear
          placeholder={t('allModels')}
          loading={models.isPending}
          optionFilterProp="label"
          options={(models.data ?? []).map((model) => ({ value: model.model_id, label: model.name === model.model_id ? model.model_id : `${model.name} · ${model.model_id}` }))}
        />
      </Form.Item>
      {teams.length > 1 && (
        <Form.Item name="team_id" label={t('team')} extra={t('teamHelp')}>
          <Select allowClear placeholder={t('defaultTeam')} options={teams.map((team) => ({ value: team.id, label: team.name }))} />
        </Form.Item>
      )}
    </FormModal>
  );
}
