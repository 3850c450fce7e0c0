import { Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/components/FormModal';
import { SubjectPicker } from '@/components/SubjectPicker';
import { useBudgetName } from '@/components/useBudgetName';
import { ZonePicker } from '@/components/ZonePicker';
import { BROWSER_ZONE } from '@/lib/zone';
import { isAmount } from '../amount';
import type { Budget, BudgetFields } from '../api/budgets';
import { SCOPES, type BudgetSearch } from '../search';

interface Values {
  name: string;
  scope: Budget['scope'];
  subject_id?: string;
  unit: Budget['unit'];
  amount: string;
  period: Budget['period'];
  time_zone: string;
  enforcement: Budget['enforcement'];
  warn_percent: number | null;
  status: boolean;
}

interface Props {
  open: boolean;
  edited: Budget | null;
  /** What the list is filtered by: a new budget is most likely for that. */
  preset: BudgetSearch;
  busy: boolean;
  error: unknown;
  onSubmit: (fields: BudgetFields) => void;
  onCancel: () => void;
}

const FIELDS = ['name', 'scope', 'subject_id', 'unit', 'amount', 'period', 'time_zone', 'enforcement', 'warn_percent', 'status'] as const;
const UNITS = ['USD', 'CNY', 'tokens'] as const;
const PERIODS = ['day', 'week', 'month', 'total'] as const;

/** What a budget is for, its unit and its windows stay as they are made; the form shows them only for a new one. */
export function BudgetForm({ open, edited, preset, busy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('budget');
  const { t: common } = useTranslation();
  const nameOf = useBudgetName();
  const [form] = Form.useForm<Values>();
  const scope = Form.useWatch('scope', form) ?? preset.scope ?? 'team';
  const chosenUnit = Form.useWatch('unit', form);
  const unit = edited?.unit ?? chosenUnit ?? 'USD';
  const initial: Partial<Values> =
    edited === null
      ? { scope: preset.scope ?? 'team', ...(preset.subject_id === undefined ? {} : { subject_id: preset.subject_id }), unit: 'USD', period: 'month', time_zone: BROWSER_ZONE, enforcement: 'hard', warn_percent: 80, status: true }
      : { name: edited.name, amount: String(edited.amount), enforcement: edited.enforcement, warn_percent: edited.warn_percent, status: edited.status === 'enabled' };
  const submit = (values: Values) =>
    onSubmit({
      ...(values.name?.trim() ? { name: values.name.trim() } : {}),
      amount: values.amount.trim(),
      enforcement: values.enforcement,
      warn_percent: values.warn_percent ?? null,
      status: values.status ? 'enabled' : 'disabled',
      ...(edited === null
        ? { scope: values.scope, subject_id: values.scope === 'organisation' ? null : (values.subject_id ?? null), unit: values.unit, period: values.period, time_zone: values.time_zone }
        : {}),
    });
  return (
    <FormModal<Values>
      open={open}
      title={edited === null ? t('create') : t('edit', { name: nameOf(edited) })}
      action={common(edited === null ? 'action.create' : 'action.save')}
      busy={busy}
      error={error}
      form={form}
      fields={FIELDS}
      initial={initial}
      onSubmit={submit}
      onCancel={onCancel}
      width={560}
    >
      {edited === null && (
        <div className="budget-form-row">
          <Form.Item name="scope" label={t('for')}>
            <Select options={SCOPES.map((value) => ({ value, label: common(`subject.${value}`) }))} onChange={() => form.setFieldValue('subject_id', undefined)} />
          </Form.Item>
          {scope !== 'organisation' && (
            <Form.Item name="subject_id" label={common(`subject.${scope}`)} rules={[{ required: true, message: t('subjectMissing') }]}>
              <SubjectPicker kind={scope} label={t('choose')} style={{ width: '100%' }} />
            </Form.Item>
          )}
        </div>
      )}
      <Form.Item name="name" label={t('name')} extra={edited === null ? t('nameHelp') : undefined}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <div className="budget-form-row">
        <Form.Item
          name="amount"
          label={t('amount')}
          rules={[{ validator: (_, value: string | undefined) => (isAmount(value, unit) ? Promise.resolve() : Promise.reject(new Error(t(unit === 'tokens' ? 'amountTokens' : 'amountMoney')))) }]}
        >
          <Input inputMode="decimal" autoComplete="off" {...(edited === null ? {} : { suffix: t(`unit.${edited.unit}`) })} />
        </Form.Item>
        {edited === null && (
          <Form.Item name="unit" label={t('unitLabel')}>
            <Select options={UNITS.map((value) => ({ value, label: t(`unit.${value}`) }))} />
          </Form.Item>
        )}
      </div>
      {edited === null && (
        <div className="budget-form-row">
          <Form.Item name="period" label={t('periodLabel')}>
            <Select options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))} />
          </Form.Item>
          <Form.Item name="time_zone" label={common('range.zone')}>
            <ZonePicker width="100%" />
          </Form.Item>
        </div>
      )}
      <Form.Item name="enforcement" label={t('enforcementLabel')}>
        <Radio.Group
          options={(['hard', 'soft'] as const).map((value) => ({
            value,
            label: (
              <>
                {t(`enforcement.${value}`)}
                <span className="budget-hint">{t(`enforcementHelp.${value}`)}</span>
              </>
            ),
          }))}
          className="budget-radios"
        />
      </Form.Item>
      <div className="budget-form-row">
        <Form.Item name="warn_percent" label={t('warn')} extra={t('warnHelp')}>
          <InputNumber min={1} max={100} precision={0} suffix="%" style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="status" label={t('status')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
    </FormModal>
  );
}
