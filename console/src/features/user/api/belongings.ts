import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

const SHOWN = 50;

export function useKeysOf(user: string) {
  return useQuery({
    queryKey: ['keys', 'of', user],
    queryFn: () => pageOf<Control['CallerKey']>(control.GET('/api/v1/keys', { params: { query: { user_id: user, page_size: SHOWN } } })),
    refetchInterval: LIVE_MS,
  });
}

export function useRevoke() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(control.DELETE('/api/v1/keys/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
}

export function useBudgetsOf(user: string) {
  return useQuery({
    queryKey: ['budgets', 'of', user],
    queryFn: () => pageOf<Control['Budget']>(control.GET('/api/v1/budgets', { params: { query: { scope: 'user', subject_id: user, page_size: SHOWN } } })),
    refetchInterval: LIVE_MS,
  });
}
