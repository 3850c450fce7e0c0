import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, engine, type Engine } from '@/lib/api';
import { pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

export type Conversation = Engine['Conversation'];
export type Message = Engine['ListedMessage'];

/** Messages that are asked for at a time. */
const PART = 50;

export function useConversations(agentId: string, q: string) {
  return useQuery({
    queryKey: ['conversations', agentId, q],
    queryFn: () => pageOf<Conversation>(engine.GET('/api/v1/conversations', { params: { query: { agent_id: agentId, page: 1, page_size: 100, ...(q === '' ? {} : { q }) } } })),
    refetchInterval: LIVE_MS,
  });
}

export function useConversation(id: string | undefined) {
  return useQuery({
    queryKey: ['conversation', id],
    enabled: id !== undefined,
    queryFn: () => dataOf(engine.GET('/api/v1/conversations/{id}', { params: { path: { id: id ?? '' } } })),
  });
}

function inOrder({ pages }: { pages: { data: Message[] }[] }): Message[] {
  return pages.toReversed().flatMap(({ data }) => data);
}

/** The branch in view in its order: its end first, the parts above it as they are asked for. */
export function useMessages(id: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['conversation', id, 'messages'],
    enabled: id !== undefined,
    queryFn: ({ pageParam }) =>
      dataOf(
        engine.GET('/api/v1/conversations/{id}/messages', {
          params: { path: { id: id ?? '' }, query: { branch: 'in_view', page_size: PART, ...(pageParam === null ? {} : { before: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (oldest) => oldest.next,
    select: inOrder,
  });
}

export function useCreateConversation(agentId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => dataOf(engine.POST('/api/v1/conversations', { body: { agent_id: agentId } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['conversations', agentId] }),
  });
}

export function useChangeConversation() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...change }: { id: string; title?: string; archived?: boolean; through_id?: string }) =>
      dataOf(engine.PATCH('/api/v1/conversations/{id}', { params: { path: { id } }, body: change })),
    onSuccess: async (conversation) => {
      queries.setQueryData(['conversation', conversation.id], conversation);
      await Promise.all([queries.invalidateQueries({ queryKey: ['conversation', conversation.id, 'messages'] }), queries.invalidateQueries({ queryKey: ['conversations'] })]);
    },
  });
}

export function useDeleteConversation() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(engine.DELETE('/api/v1/conversations/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['conversations'] }),
  });
}

/** A link that anybody may read by; an earlier one stops working. */
export function useShare() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(engine.POST('/api/v1/conversations/{id}/share', { params: { path: { id } } })),
    gcTime: 0,
    onSuccess: (_, id) => queries.invalidateQueries({ queryKey: ['conversation', id] }),
  });
}

export function useUnshare() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(engine.DELETE('/api/v1/conversations/{id}/share', { params: { path: { id } } })),
    onSuccess: (_, id) => queries.invalidateQueries({ queryKey: ['conversation', id] }),
  });
}
