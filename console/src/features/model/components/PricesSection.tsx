import { Checkbox, Col, Form, Input, Row, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { amountOf, isAmount } from '@/lib/rateCard';
import type { ModelValues } from '../form/values';
import { FormSection } from './FormSection';

interface Props {
  /** A price with tiers, cached tokens or units is changed as a whole, beside the form. */
  whole: ReactNode | null;
  isNew: boolean;
  extra?: ReactNode;
}

/** The simple price: input, output and their currency, per million tokens. */
export function PricesSection({ whole, isNew, extra }: Props) {
  const { t } = useTranslation('model');
  const fromCatalogue = Form.useWatch<boolean | undefined>('price_from_catalogue') === true;
  return (
    <FormSection id="prices" title={t('form.prices')} description={whole === null ? t('form.pricesText') : t('form.pricesWhole')} extra={extra}>
      {whole ?? (
        <>
          {isNew && (
            <Form.Item name="price_from_catalogue" valuePropName="checked">
              <Checkbox>{t('form.fromCatalogue')}</Checkbox>
            </Form.Item>
          )}
          {!fromCatalogue && (
            <Row gutter={[16, 16]}>
              <Col xs={24} sm={9}>
                <PriceItem name="input_price" other="output_price" label={t('form.inputPrice')} />
              </Col>
              <Col xs={24} sm={9}>
                <PriceItem name="output_price" other="input_price" label={t('form.outputPrice')} />
              </Col>
              <Col xs={24} sm={6}>
                <Form.Item name="currency" label={t('form.currency')} style={{ marginBottom: 0 }}>
                  <Select options={(['USD', 'CNY'] as const).map((value) => ({ value, label: t(`currency.${value}`) }))} />
                </Form.Item>
              </Col>
            </Row>
          )}
        </>
      )}
    </FormSection>
  );
}

function PriceItem({ name, other, label }: { name: 'input_price' | 'output_price'; other: 'input_price' | 'output_price'; label: string }) {
  const { t } = useTranslation('model');
  return (
    <Form.Item
      name={name}
      label={label}
      style={{ marginBottom: 0 }}
      dependencies={[other]}
      rules={[
        ({ getFieldValue }) => ({
          validator: (_, value: ModelValues['input_price']) => {
            if (!isAmount(value)) {
              return Promise.reject(new Error(t('form.priceInvalid')));
            }
            return amountOf(value) === null && amountOf(getFieldValue(other) as string) !== null ? Promise.reject(new Error(t('form.priceAlone'))) : Promise.resolve();
          },
        }),
      ]}
    >
      <Input inputMode="decimal" placeholder={t('price.none')} suffix={t('form.perMillion')} className="numbers" />
    </Form.Item>
  );
}
