import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface AuditSearch {
  q?: string;
  page?: number;
}

export function validateAuditSearch(raw: RawSearch): AuditSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}
