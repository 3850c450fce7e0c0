import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface UserSearch {
  q?: string;
  page?: number;
}

export function validateUserSearch(raw: RawSearch): UserSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
