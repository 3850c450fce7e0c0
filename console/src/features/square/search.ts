import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface SquareSearch {
  q?: string;
  page?: number;
}

export function validateSquareSearch(raw: RawSearch): SquareSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
