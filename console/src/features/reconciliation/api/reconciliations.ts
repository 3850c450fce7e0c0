import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { authorizedFetch, control, dataOf, type Control } from '@/lib/api';
import type { Part } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

export type Summary = Control['ReconciliationSummary'];
export type Variance = Control['Variance'];
export type Reconciliation = Summary & { lines: Variance[] };

export function useReconciliations() {
  return useInfiniteQuery({
    queryKey: ['reconciliations'],
    queryFn: async ({ pageParam }) =>
      (await dataOf(control.GET('/api/v1/reconciliations', { params: { query: { limit: 50, ...(pageParam === null ? {} : { after: pageParam }) } } }))) as Part<Summary>,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.has_more ? last.next : undefined),
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : LIVE_MS),
  });
}

export function useReconciliation(id: string | undefined) {
  return useQuery({
    queryKey: ['reconciliations', id],
    queryFn: async () => (await dataOf(control.GET('/api/v1/reconciliations/{id}', { params: { path: { id: id ?? '' } } }))) as Reconciliation,
    enabled: id !== undefined,
  });
}

/** Sends a bill as it is; the server finds the columns by their names. */
export function useReconcile() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, name, provider }: { file: Blob; name: string; provider: string }) => {
      const query = new URLSearchParams({ ...(name === '' ? {} : { name }), ...(provider === '' ? {} : { provider }) });
      const response = await authorizedFetch(`/api/v1/reconciliations?${query.toString()}`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: await file.text() });
      return (await response.json()) as Reconciliation;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reconciliations'] }),
  });
}
