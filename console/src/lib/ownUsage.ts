import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { dataOf, gateway, type Gateway } from './api';
import { LIVE_MS } from './query';

export type OwnUsageReport = Omit<Gateway['OwnUsageReport'], 'data'> & { data: OwnUsageLine[] };
/** One line of a report, beginning with what it is grouped by (the generator loses that part of the schema). */
export type OwnUsageLine = Gateway['OwnUsageCounts'] & { day?: string; hour?: string; model?: string | null; caller_key_id?: string | null; caller_key_name?: string | null };

export interface OwnUsageQuestion {
  from: string;
  to: string;
  tz: string;
  group_by: string;
  model?: string;
  caller_key_id?: string;
}

/** Sums of the person's own usage, live. */
export function useOwnUsage(question: OwnUsageQuestion) {
  return useQuery({
    queryKey: ['own-usage', question],
    queryFn: (): Promise<OwnUsageReport> => dataOf(gateway.GET('/api/v1/llm/usage', { params: { query: question } })),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}
