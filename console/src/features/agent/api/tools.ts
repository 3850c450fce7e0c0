import { useQuery } from '@tanstack/react-query';
import { dataOf, engine, type Engine } from '@/lib/api';

export type McpServerChoice = Engine['Tools']['mcp_servers'][number];

/** What an agent can be given. */
export function useTools() {
  return useQuery({ queryKey: ['tools'], queryFn: () => dataOf(engine.GET('/api/v1/tools')) });
}
