import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { paths } from '@/generated/gateway';
import { dataOf, gateway, type Gateway } from './api';
import { LIVE_MS } from './query';

export type UsageRecord = Gateway['UsageRecord'];
export type RecordQuestion = NonNullable<paths['/api/v1/llm/usage/records']['get']['parameters']['query']>;

export interface RecordPart {
  data: UsageRecord[];
  has_more: boolean;
  next: string | null;
}

/** A part of the person's own calls. Without `format` the answer is JSON; as a file it is fetched elsewhere. */
export async function ownRecords(question: Omit<RecordQuestion, 'format'>): Promise<RecordPart> {
  return (await dataOf(gateway.GET('/api/v1/llm/usage/records', { params: { query: question } }))) as RecordPart;
}

/** The person's own calls, the newest first, live. */
export function useOwnRecords(question: Omit<RecordQuestion, 'format'>) {
  return useQuery({
    queryKey: ['own-records', question],
    queryFn: () => ownRecords(question),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}
