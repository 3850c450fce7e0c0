import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import type { Part } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';
import type { RecordQuestion } from '../question';

export type UsageRecord = Control['UsageRecord'];
type Detail = Control['UsageRecordDetail'];
/** What a correction superseded has the numbers of a record too (the generator loses that part of the schema). */
export type UsageRecordDetail = Omit<Detail, 'superseded'> & UsageRecord & { superseded: (Detail['superseded'][number] & Pick<UsageRecord, 'total_tokens' | 'cost' | 'currency'>)[] };

async function part(query: RecordQuestion & { after?: string; limit: number }): Promise<Part<UsageRecord>> {
  return (await dataOf(control.GET('/api/v1/usage/records', { params: { query } }))) as Part<UsageRecord>;
}

const PART = 50;

/**
 * The call log, part after part. Each part begins where the one before ended, so the thousandth is as fast as the first.
 * New calls show by themselves while only the first part is open; further down, what one reads stays where it is.
 */
export function useRecords(question: RecordQuestion) {
  return useInfiniteQuery({
    queryKey: ['records', question],
    queryFn: ({ pageParam }) => part({ ...question, limit: PART, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.has_more ? last.next : undefined),
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : LIVE_MS),
    refetchOnWindowFocus: (query) => (query.state.data?.pages.length ?? 1) <= 1,
  });
}

export function useRecord(id: string) {
  return useQuery({
    queryKey: ['records', 'one', id],
    queryFn: async () => (await dataOf(control.GET('/api/v1/usage/records/{id}', { params: { path: { id } } }))) as UsageRecordDetail,
    refetchInterval: LIVE_MS,
  });
}

/** All attempts that one request took. */
export function useAttempts(requestId: string, startedAt: string) {
  const day = 86_400_000;
  const at = Date.parse(startedAt);
  return useQuery({
    queryKey: ['records', 'request', requestId],
    queryFn: () => part({ request_id: requestId, from: new Date(at - day).toISOString(), to: new Date(at + day).toISOString(), limit: PART }),
  });
}

/** Corrects what the user pays; a new row supersedes the record. */
export function useCorrect(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { reason: string; user_cost: string }) => dataOf(control.POST('/api/v1/usage/records/{id}/corrections', { params: { path: { id } }, body })),
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: ['records'] }), queries.invalidateQueries({ queryKey: ['usage'] })]),
  });
}
