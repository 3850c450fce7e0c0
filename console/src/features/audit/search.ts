import { cleaned } from '@/lib/cleaned';
import { rangeParams, type RangeSearch } from '@/lib/range';
import { choiceParam, textParam, type RawSearch } from '@/lib/search';

export const OUTCOMES = ['done', 'refused', 'failed'] as const;

export interface AuditSearch extends RangeSearch {
  /** Id or name of who did it. */
  actor?: string;
  action?: string;
  /** Id or type of what it was done to. */
  target?: string;
  outcome?: (typeof OUTCOMES)[number];
}

export function validateAuditSearch(raw: RawSearch): AuditSearch {
  return cleaned({
    ...rangeParams(raw),
    actor: textParam(raw, 'actor'),
    action: textParam(raw, 'action'),
    target: textParam(raw, 'target'),
    outcome: choiceParam(raw, 'outcome', OUTCOMES),
  }) as AuditSearch;
}
