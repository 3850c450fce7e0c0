import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface ModelSearch {
  q?: string;
  page?: number;
}

export function validateModelSearch(raw: RawSearch): ModelSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
