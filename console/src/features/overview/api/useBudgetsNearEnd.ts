import { useQuery } from '@tanstack/react-query';
import { control, type Control } from '@/lib/api';
import { allPages, LARGEST_PAGE, pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

export type Budget = Control['Budget'];

const NEAR = 80;
const MOST_SHOWN = 6;

/** How much of the window's limit is gone or held, of 1. */
export function usedShare({ window }: Pick<Budget, 'window'>): number {
  const limit = Number(window.limit);
  return limit <= 0 ? 1 : Math.min(1, 1 - Number(window.remaining) / limit);
}

/** Budgets over their warning threshold (80 % where there is none), the fullest first. */
export function nearEnd(budgets: Budget[]): Budget[] {
  return budgets
    .filter((budget) => budget.status === 'enabled' && usedShare(budget) * 100 >= (budget.warn_percent ?? NEAR))
    .sort((a, b) => usedShare(b) - usedShare(a))
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
