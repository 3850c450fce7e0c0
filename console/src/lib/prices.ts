import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from './api';
import { LIVE_MS } from './query';
import type { PriceFields } from './rateCard';

export type PriceVersion = Control['PriceVersion'];
export type CatalogueEntry = Control['CatalogueEntry'];

/** All prices that a model had, has and will have, the newest first. */
export function useModelPrices(id: string | null) {
  return useQuery({
    queryKey: ['model-prices', id],
    enabled: id !== null,
    queryFn: async () => (await dataOf(control.GET('/api/v1/llm-models/{id}/prices', { params: { path: { id: id ?? '' } } }))).data,
    refetchInterval: LIVE_MS,
  });
}

/** A new version of a model's price. It is in force at once, or from the moment that it names. */
export function useAddPrice(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PriceFields) => dataOf(control.POST('/api/v1/llm-models/{id}/prices', { params: { path: { id } }, body })),
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: ['model-prices', id] }), queries.invalidateQueries({ queryKey: ['llm-models'] }), queries.invalidateQueries({ queryKey: ['callable-models'] })]),
  });
}

export interface CataloguePage {
  data: CatalogueEntry[];
  total: number;
}

export interface CatalogueSearch {
  q?: string;
  provider?: string;
  page?: number;
  page_size?: number;
}

/** The prices that come with the product. They do not change while it runs. */
export function useCatalogue(query: CatalogueSearch, enabled = true) {
  return useQuery({
    queryKey: ['price-catalogue', query],
    enabled,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await dataOf(control.GET('/api/v1/prices/catalogue', { params: { query }, signal }))) as CataloguePage,
  });
}
