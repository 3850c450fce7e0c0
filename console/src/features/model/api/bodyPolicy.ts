import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';

export type Policy = Control['BodyPolicy']['policy'];

const POLICIES = ['body-policies'];

/** What holds for a model's calls: its policy, or null where none is set. */
export function useBodyPolicy(id: string, enabled: boolean) {
  return useQuery({
    queryKey: POLICIES,
    enabled,
    queryFn: async () => (await dataOf(control.GET('/api/v1/body-policies'))).data,
    select: (all): Policy | null => all.find((one) => one.scope === 'model' && one.subject_id === id)?.policy ?? null,
  });
}

/** Sets a model's policy; null takes it away. */
export function useSetBodyPolicy(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (policy: Policy | null): Promise<void> => {
      const path = { scope: 'model', subject_id: id };
      if (policy === null) {
        await dataOf(control.DELETE('/api/v1/body-policies/{scope}/{subject_id}', { params: { path } }));
      } else {
        await dataOf(control.PUT('/api/v1/body-policies/{scope}/{subject_id}', { params: { path }, body: { policy } }));
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: POLICIES }),
  });
}
