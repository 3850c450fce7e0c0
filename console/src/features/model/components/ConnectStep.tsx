import { Alert, Button, Form, Input, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { onField } from '@/lib/fieldErrors';
import { useDiscover, type Connection, type Discovery } from '../api/discover';
import type { ProviderPreset } from '../api/presets';

interface Props {
  /** Null: a provider that nobody knows by name. */
  preset: ProviderPreset | null;
  onConnected: (connection: Connection, found: Discovery) => void;
  onBack: () => void;
}

const FIELDS = ['provider', 'base_url', 'api_key'] as const;
/** The provider can be reached and takes the key; it just has no list. */
const NO_LIST = 'no_model_list';

/** Address and key, tried at once by asking the provider for its models. */
export function ConnectStep({ preset, onConnected, onBack }: Props) {
  const { t } = useTranslation(['start', 'common']);
  const textOf = useErrorText();
  const [form] = Form.useForm<Pick<Connection, (typeof FIELDS)[number]>>();
  const discovering = useDiscover();
  const needsKey = preset?.needs_key === true;
  const authOf = (key: string) => (preset === null ? (key === '' ? 'none' : 'bearer') : !preset.needs_key && key === '' ? 'none' : preset.auth_type === 'none' ? 'bearer' : preset.auth_type);

  const connect = ({ provider, base_url, api_key }: Pick<Connection, (typeof FIELDS)[number]>) => {
    const key = (api_key ?? '').trim();
    const connection: Connection = { provider: (provider ?? preset?.id ?? '').trim(), base_url: base_url.trim(), auth_type: authOf(key), api_key: key };
    discovering.mutate(connection, {
      onSuccess: (found) => {
        if (found.ok) {
          onConnected(connection, found);
        }
      },
      onError: (error) => onField(error, FIELDS, textOf, form),
    });
  };
  const refusal = discovering.data?.ok === false ? discovering.data.error : null;
  const anyway = () => {
    if (discovering.variables !== undefined && discovering.data !== undefined) {
      onConnected(discovering.variables, discovering.data);
    }
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ provider: preset?.id ?? '', base_url: preset?.base_url ?? '', api_key: '' }}
      onFinish={connect}
      autoComplete="off"
      className="start-form"
    >
      {preset?.private_network === true && <Alert type="info" showIcon title={t('connect.private')} style={{ marginBottom: 16 }} />}
      {refusal !== null && (
        <Alert
          type="error"
          showIcon
          title={t(`connect.error.${refusal.code}`, { defaultValue: t('connect.failed') })}
          description={<span className="break-anywhere">{refusal.message}</span>}
          action={refusal.code === NO_LIST ? <Button onClick={anyway}>{t('connect.typeModels')}</Button> : undefined}
          style={{ marginBottom: 16 }}
        />
      )}
      {discovering.isError && (
        <Form.Item>
          <ErrorState error={discovering.error} />
        </Form.Item>
      )}
      {preset === null && (
        <Form.Item name="provider" label={t('connect.provider')} rules={[{ required: true, whitespace: true, message: t('connect.providerMissing') }]}>
          <Input maxLength={64} />
        </Form.Item>
      )}
      <Form.Item
        name="base_url"
        label={t('connect.baseUrl')}
        extra={preset === null ? t('connect.baseUrlHelp') : undefined}
        rules={[{ required: true, pattern: /^\s*https?:\/\/[^\s/]+/i, message: t('connect.baseUrlMissing') }]}
      >
        <Input inputMode="url" spellCheck={false} autoCapitalize="off" maxLength={4000} className="model-code" />
      </Form.Item>
      <Form.Item
        name="api_key"
        label={t(needsKey ? 'connect.key' : 'connect.keyOptional')}
        extra={
          preset !== null && /^https:\/\//.test(preset.key_url) ? (
            <a href={preset.key_url} target="_blank" rel="noopener noreferrer">
              {t('connect.getKey')}
            </a>
          ) : undefined
        }
        rules={needsKey ? [{ required: true, whitespace: true, message: t('connect.keyMissing') }] : []}
      >
        <Input.Password autoFocus autoComplete="new-password" spellCheck={false} maxLength={4096} />
      </Form.Item>
      <Space wrap>
        <Button type="primary" htmlType="submit" loading={discovering.isPending}>
          {t('connect.action')}
        </Button>
        <Button onClick={onBack}>{t('common:action.back')}</Button>
      </Space>
      <p className="model-muted model-small start-note">{t('connect.sealed')}</p>
    </Form>
  );
}
