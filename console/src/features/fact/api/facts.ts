import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, engine, type Engine } from '@/lib/api';
import { pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

export type Fact = Engine['Fact'];

/** What agents keep about the person. */
export function useFacts() {
  return useQuery({
    queryKey: ['facts'],
    queryFn: async () => (await dataOf(engine.GET('/api/v1/facts'))).data,
    refetchInterval: LIVE_MS,
  });
}

/** Agents by id, for their names. */
export function useAgentNames() {
  return useQuery({
    queryKey: ['agents', 'names'],
    queryFn: async () => {
      const agents = await pageOf<Engine['Agent']>(engine.GET('/api/v1/agents', { params: { query: { page: 1, page_size: 200 } } }));
      return new Map(agents.data.map(({ id, name, icon }) => [id, { name, icon }]));
    },
  });
}

export function useForgetFact() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(engine.DELETE('/api/v1/facts/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['facts'] }),
  });
}

/** All that one agent keeps, or that all of them do. */
export function useForgetAll() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (agentId: string | undefined) => dataOf(engine.DELETE('/api/v1/facts', { params: { query: agentId === undefined ? {} : { agent_id: agentId } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['facts'] }),
  });
}
