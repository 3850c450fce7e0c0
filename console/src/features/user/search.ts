import { choiceParam, pageParam, textParam, type RawSearch } from '@/lib/search';
import { cleaned } from '@/lib/cleaned';

export const ROLES = ['admin', 'user'] as const;
export const STATUSES = ['enabled', 'disabled'] as const;

export interface UserSearch {
  q?: string;
  role?: (typeof ROLES)[number];
  status?: (typeof STATUSES)[number];
  team_id?: string;
  page?: number;
  /** Whose details are open. */
  user?: string;
}

export function validateUserSearch(raw: RawSearch): UserSearch {
  return cleaned({
    q: textParam(raw, 'q'),
    role: choiceParam(raw, 'role', ROLES),
    status: choiceParam(raw, 'status', STATUSES),
    team_id: textParam(raw, 'team_id'),
    page: pageParam(raw),
    user: textParam(raw, 'user'),
  }) as UserSearch;
}
