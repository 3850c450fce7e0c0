import { Progress, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { Budget } from '@/lib/ownBudgets';
import { useBudgetName } from './useBudgetName';
import './BudgetMeter.css';

/** One budget: what is left, of how much, and when it begins anew. The bar is only a picture; the numbers are the server's. */
export function BudgetMeter({ budget }: { budget: Budget }) {
  const { t } = useTranslation('meter');
  const format = useFormat();
  const nameOf = useBudgetName();
  const { window } = budget;
  const amount = (value: string | number) => (budget.unit === 'tokens' ? t('tokens', { count: Number(value), shown: format.count(Number(value)) }) : format.money(String(value), budget.unit));
  const used = share(window.remaining, window.limit);
  const exhausted = Number(window.remaining) === 0;
  const near = !exhausted && used * 100 >= (budget.warn_percent ?? 90);
  return (
    <div className="budget-meter">
      <div className="budget-meter-head">
        <Typography.Text strong ellipsis={{ tooltip: true }} className="budget-meter-name">
          {nameOf(budget)}
        </Typography.Text>
        <Tag>{t(`scope.${budget.scope}`, { name: budget.subject_name ?? '' })}</Tag>
        {exhausted && <Tag color="error">{t('exhausted')}</Tag>}
        {near && <Tag color="warning">{t('near')}</Tag>}
      </div>
      <Progress
        percent={Math.min(100, Math.round(used * 100))}
        showInfo={false}
        status={exhausted ? 'exception' : 'normal'}
        {...(near ? { strokeColor: 'var(--meter-near)' } : {})}
        aria-label={t('label', { name: nameOf(budget) })}
      />
      <div className="budget-meter-foot">
        <span className="numbers">
          {t('left', { left: amount(window.remaining), limit: amount(window.limit) })}
        </span>
        <Typography.Text type="secondary" title={window.resets_at === null ? undefined : format.time(window.resets_at)}>
          {window.resets_at === null ? t('neverResets') : t('resets', { when: format.relative(window.resets_at) })}
        </Typography.Text>
      </div>
    </div>
  );
}

/** How much is gone, for the length of the bar. */
function share(remaining: string | number, limit: string | number): number {
  const whole = Number(limit);
  return whole <= 0 ? 1 : 1 - Number(remaining) / whole;
}
