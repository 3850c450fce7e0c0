import { useQuery } from '@tanstack/react-query';
import { dataOf, gateway, type Gateway } from './api';
import { LIVE_MS } from './query';

export type CallableModel = Gateway['CallableModel'];

/** The one model that answers without a provider; a new installation has no other. */
export const DEMO = 'demo';

/** What the person may call, by id. Models that are switched off or taken away leave it within seconds. */
export function useCallableModels() {
  return useQuery({
    queryKey: ['callable-models'],
    queryFn: async () => (await dataOf(gateway.GET('/api/v1/llm/models'))).data,
    refetchInterval: LIVE_MS,
  });
}
