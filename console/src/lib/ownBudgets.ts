import { useQuery } from '@tanstack/react-query';
import { control, dataOf, type Control } from './api';
import { LIVE_MS } from './query';

export type Budget = Control['Budget'];

/** The budgets that bind the person, the widest first. */
export function useOwnBudgets() {
  return useQuery({
    queryKey: ['own-budgets'],
    queryFn: async () => (await dataOf(control.GET('/api/v1/llm/budgets'))).data,
    refetchInterval: LIVE_MS,
  });
}
