import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { LIVE_MS } from '@/lib/query';

export type CallerKey = Control['CallerKey'];
/** With the whole key, which no other answer has. */
export type NewCallerKey = CallerKey & { key: string };
export type CallerKeyFields = Control['CallerKeyFields'];

interface KeyPage {
  data: CallerKey[];
  total: number;
}

/** The person's own keys, the newest first. */
export function useKeys(page: number, pageSize: number) {
  return useQuery({
    queryKey: ['keys', page, pageSize],
    queryFn: async () => (await dataOf(control.GET('/api/v1/keys', { params: { query: { page, page_size: pageSize } } }))) as KeyPage,
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

/** Makes a key. The answer holds its only copy, so it is not kept a moment longer than its dialog is open. */
export function useCreateKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (fields: CallerKeyFields & { name: string }) => (await dataOf(control.POST('/api/v1/keys', { body: fields }))) as NewCallerKey,
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
}

export function useChangeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, fields }: { id: string; fields: CallerKeyFields }) => dataOf(control.PUT('/api/v1/keys/{id}', { params: { path: { id } }, body: fields })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
}

export function useRevokeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(control.DELETE('/api/v1/keys/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
}
