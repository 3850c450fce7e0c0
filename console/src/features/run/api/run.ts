import { useQuery } from '@tanstack/react-query';
import { dataOf, engine, type Engine } from '@/lib/api';

export type Inspection = Engine['Inspection'];
export type Step = Inspection['steps'][number];

const OVER = ['done', 'failed', 'cancelled'];

/** Everything about a run; asked again until it is over and its costs have come. */
export function useInspection(id: string) {
  return useQuery({
    queryKey: ['run', id],
    queryFn: () => dataOf(engine.GET('/api/v1/runs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data === undefined || !OVER.includes(state.data.run.status) || !state.data.run.usage.complete ? 1500 : false),
  });
}
