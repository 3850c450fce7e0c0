import { useMutation, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';

type CallerKey = Control['CallerKey'];

/** A caller key of one's own. Its answer is the only one that shows it, and nothing keeps it. */
export function useFirstKey() {
  const queries = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: async (name: string) => (await dataOf(control.POST('/api/v1/keys', { body: { name } }))) as CallerKey & { key: string },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
}
