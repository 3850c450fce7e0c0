import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface UsageSearch {
  q?: string;
  page?: number;
}

export function validateUsageSearch(raw: RawSearch): UsageSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
