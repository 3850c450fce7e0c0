import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface BudgetSearch {
  q?: string;
  page?: number;
}

export function validateBudgetSearch(raw: RawSearch): BudgetSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
