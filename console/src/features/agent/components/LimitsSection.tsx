import { Col, Form, Input, InputNumber, Row, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Section } from './Section';

const MODES = ['window', 'summary'] as const;

function NumberField({ name, label, max, suffix }: { name: string; label: string; max: number; suffix?: string }) {
  const { t } = useTranslation('agent');
  return (
    <Col xs={12} xxl={6}>
      <Form.Item name={name} label={label} rules={[{ required: true, message: t('field.numberMissing') }]}>
        <InputNumber min={1} max={max} precision={0} style={{ width: '100%' }} suffix={suffix} />
      </Form.Item>
    </Col>
  );
}

/** Where a run ends, whatever the model would like; and what it remembers. */
export function LimitsSection() {
  const { t } = useTranslation('agent');
  return (
    <Section title={t('section.limits')}>
      <Row gutter={16}>
        <NumberField name="maxSteps" label={t('field.maxSteps')} max={200} />
        <NumberField name="runTokens" label={t('field.runTokens')} max={100_000_000} />
        <NumberField name="maxSeconds" label={t('field.maxSeconds')} max={3600} />
        <Col xs={12} xxl={6}>
          <Form.Item name="maxCost" label={t('field.maxCost')} rules={[{ pattern: /^\d{1,9}(\.\d{1,9})?$/, message: t('field.costRule') }]}>
            <Input placeholder={t('field.noLimit')} inputMode="decimal" />
          </Form.Item>
        </Col>
        <NumberField name="windowTokens" label={t('field.windowTokens')} max={2_000_000} />
        <Col xs={24} sm={12} xxl={6}>
          <Form.Item name="memoryMode" label={t('field.memoryMode')}>
            <Select options={[...MODES].map((mode) => ({ value: mode, label: t(`memoryMode.${mode}`) }))} />
          </Form.Item>
        </Col>
        <Col xs={12} xxl={6}>
          <Form.Item name="facts" label={t('field.facts')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </Col>
      </Row>
    </Section>
  );
}
