import { Alert, Col, Form, Input, Row, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { AUTH_KINDS, type ModelValues } from '../form/values';
import { FormSection } from './FormSection';

/** Where the model is served and how the provider wants its key. */
export function ConnectionSection({ before, builtIn }: { before: ModelValues | null; builtIn: boolean }) {
  const { t } = useTranslation('model');
  const kind = Form.useWatch<ModelValues['auth_kind'] | undefined>('auth_kind');
  const baseUrl = Form.useWatch<string | undefined>('base_url');
  const keys = Form.useWatch<ModelValues['api_keys'] | undefined>('api_keys');
  const moves = before !== null && baseUrl !== undefined && hostOf(baseUrl) !== null && hostOf(baseUrl) !== hostOf(before.base_url);
  const keepsKeys = (keys ?? []).some((key) => key?.id !== undefined && (key.key ?? '').trim() === '');
  return (
    <FormSection id="connection" title={t('form.connection')}>
      <Form.Item
        name="base_url"
        label={t('form.baseUrl')}
        extra={t('form.baseUrlHelp')}
        rules={[
          { required: true, message: t('form.baseUrlMissing') },
          { pattern: /^\s*https?:\/\/[^\s/]+/i, message: t('form.baseUrlInvalid') },
        ]}
      >
        <Input disabled={builtIn} maxLength={4000} inputMode="url" spellCheck={false} autoCapitalize="off" placeholder="https://api.openai.com/v1" className="model-code" />
      </Form.Item>
      {moves && keepsKeys && <Alert type="warning" showIcon title={t('form.keysStay')} style={{ marginBottom: 24 }} />}
      <Row gutter={16}>
        <Col xs={24} md={12}>
          <Form.Item name="auth_kind" label={t('form.auth')} rules={[{ required: true }]}>
            <Select disabled={builtIn} options={AUTH_KINDS.map((value) => ({ value, label: t(`auth.${value}`) }))} />
          </Form.Item>
        </Col>
        {(kind === 'header' || kind === 'query') && (
          <Col xs={24} md={12}>
            <Form.Item
              name="auth_name"
              label={t(kind === 'header' ? 'form.headerName' : 'form.queryName')}
              rules={[{ required: true, whitespace: true, message: t('form.authNameMissing') }]}
            >
              <Input maxLength={90} spellCheck={false} autoCapitalize="off" placeholder={kind === 'header' ? 'x-api-key' : 'key'} className="model-code" />
            </Form.Item>
          </Col>
        )}
        <Col xs={24} md={12}>
          <Form.Item name="upstream_model" label={t('form.upstreamModel')} extra={t('form.upstreamModelHelp')} style={{ marginBottom: 0 }}>
            <Input disabled={builtIn} maxLength={200} spellCheck={false} autoCapitalize="off" className="model-code" />
          </Form.Item>
        </Col>
      </Row>
    </FormSection>
  );
}

function hostOf(url: string): string | null {
  try {
    return new URL(url.trim()).host;
  } catch {
    return null;
  }
}
