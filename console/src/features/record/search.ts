import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface CallSearch {
  q?: string;
  page?: number;
}

export function validateCallSearch(raw: RawSearch): CallSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
