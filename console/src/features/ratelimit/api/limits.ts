import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { cleaned } from '@/lib/cleaned';
import { PAGE_SIZE, pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';
import type { LimitSearch } from '../search';

export type RateLimit = Control['RateLimit'];

/** null takes a part away. */
export interface LimitFields {
  requests_per_minute: number | null;
  tokens_per_minute: number | null;
  concurrent_requests: number | null;
}

export function useLimits({ scope, page = 1 }: LimitSearch) {
  const query = cleaned({ scope, page, page_size: PAGE_SIZE });
  return useQuery({
    queryKey: ['rate-limits', query],
    queryFn: () => pageOf<RateLimit>(control.GET('/api/v1/rate-limits', { params: { query } })),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

interface Subject {
  scope: RateLimit['scope'];
  subject_id: string;
}

export function useSetLimit() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ subject, fields }: { subject: Subject; fields: LimitFields }) =>
      dataOf(control.PUT('/api/v1/rate-limits/{scope}/{subject_id}', { params: { path: { scope: subject.scope, subject_id: subject.subject_id } }, body: fields })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['rate-limits'] }),
  });
}

export function useLiftLimit() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ scope, subject_id }: Subject) => dataOf(control.DELETE('/api/v1/rate-limits/{scope}/{subject_id}', { params: { path: { scope, subject_id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['rate-limits'] }),
  });
}
