import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeModel, deleteModel } from './changeModel';
import { MODELS, type Model } from './models';

/** Goes through all and reports the first fault afterwards: one model's refusal keeps no other from its change. */
async function each<T>(items: T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const ends = await Promise.allSettled(items.map(act));
  const fault = ends.find((end) => end.status === 'rejected');
  if (fault !== undefined) {
    throw fault.reason;
  }
}

export function useBulkStatus() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ ids, status }: { ids: string[]; status: 'enabled' | 'disabled' }) => each(ids, (id) => changeModel({ id, fields: { status } })),
    onSettled: () => queries.invalidateQueries({ queryKey: MODELS }),
  });
}

export function useBulkDelete() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (models: Model[]) => each(models, ({ id, version }) => deleteModel({ id, version })),
    onSettled: () => queries.invalidateQueries({ queryKey: MODELS }),
  });
}
