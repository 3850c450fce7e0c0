import { Col, Form, Row, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormSection } from './FormSection';
import { TokensInput } from './TokensInput';

/** What the model can do, and how much at once. */
export function ParametersSection() {
  const { t } = useTranslation('model');
  return (
    <FormSection id="parameters" title={t('form.parameters')}>
      <Row gutter={[16, 16]}>
        <Col xs={24} md={8}>
          <TokensItem name="context_window" label={t('form.contextWindow')} help={t('form.contextWindowHelp')} />
        </Col>
        <Col xs={24} md={8}>
          <TokensItem name="max_tokens" label={t('form.maxTokens')} help={t('form.maxTokensHelp')} />
        </Col>
        <Col xs={24} md={8}>
          <Form.Item name="supports_vision" label={t('form.vision')} extra={t('form.visionHelp')} valuePropName="checked" style={{ marginBottom: 0 }}>
            <Switch />
          </Form.Item>
        </Col>
      </Row>
    </FormSection>
  );
}

/** A positive whole number, or none. */
export function TokensItem({ name, label, help }: { name: string; label: string; help: string }) {
  const { t } = useTranslation('model');
  return (
    <Form.Item name={name} label={label} extra={help} style={{ marginBottom: 0 }}>
      <TokensInput placeholder={t('form.noLimit')} />
    </Form.Item>
  );
}
