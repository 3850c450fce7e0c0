import { cleaned } from '@/lib/cleaned';
import { choiceParam, pageParam, type RawSearch } from '@/lib/search';

export const SCOPES = ['team', 'user', 'caller_key', 'model', 'provider_key'] as const;

export interface LimitSearch {
  scope?: (typeof SCOPES)[number];
  page?: number;
}

export function validateLimitSearch(raw: RawSearch): LimitSearch {
  return cleaned({ scope: choiceParam(raw, 'scope', SCOPES), page: pageParam(raw) }) as LimitSearch;
}
