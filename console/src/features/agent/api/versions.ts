import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, engine, type Engine } from '@/lib/api';
import { pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

export function useVersions(id: string) {
  return useQuery({
    queryKey: ['agent-versions', id],
    queryFn: () => pageOf<Engine['AgentVersion']>(engine.GET('/api/v1/agents/{id}/versions', { params: { path: { id }, query: { page: 1, page_size: 100 } } })),
    refetchInterval: LIVE_MS,
  });
}

/** What changed from a version to the one in use. */
export function useVersionDiff(id: string, version: number | null) {
  return useQuery({
    queryKey: ['agent-versions', id, 'diff', version],
    enabled: version !== null,
    queryFn: async () => (await dataOf(engine.GET('/api/v1/agents/{id}/versions/{version}/diff', { params: { path: { id, version: String(version ?? 1) } } }))).data,
  });
}

export function useRestoreVersion(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (version: number) => dataOf(engine.POST('/api/v1/agents/{id}/versions/{version}/restore', { params: { path: { id, version: String(version) } } })),
    onSuccess: async (agent) => {
      queries.setQueryData(['agent', agent.id], agent);
      await queries.invalidateQueries({ queryKey: ['agent-versions', id] });
      await queries.invalidateQueries({ queryKey: ['agents'] });
    },
  });
}
