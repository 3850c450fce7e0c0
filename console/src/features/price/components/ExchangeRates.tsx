import { App, Button, Card, DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useErrorText } from '@/components/ErrorState';
import { onField } from '@/lib/fieldErrors';
import { useFormat } from '@/lib/format';
import { amountOf } from '@/lib/rateCard';
import { useExchangeRates, useSetExchangeRate, type ExchangeRate } from '../api/exchangeRates';

interface Values {
  from: 'USD' | 'CNY';
  rate: string;
  effective_from?: Dayjs | null;
  source?: string;
}

const OTHER = { USD: 'CNY', CNY: 'USD' } as const;
const FIELDS = ['from', 'rate', 'effective_from', 'source'] as const;

/** What a currency is worth in the other, from a day on. */
export function ExchangeRates() {
  const { t } = useTranslation('price');
  const { time } = useFormat();
  const { message } = App.useApp();
  const textOf = useErrorText();
  const [form] = Form.useForm<Values>();
  const from = Form.useWatch('from', form) ?? 'USD';
  const rates = useExchangeRates();
  const setting = useSetExchangeRate();

  const save = ({ from: one, rate, effective_from, source }: Values) =>
    setting.mutate(
      {
        from: one,
        to: OTHER[one],
        rate: amountOf(rate) ?? '',
        ...(effective_from === null || effective_from === undefined ? {} : { effective_from: effective_from.toISOString() }),
        ...(source === undefined || source.trim() === '' ? {} : { source: source.trim() }),
      },
      {
        onSuccess: () => {
          message.success(t('exchange.saved'));
          form.resetFields(['rate', 'effective_from', 'source']);
        },
        onError: (error) => {
          if (!onField(error, FIELDS, textOf, form)) {
            message.error(textOf(error));
          }
        },
      },
    );
  return (
    <>
      <p className="price-muted">{t('exchange.text')}</p>
      <Card style={{ marginBottom: 16 }}>
        <Form<Values> form={form} layout="inline" initialValues={{ from: 'USD' }} onFinish={save} className="price-inline">
          <Form.Item name="from" label={t('exchange.one')}>
            <Select style={{ width: 90 }} options={(['USD', 'CNY'] as const).map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Form.Item
            name="rate"
            label={t('exchange.is', { currency: OTHER[from] })}
            rules={[
              {
                validator: (_, value?: string) =>
                  /^\d{1,9}(\.\d{1,12})?$/.test(amountOf(value) ?? '') && !/^[0.]+$/.test(amountOf(value) ?? '') ? Promise.resolve() : Promise.reject(new Error(t('exchange.invalid'))),
              },
            ]}
          >
            <Input inputMode="decimal" className="numbers" style={{ width: 120 }} suffix={OTHER[from]} />
          </Form.Item>
          <Form.Item name="effective_from" label={t('exchange.from')}>
            <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" placeholder={t('now')} />
          </Form.Item>
          <Form.Item name="source" label={t('exchange.source')}>
            <Input maxLength={400} style={{ width: 200 }} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={setting.isPending}>
            {t('exchange.set')}
          </Button>
        </Form>
      </Card>
      <DataTable<ExchangeRate>
        label={t('tab.exchange')}
        rows={rates.data}
        rowKey={(rate) => `${rate.from}${rate.to}${rate.effective_from}`}
        loading={rates.isPending}
        error={rates.error}
        retry={() => void rates.refetch()}
        empty={<EmptyState title={t('exchange.none')} description={t('exchange.noneText')} />}
        minWidth={560}
        columns={[
          { key: 'rate', title: t('exchange.rate'), render: (_, rate) => <span className="numbers">{`1 ${rate.from} = ${rate.rate} ${rate.to}`}</span> },
          { key: 'from', title: t('exchange.from'), render: (_, rate) => <span className="numbers">{time(rate.effective_from)}</span> },
          { key: 'source', title: t('exchange.source'), render: (_, rate) => <span className="break-anywhere">{rate.source}</span> },
        ]}
      />
    </>
  );
}
