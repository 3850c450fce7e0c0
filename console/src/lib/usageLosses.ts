import { useQuery } from '@tanstack/react-query';
import { control, dataOf, type Control } from './api';
import { isDay, startOfDay } from './zone';

export type UsageLoss = Control['UsageLoss'];

/** What restores of the database have lost of usage; it changes only when a gateway starts. */
export function useUsageLosses() {
  return useQuery({
    queryKey: ['usage-losses'],
    staleTime: 60_000,
    queryFn: async () => (await dataOf(control.GET('/api/v1/usage/losses'))).data,
  });
}

/** How many records a report lacks that begins with that day or moment: those that were found missing later. */
export function lostSince(losses: UsageLoss[], from: string, zone: string): number {
  const begin = Date.parse(isDay(from) ? startOfDay(from, zone) : from);
  return losses.filter((loss) => Date.parse(loss.found_at) > begin).reduce((sum, loss) => sum + loss.lost, 0);
}
