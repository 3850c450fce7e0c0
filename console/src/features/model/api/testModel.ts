import { useMutation } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import type { ModelFields, NewModel } from './changeModel';

export type Probe = Control['Probe'];

/** One tiny real call to the model's provider, by a key of its own choice or by the given one. */
export function useTestModel() {
  return useMutation<Probe[], unknown, { id: string; keyId?: string }>({
    mutationFn: async ({ id, keyId }) => [
      await dataOf(control.POST('/api/v1/llm-models/{id}/test', { params: { path: { id } }, body: keyId === undefined ? {} : { key_id: keyId } })),
    ],
  });
}

/** One tiny real call for each, one after the other: a provider may limit them. */
async function inTurn<T>(requests: T[], test: (request: T) => Promise<Probe>): Promise<Probe[]> {
  const probes: Probe[] = [];
  for (const request of requests) {
    probes.push(await test(request));
  }
  return probes;
}

/** Tests a model that is not saved by each of the requests. */
export function useTestUnsaved() {
  return useMutation<Probe[], unknown, NewModel[]>({
    gcTime: 0, // the variables hold keys
    mutationFn: (requests) => inTurn(requests, (body) => dataOf(control.POST('/api/v1/llm-models/test', { body }))),
  });
}

/** Tests a model that is saved with changes that are not, by each of the requests. */
export function useTestChanged(id: string) {
  return useMutation<Probe[], unknown, ModelFields[]>({
    gcTime: 0, // the variables hold keys
    mutationFn: (requests) => inTurn(requests, (body) => dataOf(control.POST('/api/v1/llm-models/{id}/test', { params: { path: { id } }, body }))),
  });
}
