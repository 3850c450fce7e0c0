import { cleaned } from '@/lib/cleaned';
import { choiceParam, pageParam, textParam, type RawSearch } from '@/lib/search';

export const SCOPES = ['organisation', 'team', 'user', 'caller_key', 'model'] as const;
export const STATUSES = ['enabled', 'disabled'] as const;

export interface BudgetSearch {
  scope?: (typeof SCOPES)[number];
  subject_id?: string;
  status?: (typeof STATUSES)[number];
  page?: number;
}

export function validateBudgetSearch(raw: RawSearch): BudgetSearch {
  const scope = choiceParam(raw, 'scope', SCOPES);
  return cleaned({
    scope,
    // An id means something only of its kind.
    subject_id: scope === undefined || scope === 'organisation' ? undefined : textParam(raw, 'subject_id'),
    status: choiceParam(raw, 'status', STATUSES),
    page: pageParam(raw),
  }) as BudgetSearch;
}
