import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/components/FormModal';
import type { Team, TeamFields } from '../api/teams';

interface Values {
  name: string;
  description?: string;
}

interface Props {
  open: boolean;
  edited: Team | null;
  busy: boolean;
  error: unknown;
  onSubmit: (fields: TeamFields) => void;
  onCancel: () => void;
}

export function TeamForm({ open, edited, busy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('team');
  const { t: common } = useTranslation();
  const [form] = Form.useForm<Values>();
  return (
    <FormModal<Values>
      open={open}
      title={edited === null ? t('create') : t('edit', { name: edited.name })}
      action={common(edited === null ? 'action.create' : 'action.save')}
      busy={busy}
      error={error}
      form={form}
      fields={['name', 'description']}
      initial={{ name: edited?.name ?? '', description: edited?.description ?? '' }}
      onSubmit={({ name, description }) => onSubmit({ name: name.trim(), description: description?.trim() ?? '' })}
      onCancel={onCancel}
    >
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}>
        <Input autoFocus maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="description" label={t('description')}>
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </FormModal>
  );
}
