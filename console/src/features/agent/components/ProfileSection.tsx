import { Col, Form, Input, Row, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Section } from './Section';

export function ProfileSection() {
  const { t } = useTranslation('agent');
  return (
    <Section title={t('section.profile')}>
      <Row gutter={16}>
        <Col xs={24} sm={5}>
          <Form.Item name="icon" label={t('field.icon')} extra={t('field.iconHelp')}>
            <Input maxLength={16} placeholder="🤖" />
          </Form.Item>
        </Col>
        <Col xs={24} sm={19}>
          <Form.Item name="name" label={t('field.name')} rules={[{ required: true, whitespace: true, message: t('field.nameMissing') }]}>
            <Input maxLength={100} />
          </Form.Item>
        </Col>
      </Row>
      <Form.Item name="description" label={t('field.description')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={2000} />
      </Form.Item>
      <Form.Item name="visibility" label={t('field.visibility')} style={{ marginBottom: 0 }}>
        <Segmented options={(['own', 'team', 'all'] as const).map((value) => ({ value, label: t(`visibility.${value}`) }))} />
      </Form.Item>
    </Section>
  );
}
