import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { Budget } from '@/lib/ownBudgets';

/** An amount of a budget in its unit: money, or tokens, which may be said shortly. */
export function useBudgetAmount(tokens: 'exact' | 'compact' = 'exact'): (budget: Pick<Budget, 'unit'>, value: string | number) => string {
  const { t } = useTranslation('meter');
  const format = useFormat();
  return ({ unit }, value) =>
    unit === 'tokens' ? t('tokens', { count: Number(value), shown: tokens === 'exact' ? format.count(Number(value)) : format.compact(Number(value)) }) : format.money(String(value), unit);
}
