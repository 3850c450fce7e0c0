import { PlusOutlined } from '@ant-design/icons';
import { Button, Collapse, DatePicker, Form, Input, Select, Space } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/lib/errors';
import { useAddPrice } from '@/lib/prices';
import { cardValues, pathOf, priceRequest, UNITS, type CardValues, type RateCard } from '@/lib/rateCard';
import { ErrorState, useErrorText } from '../ErrorState';
import { AmountItem } from './AmountItem';
import { CataloguePicker } from './CataloguePicker';
import { RatesFields } from './RatesFields';
import { TierFields } from './TierFields';

interface Props {
  modelId: string;
  /** What the catalogue is searched for at first. */
  upstreamName: string;
  card: RateCard | null;
  onDone: () => void;
  onCancel: () => void;
}

interface Values extends CardValues {
  from?: Dayjs | null;
}

/** A new version of a model's price, whole: what is left empty is not taken from the version before. */
export function PriceForm({ modelId, upstreamName, card, onDone, onCancel }: Props) {
  const { t } = useTranslation(['ratecard', 'common']);
  const [form] = Form.useForm<Values>();
  const adding = useAddPrice(modelId);
  const textOf = useErrorText();
  const [fault, setFault] = useState<unknown>(null);

  const save = (values: Values) => {
    setFault(null);
    adding.mutate(priceRequest({ ...cardValues(null), ...values }, values.from?.toISOString() ?? null), {
      onSuccess: onDone,
      onError: (error) => {
        const { param } = asApiError(error);
        const path = param === null ? null : param === 'effective_from' ? ['from'] : pathOf(param);
        if (path === null || form.getFieldInstance(path as never) === undefined) {
          setFault(error);
        } else {
          form.setFields([{ name: path as never, errors: [textOf(error)] }]);
        }
      },
    });
  };
  return (
    <Form<Values> form={form} layout="vertical" initialValues={cardValues(card)} onFinish={save} scrollToFirstError={{ block: 'center', focus: true }} autoComplete="off">
      {fault !== null && (
        <Form.Item>
          <ErrorState error={fault} />
        </Form.Item>
      )}
      <Form.Item label={t('fromCatalogue')}>
        <CataloguePicker
          initial={upstreamName}
          onPick={(entry) => form.setFieldsValue({ ...cardValues(entry.price), note: t('catalogueNote', { source: entry.source, date: entry.source_date }) })}
        />
      </Form.Item>
      <Form.Item name="currency" label={t('currency')}>
        <Select options={(['USD', 'CNY'] as const).map((value) => ({ value, label: t(`currencyName.${value}`) }))} style={{ maxWidth: 220 }} />
      </Form.Item>
      <RatesFields path={['rates']} />
      <Form.List name="tiers">
        {(lines, { add, remove }) => (
          <>
            {lines.map(({ key, name }) => (
              <TierFields key={key} line={name} onRemove={() => remove(name)} />
            ))}
            <Button type="dashed" block icon={<PlusOutlined />} disabled={lines.length >= 16} onClick={() => add({ by: 'rates', rates: {} })} style={{ marginBottom: 16 }}>
              {t('addTier')}
            </Button>
          </>
        )}
      </Form.List>
      <Collapse
        ghost
        size="small"
        defaultActiveKey={card !== null && Object.keys(card.units).length > 0 ? ['units'] : []}
        items={[
          {
            key: 'units',
            label: t('units'),
            forceRender: true,
            children: UNITS.map((unit) => <AmountItem key={unit} name={['units', unit]} label={t(`unit.${unit}`)} />),
          },
        ]}
      />
      <Form.Item name="from" label={t('effectiveFrom')} extra={t('effectiveFromHelp')}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" minDate={dayjs()} placeholder={t('now')} style={{ width: 220 }} />
      </Form.Item>
      <Form.Item name="note" label={t('note')}>
        <Input.TextArea maxLength={1000} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
      <Space>
        <Button type="primary" htmlType="submit" loading={adding.isPending}>
          {t('saveVersion')}
        </Button>
        <Button onClick={onCancel}>{t('common:action.cancel')}</Button>
      </Space>
    </Form>
  );
}
