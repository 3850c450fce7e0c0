import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { control, type Control } from '@/lib/api';
import { PAGE_SIZE, pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

export type PricedModel = Control['Model'];

/** The models by name, with the price that is in force. */
export function usePricedModels(q: string | undefined, page: number) {
  return useQuery({
    queryKey: ['llm-models', 'priced', q, page],
    queryFn: ({ signal }) =>
      pageOf<PricedModel>(control.GET('/api/v1/llm-models', { params: { query: { sort: 'name', page, page_size: PAGE_SIZE, ...(q === undefined ? {} : { q }) } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
}
