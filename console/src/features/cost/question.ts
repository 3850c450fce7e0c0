import { cleaned } from '@/lib/cleaned';
import { resolveRange } from '@/lib/range';
import type { UsageQuestion } from '@/lib/usageReport';
import type { CostSearch, Group } from './search';

export const USUAL_RANGE = '30d';
/** More lines than anybody reads; the totals count all. */
const MOST_LINES = 1000;

export function isTime(by: Group): by is 'day' | 'hour' {
  return by === 'day' || by === 'hour';
}

/** What the API is asked for an address. */
export function questionOf(search: CostSearch, now: Date = new Date()): UsageQuestion & { group_by: Group } {
  const { from, to, tz } = resolveRange(search, USUAL_RANGE, now);
  const by = search.by ?? 'day';
  const { model, provider, user_id, team_id, caller_key_id, provider_key_id, currency = 'USD' } = search;
  return cleaned({
    from,
    to,
    tz,
    group_by: by,
    model,
    provider,
    user_id,
    team_id,
    caller_key_id,
    provider_key_id,
    currency,
    compare: 'previous' as const,
    ...(isTime(by) ? {} : { order: 'cost' as const, limit: MOST_LINES }),
  });
}

/** The address of the same report as a file. */
export function exportPath(question: UsageQuestion, format: 'csv' | 'json'): string {
  const query = new URLSearchParams(Object.entries(cleaned({ ...question, limit: undefined })).map(([name, value]) => [name, String(value)]));
  query.set('format', format);
  return `/api/v1/usage?${query.toString()}`;
}
