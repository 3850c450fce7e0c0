import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, engine, type Engine } from '@/lib/api';
import { LIVE_MS } from '@/lib/query';

export type McpTool = Engine['McpTool'];
type Decision = Engine['McpToolDecision'];

export function useMcpTools(server: string) {
  return useQuery({
    queryKey: ['mcp-tools', server],
    queryFn: async () => (await dataOf(engine.GET('/api/v1/mcp-servers/{id}/tools', { params: { path: { id: server } } }))).data,
    refetchInterval: LIVE_MS,
  });
}

/** Allows tools as they were read, or takes them back. */
export function useDecideTools(server: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (tools: Decision[]) => dataOf(engine.PUT('/api/v1/mcp-servers/{id}/tools', { params: { path: { id: server } }, body: { tools } })),
    onSuccess: (answer) => queries.setQueryData(['mcp-tools', server], answer.data),
    onSettled: () => Promise.all([['mcp-servers'], ['mcp-server'], ['mcp-tools'], ['tools']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
