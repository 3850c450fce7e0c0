import { DeleteOutlined } from '@ant-design/icons';
import { Button, Card, Col, Form, Input, InputNumber, Radio, Row } from 'antd';
import { useTranslation } from 'react-i18next';
import { AmountItem } from './AmountItem';
import { RatesFields } from './RatesFields';

const EXAMPLE_TIER = 'batch';

/** Other rates for requests of a service tier, with long inputs, or both. */
export function TierFields({ line, onRemove }: { line: number; onRemove: () => void }) {
  const { t } = useTranslation('ratecard');
  const by = Form.useWatch<string | undefined>(['tiers', line, 'by']);
  return (
    <Card
      size="small"
      title={t('tier', { number: line + 1 })}
      extra={<Button type="text" size="small" icon={<DeleteOutlined />} onClick={onRemove} aria-label={t('removeTier', { number: line + 1 })} />}
      style={{ marginBottom: 12 }}
    >
      <Row gutter={12}>
        <Col xs={24} sm={12}>
          <Form.Item name={[line, 'service_tier']} label={t('serviceTier')} rules={[{ pattern: /^[a-z0-9_-]{0,24}$/, message: t('serviceTierInvalid') }]}>
            <Input maxLength={24} placeholder={EXAMPLE_TIER} spellCheck={false} autoCapitalize="off" />
          </Form.Item>
        </Col>
        <Col xs={24} sm={12}>
          <Form.Item name={[line, 'above_input_tokens']} label={t('aboveTokens')}>
            <InputNumber min={1} max={100_000_000} precision={0} style={{ width: '100%' }} placeholder="200000" />
          </Form.Item>
        </Col>
      </Row>
      <Form.Item name={[line, 'by']} label={t('by')}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'rates', label: t('byRates') },
            { value: 'multiplier', label: t('byMultiplier') },
          ]}
        />
      </Form.Item>
      {by === 'multiplier' ? <AmountItem name={[line, 'multiplier']} label={t('multiplier')} required /> : <RatesFields path={[line, 'rates']} />}
    </Card>
  );
}
