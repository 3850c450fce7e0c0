import { useMutation } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import type { ModelFields } from './changeModel';
import { useRefreshModels } from './models';

export type BulkResults = Control['BulkResults'];
export type BulkModel = ModelFields & { price_from_catalogue?: boolean };
export type BulkCreation = ModelFields & { models: BulkModel[] };

/** Changes up to two hundred models; what went wrong with one is told beside it and leaves the others alone. */
function useBulk<V>(mutationFn: (variables: V) => Promise<BulkResults>) {
  return useMutation({
    gcTime: 0, // what is created comes with a key
    mutationFn,
    onSettled: useRefreshModels(),
  });
}

export const useBulkStatus = () =>
  useBulk(({ ids, status }: { ids: string[]; status: 'enabled' | 'disabled' | 'inactive' | 'deleted' }) =>
    dataOf(control.POST('/api/v1/llm-models/bulk-status', { body: { ids, status } })),
  );

export const useBulkCreate = () =>
  useBulk(({ models, ...shared }: BulkCreation) =>
    dataOf(
      control.POST('/api/v1/llm-models/bulk', {
        body: { ...shared, price_from_catalogue: false, models: models.map((model) => ({ ...model, price_from_catalogue: model.price_from_catalogue === true })) },
      }),
    ),
  );
