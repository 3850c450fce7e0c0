import { useQuery } from '@tanstack/react-query';
import { dataOf, engine, type Engine } from '@/lib/api';

export type Run = Engine['Run'];

/** The runs of a conversation: which is still going on, and what each answer used and cost. */
export function useConversationRuns(id: string | undefined) {
  return useQuery({
    queryKey: ['conversation-runs', id],
    enabled: id !== undefined,
    queryFn: async () => (await dataOf(engine.GET('/api/v1/conversations/{id}/runs', { params: { path: { id: id ?? '' } } }))).data,
    // Records of calls arrive a moment after their answers.
    refetchInterval: ({ state }) => (state.data?.some((run) => !run.usage.complete) === true ? 1500 : false),
  });
}
