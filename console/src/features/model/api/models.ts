import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { LIVE_MS } from '@/lib/query';
import type { ModelSearch } from '../search';

export type Model = Control['Model'];

export const MODELS = ['llm-models'] as const;

/** The generator loses what the rows of a page are. */
export type ModelPage = Omit<Control['PageOf'], 'data'> & { data: Model[] };

type ListQuery = ModelSearch & { page_size?: number };

export async function listModels(query: ListQuery, signal?: AbortSignal): Promise<ModelPage> {
  return (await dataOf(control.GET('/api/v1/llm-models', { params: { query }, ...(signal === undefined ? {} : { signal }) }))) as ModelPage;
}

/** One page of the models, asked for again while it is in view. */
export function useModels(search: ModelSearch) {
  return useQuery({
    queryKey: [...MODELS, 'list', search],
    queryFn: ({ signal }) => listModels({ page_size: 20, ...search }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
}

/** One model, live as well: its keys' health changes while somebody looks at it. */
export function useModel(id: string) {
  return useQuery({
    queryKey: [...MODELS, 'one', id],
    queryFn: () => readModel(id),
    refetchInterval: LIVE_MS,
  });
}

/** Has everything read again that shows models, here and where people choose one. */
export function useRefreshModels() {
  const queries = useQueryClient();
  return () => Promise.all([MODELS, ['model-prices'], ['callable-models']].map((queryKey) => queries.invalidateQueries({ queryKey })));
}

export function readModel(id: string): Promise<Model> {
  return dataOf(control.GET('/api/v1/llm-models/{id}', { params: { path: { id } } }));
}
