import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { cleaned } from '@/lib/cleaned';
import { PAGE_SIZE, pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';
import type { UserSearch } from '../search';

export type User = Control['User'];
export type UserFields = Control['UserFields'];
/** With a password, or with a link in its place. */
export type NewUser = UserFields & { invite?: boolean };

export function useUsers({ q, role, status, team_id, page = 1 }: UserSearch) {
  const query = cleaned({ q, role, status, team_id, page, page_size: PAGE_SIZE });
  return useQuery({
    queryKey: ['users', query],
    queryFn: () => pageOf<User>(control.GET('/api/v1/users', { params: { query } })),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

export function useUserDetails(id: string | undefined) {
  return useQuery({
    queryKey: ['users', 'one', id],
    queryFn: () => dataOf(control.GET('/api/v1/users/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    refetchInterval: LIVE_MS,
  });
}

export function useCreateUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUser) => dataOf(control.POST('/api/v1/users', { body: body as NewUser & { username: string; email: string; invite: boolean } })),
    gcTime: 0, // it holds a password or a link
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}

export function useChangeUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, fields }: { id: string; fields: UserFields }) => dataOf(control.PUT('/api/v1/users/{id}', { params: { path: { id } }, body: fields })),
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}

/** A link by which the user chooses a new password; the old one ends at once. */
export function useResetPassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(control.POST('/api/v1/users/{id}/password-reset', { params: { path: { id } } })),
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}

export function useDeleteUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(control.DELETE('/api/v1/users/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}
