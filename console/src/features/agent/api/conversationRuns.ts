import { useQuery } from '@tanstack/react-query';
import { engine, type Engine } from '@/lib/api';
import { PAGE_SIZE, pageOf } from '@/lib/page';

export type Run = Engine['ListedRun'];

/** The newest runs of a conversation: which is still going on, which failed, and what the newest answers cost as soon as it is known. */
export function useConversationRuns(id: string | undefined) {
  return useQuery({
    queryKey: ['conversation-runs', id],
    enabled: id !== undefined,
    queryFn: async () => (await pageOf<Run>(engine.GET('/api/v1/conversations/{id}/runs', { params: { path: { id: id ?? '' }, query: { page: 1, page_size: PAGE_SIZE } } }))).data,
    // Records of calls arrive a moment after their answers.
    refetchInterval: ({ state }) => (state.data?.some((run) => !run.usage.complete) === true ? 1500 : false),
  });
}
