import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface CostSearch {
  q?: string;
  page?: number;
}

export function validateCostSearch(raw: RawSearch): CostSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
