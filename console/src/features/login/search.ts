import { textParam, type RawSearch } from '@/lib/search';

export interface LoginSearch {
  /** Where to go afterwards: a path of this console, never another host. */
  next?: string;
}

export function validateLoginSearch(raw: RawSearch): LoginSearch {
  const next = textParam(raw, 'next');
  return next !== undefined && /^\/(?![/\\])/.test(next) ? { next } : {};
}
