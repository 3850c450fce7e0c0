import { Progress, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { Budget } from '@/lib/ownBudgets';
import { sharesOf } from './BudgetUse';
import { useBudgetAmount } from './useBudgetAmount';
import { useBudgetName } from './useBudgetName';
import './BudgetMeter.css';

/** One budget: what is left, of how much, and when it begins anew. The bar is only a picture; the numbers are the server's. */
export function BudgetMeter({ budget }: { budget: Budget }) {
  const { t } = useTranslation('meter');
  const format = useFormat();
  const nameOf = useBudgetName();
  const amount = useBudgetAmount();
  const { window } = budget;
  const { spent } = sharesOf(budget);
  const exhausted = spent >= 100;
  const near = !exhausted && spent >= (budget.warn_percent ?? 90);
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
        percent={Math.round(spent)}
        showInfo={false}
        status={exhausted ? 'exception' : 'normal'}
        {...(near ? { strokeColor: 'var(--meter-near)' } : {})}
        aria-label={t('label', { name: nameOf(budget) })}
      />
      <div className="budget-meter-foot">
        <span className="numbers">
          {t('left', { left: amount(budget, window.remaining), limit: amount(budget, window.limit) })}
          {Number(window.reserved) > 0 && t('reserved', { reserved: amount(budget, window.reserved) })}
        </span>
        <Typography.Text type="secondary" title={window.resets_at === null ? undefined : format.time(window.resets_at)}>
          {window.resets_at === null ? t('neverResets') : t('resets', { when: format.relative(window.resets_at) })}
        </Typography.Text>
      </div>
    </div>
  );
}
