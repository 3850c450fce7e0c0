import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { PAGE_SIZE, pageOf } from '@/lib/page';
import { LIVE_MS } from '@/lib/query';

export type Webhook = Control['Webhook'];
export type Delivery = Control['Delivery'];
export type WebhookFields = Partial<Control['WebhookFields']>;
/** With the signing secret, which no other answer has. */
export type NewWebhook = Webhook & { secret: string };

const DELIVERIES = 10;

export function useWebhooks(page: number) {
  return useQuery({
    queryKey: ['webhooks', page],
    queryFn: () => pageOf<Webhook>(control.GET('/api/v1/webhooks', { params: { query: { page, page_size: PAGE_SIZE } } })),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

export function useDeliveries(id: string, page: number) {
  return useQuery({
    queryKey: ['webhooks', id, 'deliveries', page],
    queryFn: () => pageOf<Delivery>(control.GET('/api/v1/webhooks/{id}/deliveries', { params: { path: { id }, query: { page, page_size: DELIVERIES } } })),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

function useAndRefresh<V, R>(mutationFn: (variables: V) => Promise<R>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, gcTime: 0, onSettled: () => queries.invalidateQueries({ queryKey: ['webhooks'] }) });
}

function on(webhook: Webhook) {
  return { path: { id: webhook.id }, header: { 'if-match': `"${webhook.version}"` } };
}

/** The answer holds the only copy of the secret; it is kept no longer than its dialog is open. */
export function useCreateWebhook() {
  return useAndRefresh(async (fields: WebhookFields) => (await dataOf(control.POST('/api/v1/webhooks', { body: fields as Control['WebhookFields'] }))) as NewWebhook);
}

export function useChangeWebhook() {
  return useAndRefresh(({ webhook, fields }: { webhook: Webhook; fields: WebhookFields }) =>
    dataOf(control.PUT('/api/v1/webhooks/{id}', { params: on(webhook), body: fields as Control['WebhookFields'] })),
  );
}

export function useTestWebhook() {
  return useAndRefresh((webhook: Webhook) => dataOf(control.POST('/api/v1/webhooks/{id}/test', { params: { path: { id: webhook.id } } })));
}

export function useDeleteWebhook() {
  return useAndRefresh((webhook: Webhook) => dataOf(control.DELETE('/api/v1/webhooks/{id}', { params: on(webhook) })));
}
