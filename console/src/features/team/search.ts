import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface TeamSearch {
  q?: string;
  page?: number;
}

export function validateTeamSearch(raw: RawSearch): TeamSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
