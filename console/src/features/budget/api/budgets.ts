import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { cleaned } from '@/lib/cleaned';
import { PAGE_SIZE, pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';
import type { BudgetSearch } from '../search';

export type Budget = Control['Budget'];
export type BudgetFields = Partial<Control['BudgetFields']>;

export function useBudgets({ scope, subject_id, status, page = 1 }: BudgetSearch) {
  const query = cleaned({ scope, subject_id, status, page, page_size: PAGE_SIZE });
  return useQuery({
    queryKey: ['budgets', query],
    queryFn: () => pageOf<Budget>(control.GET('/api/v1/budgets', { params: { query } })),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

/** A change is made on the version that was shown; who comes second is told so. */
function on(budget: Budget) {
  return { path: { id: budget.id }, header: { 'if-match': `"${budget.version}"` } };
}

function useAndRefresh<V, R>(mutationFn: (variables: V) => Promise<R>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queries.invalidateQueries({ queryKey: ['budgets'] }) });
}

/** Creates a budget, or changes the one given. */
export function useSaveBudget() {
  return useAndRefresh(({ budget, fields }: { budget: Budget | null; fields: BudgetFields }): Promise<Budget> => {
    const body = fields as Control['BudgetFields'];
    return budget === null ? dataOf(control.POST('/api/v1/budgets', { body })) : dataOf(control.PUT('/api/v1/budgets/{id}', { params: on(budget), body }));
  });
}

export function useTopUp() {
  return useAndRefresh(({ budget, amount }: { budget: Budget; amount: string }) =>
    dataOf(control.POST('/api/v1/budgets/{id}/top-up', { params: on(budget), body: { amount } })),
  );
}

export function useDeleteBudget() {
  return useAndRefresh((budget: Budget) => dataOf(control.DELETE('/api/v1/budgets/{id}', { params: on(budget) })));
}
