import { useTranslation } from 'react-i18next';
import type { Budget } from '@/lib/ownBudgets';

/** What a budget is called: its name, or after what it is for where nobody named it. */
export function useBudgetName(): (budget: Pick<Budget, 'name' | 'scope' | 'subject_name'>) => string {
  const { t } = useTranslation();
  return ({ name, scope, subject_name }) => (name === '' ? (subject_name ?? t(`subject.${scope}`)) : name);
}
