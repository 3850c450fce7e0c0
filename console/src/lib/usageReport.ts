import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { control, dataOf, type Control } from './api';
import { LIVE_MS } from './query';

export type UsageNumbers = Control['UsageNumbers'];
export type UsageReport = Omit<Control['UsageReport'], 'data'> & { data: UsageLine[] };

/** A line of a report begins with what it is grouped by. */
export type UsageLine = Control['UsageCounts'] & {
  day?: string;
  hour?: string;
  model?: string | null;
  user_id?: string | null;
  username?: string | null;
  team_id?: string | null;
  team_name?: string | null;
  caller_key_id?: string | null;
  caller_key_name?: string | null;
  provider?: string | null;
  provider_key_id?: string | null;
  provider_key_hint?: string | null;
};

export interface UsageQuestion {
  from: string;
  to: string;
  tz: string;
  group_by?: string;
  model?: string;
  provider?: string;
  user_id?: string;
  team_id?: string;
  caller_key_id?: string;
  provider_key_id?: string;
  currency?: 'USD' | 'CNY';
  compare?: 'previous';
  order?: 'cost' | 'user_cost' | 'requests' | 'attempts' | 'total_tokens';
  limit?: number;
}

export async function loadUsage(question: UsageQuestion): Promise<UsageReport> {
  return (await dataOf(control.GET('/api/v1/usage', { params: { query: question } }))) as UsageReport;
}

/** A report of everybody's usage, live. */
export function useUsageReport(question: UsageQuestion) {
  return useQuery({
    queryKey: ['usage', question],
    queryFn: () => loadUsage(question),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}
