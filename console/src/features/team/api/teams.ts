import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { cleaned } from '@/lib/cleaned';
import { PAGE_SIZE, pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';
import type { TeamSearch } from '../search';

export type Team = Control['Team'];
export type TeamFields = Control['TeamFields'];

export function useTeams({ q, page = 1 }: TeamSearch) {
  const query = cleaned({ q, page, page_size: PAGE_SIZE });
  return useQuery({
    queryKey: ['teams', query],
    queryFn: () => pageOf<Team>(control.GET('/api/v1/teams', { params: { query } })),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

export function useTeam(id: string | undefined) {
  return useQuery({
    queryKey: ['teams', 'one', id],
    queryFn: () => dataOf(control.GET('/api/v1/teams/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    refetchInterval: LIVE_MS,
  });
}

/** Creates a team, or changes one that has an id. */
export function useSaveTeam() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, fields }: { id: string | null; fields: TeamFields }): Promise<Team> =>
      id === null
        ? dataOf(control.POST('/api/v1/teams', { body: fields }))
        : dataOf(control.PUT('/api/v1/teams/{id}', { params: { path: { id } }, body: fields })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['teams'] }),
  });
}

export function useDeleteTeam() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(control.DELETE('/api/v1/teams/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['teams'] }),
  });
}
