import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/components/FormModal';
import type { McpServer, McpServerFields } from '../api/servers';

interface Values {
  name: string;
  url: string;
  description?: string;
  type: 'none' | 'bearer' | 'header';
  header?: string;
  secret?: string;
  timeout_seconds: number;
}

interface Props {
  open: boolean;
  edited: McpServer | null;
  busy: boolean;
  error: unknown;
  onSubmit: (fields: McpServerFields) => void;
  onCancel: () => void;
}

function requestOf(values: Values): McpServerFields {
  const { name, url, description, type, header, secret, timeout_seconds } = values;
  return {
    name: name.trim(),
    url: url.trim(),
    description: description?.trim() ?? '',
    timeout_seconds,
    auth: {
      type,
      ...(type === 'header' ? { header: header?.trim() ?? null } : {}),
      ...(type !== 'none' && secret !== undefined && secret !== '' ? { secret } : {}),
    },
  };
}

export function ServerForm({ open, edited, busy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('mcp');
  const { t: common } = useTranslation();
  const [form] = Form.useForm<Values>();
  const type = Form.useWatch('type', form) ?? edited?.auth.type ?? 'none';
  const kept = edited?.auth.type === type && edited.auth.hint !== null;
  return (
    <FormModal<Values>
      open={open}
      title={t(edited === null ? 'create' : 'edit')}
      action={common(edited === null ? 'action.create' : 'action.save')}
      busy={busy}
      error={error}
      form={form}
      fields={['name', 'url', 'description', 'timeout_seconds']}
      initial={{
        name: edited?.name ?? '',
        url: edited?.url ?? '',
        description: edited?.description ?? '',
        type: edited?.auth.type ?? 'none',
        header: edited?.auth.header ?? '',
        timeout_seconds: edited?.timeout_seconds ?? 30,
      }}
      onSubmit={(values) => onSubmit(requestOf(values))}
      onCancel={onCancel}
    >
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}>
        <Input autoFocus maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="url" label={t('url')} extra={t('urlHelp')} rules={[{ required: true, whitespace: true, message: t('urlMissing') }]}>
        <Input maxLength={2000} autoComplete="off" inputMode="url" placeholder="https://mcp.example.com/mcp" />
      </Form.Item>
      <Form.Item name="description" label={t('description')} extra={t('descriptionHelp')}>
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 1, maxRows: 4 }} />
      </Form.Item>
      <Form.Item name="type" label={t('auth.label')}>
        <Select options={(['none', 'bearer', 'header'] as const).map((value) => ({ value, label: t(`auth.${value}`) }))} />
      </Form.Item>
      {type === 'header' && (
        <Form.Item name="header" label={t('auth.name')} rules={[{ required: true, whitespace: true, message: t('auth.nameMissing') }]}>
          <Input maxLength={64} autoComplete="off" placeholder={t('auth.nameExample')} />
        </Form.Item>
      )}
      {type !== 'none' && (
        <Form.Item name="secret" label={t('auth.secret')} extra={kept ? t('auth.kept', { hint: edited.auth.hint }) : t('auth.secretHelp')} rules={kept ? [] : [{ required: true, message: t('auth.secretMissing') }]}>
          <Input.Password maxLength={4096} autoComplete="new-password" />
        </Form.Item>
      )}
      <Form.Item name="timeout_seconds" label={t('timeout')} extra={t('timeoutHelp')} rules={[{ required: true, message: t('timeoutMissing') }]} style={{ marginBottom: 0 }}>
        <InputNumber min={1} max={300} precision={0} style={{ width: 160 }} />
      </Form.Item>
    </FormModal>
  );
}
