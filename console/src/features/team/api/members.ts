import { useMutation, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';

export type TeamRole = Control['TeamRole'];

/** Takes a user into a team or gives them another role there. */
export function usePutMember(team: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ user, role }: { user: string; role: TeamRole }) =>
      dataOf(control.PUT('/api/v1/teams/{id}/members/{user_id}', { params: { path: { id: team, user_id: user } }, body: { role } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['teams'] }),
  });
}

export function useRemoveMember(team: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (user: string) => dataOf(control.DELETE('/api/v1/teams/{id}/members/{user_id}', { params: { path: { id: team, user_id: user } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['teams'] }),
  });
}
