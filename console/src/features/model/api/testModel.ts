import { useMutation } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';

export type Probe = Control['Probe'];

/** One tiny real call to the model's provider, by a key of its own choice or by the given one. */
export function useTestModel() {
  return useMutation<Probe, unknown, { id: string; keyId?: string }>({
    mutationFn: ({ id, keyId }) =>
      dataOf(control.POST('/api/v1/llm-models/{id}/test', { params: { path: { id } }, body: keyId === undefined ? {} : { key_id: keyId } })),
  });
}
