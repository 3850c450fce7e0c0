import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, engine, type Engine } from '@/lib/api';
import { pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

export type Agent = Engine['Agent'];
export type NewAgent = Engine['NewAgent'];

/** Agents that the person may use: own ones, the team's, and those for all. */
export function useAgents(q: string | undefined, page: number) {
  return useQuery({
    queryKey: ['agents', q ?? '', page],
    queryFn: () => pageOf<Agent>(engine.GET('/api/v1/agents', { params: { query: { page, page_size: 24, ...(q === undefined ? {} : { q }) } } })),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

export function useAgent(id: string | undefined) {
  return useQuery({
    queryKey: ['agent', id],
    enabled: id !== undefined,
    queryFn: () => dataOf(engine.GET('/api/v1/agents/{id}', { params: { path: { id: id ?? '' } } })),
    refetchInterval: LIVE_MS,
  });
}

export function useAgentExamples() {
  return useQuery({
    queryKey: ['agent-examples'],
    staleTime: Infinity,
    queryFn: async () => (await dataOf(engine.GET('/api/v1/agent-examples'))).data,
  });
}

/** Makes an agent, or a new version of one: `version` is the one that was read, so that nobody else's change is lost. */
export function useSaveAgent(id: string | undefined, version: number | undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (fields: NewAgent) =>
      id === undefined
        ? dataOf(engine.POST('/api/v1/agents', { body: fields }))
        : dataOf(engine.PUT('/api/v1/agents/{id}', { params: { path: { id }, header: { 'if-match': `"${version}"` } }, body: fields })),
    onSuccess: async (agent) => {
      queries.setQueryData(['agent', agent.id], agent);
      await queries.invalidateQueries({ queryKey: ['agents'] });
      await queries.invalidateQueries({ queryKey: ['agent-versions', agent.id] });
    },
    // Somebody else's version, say: it is shown at once.
    onError: () => (id === undefined ? undefined : queries.invalidateQueries({ queryKey: ['agent', id] })),
  });
}

export function useDeleteAgent() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(engine.DELETE('/api/v1/agents/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['agents'] }),
  });
}

/** Makes an agent from an exported file. */
export function useImportAgent() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (file: File) => {
      const content: unknown = JSON.parse(await file.text());
      return dataOf(engine.POST('/api/v1/agents/import', { body: content as never }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['agents'] }),
  });
}
