import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Col, Form, Input, Row, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Section } from './Section';

/** Words like {{language}} in the instructions that a conversation fills in. */
function Variables() {
  const { t } = useTranslation(['agent', 'common']);
  return (
    <Form.List name="variables">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <Row gutter={8} key={key} align="top">
              <Col xs={24} sm={6}>
                <Form.Item name={[name, 'name']} rules={[{ required: true, pattern: /^[A-Za-z][A-Za-z0-9_]*$/, message: t('variable.nameRule') }]}>
                  <Input aria-label={t('variable.name')} placeholder={t('variable.name')} />
                </Form.Item>
              </Col>
              <Col xs={24} sm={9}>
                <Form.Item name={[name, 'description']}>
                  <Input aria-label={t('variable.description')} placeholder={t('variable.description')} />
                </Form.Item>
              </Col>
              <Col xs={20} sm={7}>
                <Form.Item name={[name, 'fallback']}>
                  <Input aria-label={t('variable.fallback')} placeholder={t('variable.fallback')} />
                </Form.Item>
              </Col>
              <Col xs={4} sm={2}>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('common:action.delete')} onClick={() => remove(name)} />
              </Col>
            </Row>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ name: '', description: '', fallback: '' })}>
            {t('variable.add')}
          </Button>
        </>
      )}
    </Form.List>
  );
}

export function BehaviourSection() {
  const { t } = useTranslation('agent');
  return (
    <Section title={t('section.behaviour')}>
      <Form.Item name="instructions" label={t('field.instructions')} extra={t('field.instructionsHelp', { example: '{{language}}' })}>
        <Input.TextArea autoSize={{ minRows: 6, maxRows: 18 }} maxLength={50_000} />
      </Form.Item>
      <Typography.Paragraph style={{ marginBottom: 8 }}>{t('variable.title')}</Typography.Paragraph>
      <Variables />
    </Section>
  );
}
