import { AutoComplete, Col, Form, Input, Row, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { EXAMPLES } from '../form/values';
import { MODEL_STATUSES } from '../search';
import { MODEL_TYPES } from '../types';
import { FormSection } from './FormSection';

const MODEL_ID = /^[A-Za-z0-9._:/@+-]{1,200}$/;

/** What the model is: name, id, provider, type, description, status. */
export function InformationSection({ providers, builtIn }: { providers: string[]; builtIn: boolean }) {
  const { t } = useTranslation('model');
  return (
    <FormSection id="information" title={t('form.information')}>
      <Row gutter={16}>
        <Col xs={24} md={12}>
          <Form.Item name="name" label={t('form.name')} rules={[{ required: true, whitespace: true, message: t('form.nameMissing') }]}>
            <Input maxLength={200} placeholder={EXAMPLES.name} />
          </Form.Item>
        </Col>
        <Col xs={24} md={12}>
          <Form.Item
            name="model_id"
            label={t('form.modelId')}
            extra={t('form.modelIdHelp')}
            rules={[
              { required: true, message: t('form.modelIdMissing') },
              { pattern: MODEL_ID, message: t('form.modelIdInvalid') },
            ]}
          >
            <Input maxLength={200} disabled={builtIn} spellCheck={false} autoCapitalize="off" placeholder={EXAMPLES.modelId} className="model-code" />
          </Form.Item>
        </Col>
        <Col xs={24} md={8}>
          <Form.Item name="provider" label={t('form.provider')} rules={[{ required: true, whitespace: true, message: t('form.providerMissing') }]}>
            <AutoComplete disabled={builtIn} options={providers.map((value) => ({ value }))} maxLength={64} placeholder={EXAMPLES.provider} />
          </Form.Item>
        </Col>
        <Col xs={24} md={8}>
          <Form.Item name="type" label={t('form.type')} rules={[{ required: true }]}>
            <Select disabled={builtIn} options={MODEL_TYPES.map(({ code }) => ({ value: code, label: t(`type.${code}`) }))} />
          </Form.Item>
        </Col>
        <Col xs={24} md={8}>
          <Form.Item name="status" label={t('form.status')} rules={[{ required: true }]}>
            <Select
              options={MODEL_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
              optionRender={({ value }) => (
                <div>
                  {t(`status.${String(value)}`)}
                  <div className="model-muted model-small">{t(`status.${String(value)}Help`)}</div>
                </div>
              )}
            />
          </Form.Item>
        </Col>
      </Row>
      <Form.Item name="description" label={t('form.description')} style={{ marginBottom: 0 }}>
        <Input.TextArea maxLength={4000} autoSize={{ minRows: 2, maxRows: 8 }} placeholder={t('form.descriptionHelp')} />
      </Form.Item>
    </FormSection>
  );
}
