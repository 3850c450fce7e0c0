import { Alert, Col, Form, InputNumber, Row, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCallableModels } from '@/lib/callableModels';
import { Section } from './Section';

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high'] as const;

/** Which model thinks for the agent, and how. There is no field for a key or an address, and none is needed. */
export function ModelSection() {
  const { t } = useTranslation('agent');
  const models = useCallableModels();
  const options = (models.data ?? []).filter(({ type_code }) => type_code === 'text').map(({ model_id, name, provider }) => ({ value: model_id, label: `${name} · ${model_id}`, provider }));
  return (
    <Section title={t('section.model')}>
      <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('noKeyNeeded')} />
      <Form.Item name="modelId" label={t('field.model')} rules={[{ required: true, message: t('field.modelMissing') }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} loading={models.isPending} options={options} placeholder={t('field.modelPlaceholder')} notFoundContent={t('field.noModels')} />
      </Form.Item>
      <Row gutter={16}>
        <Col xs={12} xxl={6}>
          <Form.Item name="temperature" label={t('field.temperature')} style={{ marginBottom: 0 }}>
            <InputNumber min={0} max={2} step={0.1} style={{ width: '100%' }} placeholder={t('field.unset')} />
          </Form.Item>
        </Col>
        <Col xs={12} xxl={6}>
          <Form.Item name="topP" label={t('field.topP')} style={{ marginBottom: 0 }}>
            <InputNumber min={0} max={1} step={0.05} style={{ width: '100%' }} placeholder={t('field.unset')} />
          </Form.Item>
        </Col>
        <Col xs={12} xxl={6}>
          <Form.Item name="maxTokens" label={t('field.maxTokens')} style={{ marginBottom: 0 }}>
            <InputNumber min={1} precision={0} style={{ width: '100%' }} placeholder={t('field.unset')} />
          </Form.Item>
        </Col>
        <Col xs={12} xxl={6}>
          <Form.Item name="reasoningEffort" label={t('field.reasoningEffort')} style={{ marginBottom: 0 }}>
            <Select allowClear placeholder={t('field.unset')} options={EFFORTS.map((value) => ({ value, label: t(`effort.${value}`) }))} />
          </Form.Item>
        </Col>
      </Row>
    </Section>
  );
}
