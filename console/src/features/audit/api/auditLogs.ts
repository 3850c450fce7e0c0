import { useInfiniteQuery } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { cleaned } from '@/lib/cleaned';
import type { Part } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';
import { resolveRange } from '@/lib/range';
import { isDay, startOfDay } from '@/lib/zone';
import type { AuditSearch } from '../search';

export type AuditLog = Control['AuditLog'];

export const USUAL_RANGE = '30d';
const PART = 50;

/** What the API is asked: it takes moments where the page has days. */
export function questionOf(search: AuditSearch, now: Date = new Date()) {
  const { from, to, tz } = resolveRange(search, USUAL_RANGE, now);
  const moment = (at: string) => (isDay(at) ? startOfDay(at, tz) : at);
  return cleaned({ actor: search.actor, action: search.action, target: search.target, outcome: search.outcome, from: moment(from), to: moment(to) });
}

/** Who did what, the latest first, part after part. */
export function useAuditLogs(search: AuditSearch) {
  const question = questionOf(search);
  return useInfiniteQuery({
    queryKey: ['audit', question],
    queryFn: async ({ pageParam }) =>
      (await dataOf(
        control.GET('/api/v1/audit-logs', { params: { query: { ...question, page_size: PART, ...(pageParam === null ? {} : { before: pageParam }) } } }),
      )) as Part<AuditLog>,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.has_more ? last.next : undefined),
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : LIVE_MS),
    refetchOnWindowFocus: (query) => (query.state.data?.pages.length ?? 1) <= 1,
  });
}
