import { useQuery } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { LIVE_MS } from '@/lib/query';

export type UsageRecord = Control['UsageRecord'];

const ERRORS = ['failed', 'truncated', 'rejected', 'interrupted'] as const;
const SHOWN = 8;

export function latest(parts: UsageRecord[][]): UsageRecord[] {
  return parts
    .flat()
    .sort((a, b) => b.started_at.localeCompare(a.started_at))
    .slice(0, SHOWN);
}

/** The latest attempts that came to no good end. */
export function useLatestErrors() {
  return useQuery({
    queryKey: ['records', 'latest-errors'],
    queryFn: async () =>
      latest(
        await Promise.all(
          ERRORS.map(async (outcome) => ((await dataOf(control.GET('/api/v1/usage/records', { params: { query: { outcome, limit: SHOWN } } }))) as { data: UsageRecord[] }).data),
        ),
      ),
    refetchInterval: LIVE_MS,
  });
}
