import { Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { BudgetUse } from '@/components/BudgetUse';
import { FormModal } from '@/components/FormModal';
import { useBudgetName } from '@/components/useBudgetName';
import { isAmount } from '../amount';
import type { Budget } from '../api/budgets';

interface Props {
  budget: Budget | null;
  busy: boolean;
  error: unknown;
  onSubmit: (amount: string) => void;
  onCancel: () => void;
}

/** More for the current window only; the next one has the usual amount again. */
export function TopUpForm({ budget, busy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('budget');
  const nameOf = useBudgetName();
  const [form] = Form.useForm<{ amount: string }>();
  return (
    <FormModal<{ amount: string }>
      open={budget !== null}
      title={t('topUpTitle', { name: budget === null ? '' : nameOf(budget) })}
      action={t('topUp')}
      busy={busy}
      error={error}
      form={form}
      fields={['amount']}
      initial={{}}
      onSubmit={({ amount }) => onSubmit(amount.trim())}
      onCancel={onCancel}
    >
      {budget !== null && (
        <>
          <BudgetUse budget={budget} />
          <Typography.Paragraph type="secondary" style={{ marginTop: 12 }}>
            {t('topUpHelp')}
          </Typography.Paragraph>
          <Form.Item
            name="amount"
            label={t('topUpAmount')}
            rules={[{ validator: (_, value: string | undefined) => (isAmount(value, budget.unit) ? Promise.resolve() : Promise.reject(new Error(t(budget.unit === 'tokens' ? 'amountTokens' : 'amountMoney')))) }]}
          >
            <Input autoFocus inputMode="decimal" autoComplete="off" suffix={t(`unit.${budget.unit}`)} />
          </Form.Item>
        </>
      )}
    </FormModal>
  );
}
