import { cleaned } from '@/lib/cleaned';
import { pageParam, type RawSearch } from '@/lib/search';

export interface WebhookSearch {
  page?: number;
}

export function validateWebhookSearch(raw: RawSearch): WebhookSearch {
  return cleaned({ page: pageParam(raw) }) as WebhookSearch;
}
