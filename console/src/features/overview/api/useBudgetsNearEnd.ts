import { useQuery } from '@tanstack/react-query';
import { sharesOf } from '@/components/BudgetUse';
import { control, type Control } from '@/lib/api';
import { allPages, LARGEST_PAGE, pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

export type Budget = Control['Budget'];

const NEAR = 80;
const MOST_SHOWN = 6;

/** Budgets of which more is spent than their warning threshold (80 % where there is none), the fullest first; what is only held comes back. */
export function nearEnd(budgets: Budget[]): Budget[] {
  return budgets
    .filter((budget) => budget.status === 'enabled' && sharesOf(budget).spent >= (budget.warn_percent ?? NEAR))
    .sort((a, b) => sharesOf(b).spent - sharesOf(a).spent)
    .slice(0, MOST_SHOWN);
}

export function useBudgetsNearEnd() {
  return useQuery({
    queryKey: ['budgets', 'near-end'],
    queryFn: async () =>
      nearEnd(
        await allPages((page) => pageOf<Budget>(control.GET('/api/v1/budgets', { params: { query: { status: 'enabled', page, page_size: LARGEST_PAGE } } }))),
      ),
    refetchInterval: LIVE_MS,
  });
}
