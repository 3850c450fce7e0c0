import { useQuery } from '@tanstack/react-query';
import { dataOf, gateway, type Gateway } from '@/lib/api';
import { download } from '@/lib/download';
import type { RecordQuestion, UsageRecord } from '@/lib/ownRecords';

/** The generator loses what the schema takes over from UsageRecord. */
export type RecordDetail = UsageRecord & Pick<Gateway['UsageRecordDetail'], 'recorded_at' | 'correction_reason' | 'cost_lines' | 'bounds' | 'superseded'>;

export function useRecord(id: string | undefined) {
  return useQuery({
    queryKey: ['own-record', id],
    enabled: id !== undefined,
    queryFn: async () => (await dataOf(gateway.GET('/api/v1/llm/usage/records/{id}', { params: { path: { id: id ?? '' } } }))) as RecordDetail,
  });
}

/** All calls that match, as a file. */
export async function downloadRecords(question: RecordQuestion): Promise<void> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...question, format: 'csv' })) {
    if (value !== undefined) {
      query.set(name, String(value));
    }
  }
  await download(`/api/v1/llm/usage/records?${query.toString()}`, 'jarvis-usage.csv', 'text/csv');
}
