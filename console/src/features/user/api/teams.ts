import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { LARGEST_PAGE, pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

/** The teams that somebody is in. */
export function useTeamsOf(user: string) {
  return useQuery({
    queryKey: ['teams', 'of', user],
    queryFn: () => pageOf<Control['Team']>(control.GET('/api/v1/teams', { params: { query: { user_id: user, page_size: LARGEST_PAGE } } })),
    refetchInterval: LIVE_MS,
  });
}

/** Takes somebody into a team, or out of it. */
export function useMembership(user: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ team, join }: { team: string; join: boolean }) => {
      const params = { path: { id: team, user_id: user } };
      return join
        ? dataOf(control.PUT('/api/v1/teams/{id}/members/{user_id}', { params, body: { role: 'member' } }))
        : dataOf<unknown>(control.DELETE('/api/v1/teams/{id}/members/{user_id}', { params }));
    },
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: ['teams'] }), queries.invalidateQueries({ queryKey: ['users'] })]),
  });
}
