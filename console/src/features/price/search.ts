import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface PriceSearch {
  q?: string;
  page?: number;
}

export function validatePriceSearch(raw: RawSearch): PriceSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
