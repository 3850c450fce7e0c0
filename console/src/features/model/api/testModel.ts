import { useMutation } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import type { NewModel } from './changeModel';

export type Probe = Control['Probe'];

/** One tiny real call to the model's provider, by a key of its own choice or by the given one. */
export function useTestModel() {
  return useMutation<Probe[], unknown, { id: string; keyId?: string }>({
    mutationFn: async ({ id, keyId }) => [
      await dataOf(control.POST('/api/v1/llm-models/{id}/test', { params: { path: { id } }, body: keyId === undefined ? {} : { key_id: keyId } })),
    ],
  });
}

/** Each request one tiny real call for a model that is not saved, one after the other: a provider may limit them. */
export function useTestUnsaved() {
  return useMutation<Probe[], unknown, NewModel[]>({
    gcTime: 0, // the variables hold keys
    mutationFn: async (requests) => {
      const probes: Probe[] = [];
      for (const body of requests) {
        probes.push(await dataOf(control.POST('/api/v1/llm-models/test', { body })));
      }
      return probes;
    },
  });
}
