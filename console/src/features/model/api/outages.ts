import { useQuery } from '@tanstack/react-query';
import { LIVE_MS } from '@/lib/query';
import { summaryOf } from '../keyHealth';
import { listModels, MODELS, type Model } from './models';

/** Most models that one question can ask about; a larger service sees the outages of its newest ones. */
const MOST = 200;

export interface Outage {
  model: Model;
  down: boolean;
}

/** Models that are switched on and have keys that cannot be used now, whatever the list beside shows. */
export function useOutages() {
  return useQuery({
    queryKey: [...MODELS, 'outages'],
    queryFn: ({ signal }) => listModels({ status: 'enabled', sort: '-updated_at', page_size: MOST }, signal),
    select: ({ data }) => ({ providers: [...new Set(data.map(({ provider }) => provider))].sort(), outages: outagesOf(data) }),
    refetchInterval: LIVE_MS,
  });
}

/** Those that nobody can call first. */
export function outagesOf(models: Model[]): Outage[] {
  return models
    .map((model) => ({ model, verdict: summaryOf(model.api_keys).verdict }))
    .filter(({ verdict }) => verdict === 'down' || verdict === 'degraded')
    .map(({ model, verdict }) => ({ model, down: verdict === 'down' }))
    .sort((a, b) => Number(b.down) - Number(a.down));
}
