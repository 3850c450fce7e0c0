import { Alert, App, Button, Card, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmByName } from '@/components/ConfirmByName';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { ModelPicker } from '@/components/pickers';
import { useFormat } from '@/lib/format';
import { useModelPrices } from '@/lib/prices';
import { useReRate, type ReRateRequest } from '../api/reRate';
import { ReRateResult } from './ReRateResult';

interface Values {
  model: string;
  range: [Dayjs, Dayjs];
  version: number;
  of?: number;
  reason?: string;
}

/** Charges records again by another version of the price: first the difference, then a confirmed change. */
export function ReRate() {
  const { t } = useTranslation('price');
  const { time, money } = useFormat();
  const { message } = App.useApp();
  const textOf = useErrorText();
  const [form] = Form.useForm<Values>();
  const model = Form.useWatch('model', form) as string | undefined;
  const [modelName, setModelName] = useState('');
  const versions = useModelPrices(model ?? null);
  const looking = useReRate();
  const applying = useReRate();
  const [request, setRequest] = useState<ReRateRequest | null>(null);
  const [confirming, setConfirming] = useState(false);

  const options = (versions.data ?? []).map((version) => ({
    value: version.price_version,
    label: `${t('rerate.version', { number: version.price_version })} · ${money(version.price?.rates.input, version.currency)} / ${money(version.price?.rates.output, version.currency)} · ${time(version.effective_from)}`,
  }));
  const look = (values: Values) => {
    const next: ReRateRequest = {
      model: modelName,
      from: values.range[0].startOf('minute').toISOString(),
      to: values.range[1].startOf('minute').toISOString(),
      price_version: values.version,
      ...(values.of === undefined ? {} : { of_version: values.of }),
      ...(values.reason === undefined || values.reason.trim() === '' ? {} : { reason: values.reason.trim() }),
    };
    setRequest(next);
    applying.reset();
    looking.mutate({ request: next, apply: false });
  };
  const apply = () => {
    if (request === null) {
      return;
    }
    applying.mutate(
      { request, apply: true },
      {
        onSuccess: (done) => {
          setConfirming(false);
          message.success(t('rerate.done', { count: done.changed }));
        },
        onError: (error) => {
          setConfirming(false);
          message.error(textOf(error));
        },
      },
    );
  };
  const outcome = applying.data ?? looking.data;
  return (
    <>
      <p className="price-muted">{t('rerate.text')}</p>
      <Card style={{ marginBottom: 16 }}>
        <Form<Values>
          form={form}
          layout="vertical"
          initialValues={{ range: untilNow() }}
          onFinish={look}
          onValuesChange={() => looking.reset()}
          className="price-form"
        >
          <Form.Item name="model" label={t('column.model')} rules={[{ required: true, message: t('rerate.modelMissing') }]} getValueFromEvent={(value: string | undefined) => value}>
            <ModelPicker
              label={t('column.model')}
              onChange={(value, choice) => {
                setModelName(choice?.label ?? '');
                form.setFieldsValue({ model: value as string });
                form.resetFields(['version', 'of']);
                looking.reset();
              }}
            />
          </Form.Item>
          <Form.Item name="range" label={t('rerate.range')} extra={t('rerate.rangeHelp')} rules={[{ required: true, message: t('rerate.rangeMissing') }]}>
            <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="version" label={t('rerate.right')} rules={[{ required: true, message: t('rerate.versionMissing') }]}>
            <Select loading={versions.isFetching} options={options} disabled={model === undefined} classNames={{ popup: { root: 'price-versions' } }} />
          </Form.Item>
          <Form.Item name="of" label={t('rerate.of')} extra={t('rerate.ofHelp')}>
            <Select allowClear loading={versions.isFetching} options={options} disabled={model === undefined} classNames={{ popup: { root: 'price-versions' } }} />
          </Form.Item>
          <Form.Item name="reason" label={t('rerate.reason')}>
            <Input maxLength={200} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={looking.isPending}>
            {t('rerate.look')}
          </Button>
        </Form>
      </Card>
      {looking.isError && <ErrorState error={looking.error} />}
      {applying.isError && <ErrorState error={applying.error} />}
      {outcome !== undefined && (
        <Card
          title={t(applying.data === undefined ? 'rerate.dryRun' : 'rerate.applied')}
          extra={
            applying.data === undefined &&
            outcome.changed > 0 && (
              <Button type="primary" danger onClick={() => setConfirming(true)}>
                {t('rerate.apply', { count: outcome.changed })}
              </Button>
            )
          }
        >
          {outcome.records === 0 ? (
            <Alert type="info" showIcon title={t('rerate.none')} />
          ) : outcome.changed === 0 ? (
            <Alert type="success" showIcon title={t('rerate.nothing', { count: outcome.records })} />
          ) : (
            <ReRateResult outcome={outcome} />
          )}
        </Card>
      )}
      <ConfirmByName
        open={confirming}
        title={t('rerate.confirm', { count: outcome?.changed ?? 0 })}
        consequence={t('rerate.consequence')}
        name={request?.model ?? ''}
        action={t('rerate.apply', { count: outcome?.changed ?? 0 })}
        busy={applying.isPending}
        onConfirm={apply}
        onCancel={() => setConfirming(false)}
      />
    </>
  );
}

/** From the first of the month: the end is cut to its minute, and the calls of this one are to belong to it. */
function untilNow(): [Dayjs, Dayjs] {
  return [dayjs().startOf('month'), dayjs().add(1, 'minute')];
}
