import { useQuery } from '@tanstack/react-query';
import { control, type Control } from '@/lib/api';
import { allPages, LARGEST_PAGE, pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

type Model = Control['Model'];

export interface KeyOut {
  model: Pick<Model, 'id' | 'model_id'>;
  key: Control['ProviderKey'];
}

/** Provider keys that are switched on and yet not used now. */
export function keysOut(models: Model[]): KeyOut[] {
  return models
    .filter((model) => model.status === 'enabled')
    .flatMap((model) => model.api_keys.filter((key) => key.status === 'enabled' && key.health.state !== 'healthy').map((key) => ({ model, key })));
}

export function useKeysOut() {
  return useQuery({
    queryKey: ['llm-models', 'keys-out'],
    queryFn: async () =>
      keysOut(await allPages((page) => pageOf<Model>(control.GET('/api/v1/llm-models', { params: { query: { status: 'enabled', page, page_size: LARGEST_PAGE } } })))),
    refetchInterval: LIVE_MS,
  });
}
