import { cleaned } from '@/lib/cleaned';
import { outcomesOf, type Outcome } from '@/lib/outcomes';
import { resolveRange } from '@/lib/range';
import { TEXTS, type CallSearch } from './search';

export const USUAL_RANGE = '30d';

export type RecordQuestion = Partial<Record<(typeof TEXTS)[number], string>> & Pick<CallSearch, 'billing' | 'status' | 'min_cost'> & { outcome?: Outcome[]; from?: string; to?: string; tz?: string };

/** What the API is asked for an address. */
export function questionOf(search: CallSearch, now: Date = new Date()): RecordQuestion {
  const { from, to, tz } = resolveRange(search, USUAL_RANGE, now);
  const texts = Object.fromEntries(TEXTS.map((name) => [name, search[name]]));
  return cleaned({ ...texts, outcome: search.outcome === undefined ? undefined : outcomesOf(search.outcome), billing: search.billing, status: search.status, min_cost: search.min_cost, from, to, tz });
}

export function exportPath(question: RecordQuestion): string {
  const query = new URLSearchParams(Object.entries(question).map(([name, value]) => [name, String(value)]));
  query.set('format', 'csv');
  return `/api/v1/usage/records?${query.toString()}`;
}

/** How many filters are set that are not always in view. */
export function hiddenFilters(search: CallSearch): number {
  return (['provider', 'provider_key_id', 'caller_key_id', 'team_id', 'status', 'error_code', 'min_cost', 'billing'] as const).filter((name) => search[name] !== undefined).length;
}
