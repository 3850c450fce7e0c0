import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { LIVE_MS } from '@/lib/query';

export type Policy = Control['BodyPolicy']['policy'];

/** What a policy is set on. */
export interface PolicySubject {
  scope: Control['BodyPolicy']['scope'];
  id: string;
  name: string;
}

const POLICIES = ['body-policies'];

function policies() {
  return { queryKey: POLICIES, queryFn: async () => (await dataOf(control.GET('/api/v1/body-policies'))).data, refetchInterval: LIVE_MS };
}

/** What holds for the calls of one model or caller key: its policy, or null where none is set. */
export function useBodyPolicy({ scope, id }: PolicySubject, enabled: boolean) {
  return useQuery({
    ...policies(),
    enabled,
    select: (all): Policy | null => all.find((one) => one.scope === scope && one.subject_id === id)?.policy ?? null,
  });
}

/** What is set on caller keys, by the key's id. */
export function useKeyPolicies() {
  return useQuery({
    ...policies(),
    select: (all) => new Map(all.filter((one) => one.scope === 'caller_key').map((one) => [one.subject_id, one.policy])),
  });
}

/** Sets the policy of a model or caller key; null takes it away. */
export function useSetBodyPolicy({ scope, id }: PolicySubject) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (policy: Policy | null): Promise<void> => {
      const path = { scope, subject_id: id };
      if (policy === null) {
        await dataOf(control.DELETE('/api/v1/body-policies/{scope}/{subject_id}', { params: { path } }));
      } else {
        await dataOf(control.PUT('/api/v1/body-policies/{scope}/{subject_id}', { params: { path }, body: { policy } }));
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: POLICIES }),
  });
}
