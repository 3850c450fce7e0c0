import { useMutation } from '@tanstack/react-query';
import { control, dataOf } from '@/lib/api';
import { useRefreshModels } from './models';

/** Lets a key be used again whose trouble is over. A provider that still refuses it has it set aside once more. */
export function useRestoreKey() {
  return useMutation({
    mutationFn: ({ id, keyId }: { id: string; keyId: string }) => dataOf(control.POST('/api/v1/llm-models/{id}/keys/{key_id}/restore', { params: { path: { id, key_id: keyId } } })),
    onSettled: useRefreshModels(),
  });
}
