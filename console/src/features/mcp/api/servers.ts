import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, engine, type Engine } from '@/lib/api';
import { PAGE_SIZE, pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

export type McpServer = Engine['McpServer'];
export type McpServerFields = Partial<Engine['McpServerFields']>;

export function useMcpServers(q: string | undefined, page: number) {
  return useQuery({
    queryKey: ['mcp-servers', q ?? '', page],
    queryFn: () => pageOf<McpServer>(engine.GET('/api/v1/mcp-servers', { params: { query: { page, page_size: PAGE_SIZE, ...(q === undefined ? {} : { q }) } } })),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

export function useMcpServer(id: string | undefined) {
  return useQuery({
    queryKey: ['mcp-server', id],
    enabled: id !== undefined,
    queryFn: () => dataOf(engine.GET('/api/v1/mcp-servers/{id}', { params: { path: { id: id ?? '' } } })),
    refetchInterval: LIVE_MS,
  });
}

/** What was sent may hold a credential, so nothing of a change is kept. */
function useAndRefresh<V, R>(mutationFn: (variables: V) => Promise<R>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    gcTime: 0,
    onSettled: () => Promise.all([['mcp-servers'], ['mcp-server'], ['mcp-tools'], ['tools']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

export function useSaveMcpServer() {
  return useAndRefresh(({ edited, fields }: { edited: McpServer | null; fields: McpServerFields }) =>
    edited === null
      ? dataOf(engine.POST('/api/v1/mcp-servers', { body: fields as Engine['NewMcpServer'] }))
      : dataOf(engine.PUT('/api/v1/mcp-servers/{id}', { params: { path: { id: edited.id }, header: { 'if-match': `"${edited.version}"` } }, body: fields as Engine['McpServerFields'] })),
  );
}

export function useRefreshMcpServer() {
  return useAndRefresh((id: string) => dataOf(engine.POST('/api/v1/mcp-servers/{id}/refresh', { params: { path: { id } } })));
}

export function useDeleteMcpServer() {
  return useAndRefresh((id: string) => dataOf(engine.DELETE('/api/v1/mcp-servers/{id}', { params: { path: { id } } })));
}
