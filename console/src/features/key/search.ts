import { pageParam, sizeParam, type RawSearch } from '@/lib/search';

export interface KeySearch {
  page?: number;
  page_size?: number;
  /** Opens the form for a new key at once. */
  create?: true;
}

export function validateKeySearch(raw: RawSearch): KeySearch {
  const page = pageParam(raw);
  const size = sizeParam(raw);
  const create = raw['create'] === true || raw['create'] === 'true';
  return { ...(page === undefined ? {} : { page }), ...(size === undefined ? {} : { page_size: size }), ...(create ? { create } : {}) };
}
