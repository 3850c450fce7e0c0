import type { UsageLine } from '@/lib/usageReport';
import { addDays } from '@/lib/zone';
import type { CostSearch, Group } from './search';

const HOUR_MS = 3_600_000;

/** What a line of a report is of: its id, and its name where it has one. */
export function subjectOf(line: UsageLine, by: Group): { id: string | null; name: string | null } {
  switch (by) {
    case 'day':
      return { id: line.day ?? null, name: line.day ?? null };
    case 'hour':
      return { id: line.hour ?? null, name: line.hour ?? null };
    case 'model':
      return { id: line.model ?? null, name: line.model ?? null };
    case 'user':
      return { id: line.user_id ?? null, name: line.username ?? null };
    case 'team':
      return { id: line.team_id ?? null, name: line.team_name ?? null };
    case 'key':
      return { id: line.caller_key_id ?? null, name: line.caller_key_name ?? null };
    case 'provider':
      return { id: line.provider ?? null, name: line.provider ?? null };
    case 'provider_key':
      return { id: line.provider_key_id ?? null, name: typeof line.provider_key_hint === 'string' ? `…${line.provider_key_hint}` : null };
  }
}

/** Where a click on a line leads: the same report of that alone, grouped by what is asked for next. Null: no deeper. */
export function deeper(line: UsageLine, by: Group): CostSearch | null {
  const { id } = subjectOf(line, by);
  if (id === null) {
    return null;
  }
  switch (by) {
    case 'day':
      return { range: undefined, from: id, to: addDays(id, 1), by: 'hour' };
    case 'hour':
      return { range: undefined, from: new Date(id).toISOString(), to: new Date(Date.parse(id) + HOUR_MS).toISOString(), by: 'model' };
    case 'model':
      return { model: id, by: 'user' };
    case 'user':
      return { user_id: id, by: 'model' };
    case 'team':
      return { team_id: id, by: 'user' };
    case 'key':
      return { caller_key_id: id, by: 'model' };
    case 'provider':
      return { provider: id, by: 'model' };
    case 'provider_key':
      return { provider_key_id: id, by: 'day' };
  }
}
