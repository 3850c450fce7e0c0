import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface LimitSearch {
  q?: string;
  page?: number;
}

export function validateLimitSearch(raw: RawSearch): LimitSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
