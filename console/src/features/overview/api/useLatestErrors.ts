import { useQuery } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { BAD_ENDS } from '@/lib/outcomes';
import type { Part } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

export type UsageRecord = Control['UsageRecord'];

const SHOWN = 8;

/** The latest attempts that came to no good end. */
export function useLatestErrors() {
  return useQuery({
    queryKey: ['records', 'latest-errors'],
    queryFn: async () => ((await dataOf(control.GET('/api/v1/usage/records', { params: { query: { outcome: [...BAD_ENDS], limit: SHOWN } } }))) as Part<UsageRecord>).data,
    refetchInterval: LIVE_MS,
  });
}
