import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface ChatSearch {
  q?: string;
  page?: number;
}

export function validateChatSearch(raw: RawSearch): ChatSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
