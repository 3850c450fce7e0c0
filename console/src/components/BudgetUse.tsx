import { Tooltip, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Control } from '@/lib/api';
import { useBudgetAmount } from './useBudgetAmount';
import { useBudgetName } from './useBudgetName';
import './BudgetUse.css';

type Budget = Pick<Control['Budget'], 'name' | 'scope' | 'subject_name' | 'unit' | 'window' | 'warn_percent'>;

/** Shares of the limit, in percent of the bar. Only for drawing; what is shown in numbers is the server's. */
export function sharesOf({ window }: Pick<Budget, 'window'>): { spent: number; reserved: number } {
  const limit = Number(window.limit);
  if (limit <= 0) {
    return { spent: 100, reserved: 0 };
  }
  const spent = Math.min(100, (Number(window.spent) / limit) * 100);
  return { spent, reserved: Math.min(100 - spent, (Number(window.reserved) / limit) * 100) };
}

/** What is spent, held and left of a budget's window, with the mark where it warns. */
export function BudgetUse({ budget }: { budget: Budget }) {
  const { t } = useTranslation();
  const amountOf = useBudgetAmount('compact');
  const nameOf = useBudgetName();
  const { spent, reserved } = sharesOf(budget);
  const { window, warn_percent: warn } = budget;
  const amount = (value: string | number) => amountOf(budget, value);
  const gone = Number(window.remaining) === 0;
  const near = warn !== null && spent >= warn;
  const summary = t('budgetUse.summary', { spent: amount(window.spent), reserved: amount(window.reserved), left: amount(window.remaining), limit: amount(window.limit) });
  return (
    <Tooltip title={summary}>
      <div className="budget-use">
        <div className="budget-use-bar" role="img" aria-label={`${nameOf(budget)}: ${summary}`}>
          <span className={gone ? 'budget-use-gone' : near ? 'budget-use-near' : 'budget-use-spent'} style={{ width: `${spent}%` }} />
          <span className="budget-use-reserved" style={{ width: `${reserved}%` }} />
          {warn !== null && warn < 100 && <i style={{ insetInlineStart: `${warn}%` }} />}
        </div>
        <div className="budget-use-numbers numbers">
          <span>{t('budgetUse.spent', { spent: amount(window.spent), limit: amount(window.limit) })}</span>
          <Typography.Text type={gone ? 'danger' : near ? 'warning' : 'secondary'}>{t('budgetUse.left', { left: amount(window.remaining) })}</Typography.Text>
        </div>
      </div>
    </Tooltip>
  );
}
