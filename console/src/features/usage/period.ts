import dayjs from 'dayjs';
import type { UsageSearch } from './search';

export interface Period {
  from: string;
  /** Exclusive, as the API has it. */
  to: string;
  by: 'day' | 'hour';
  times: string[];
}

/** Hours of more days than these would be bars thinner than a pixel. */
export const MOST_DAYS_BY_HOUR = 14;
const DAYS = 30;

/** What the page shows: the last thirty days, unless the address says otherwise. */
export function periodOf({ from, to, by }: UsageSearch, now = dayjs()): Period {
  const last = to === undefined ? now.startOf('day') : dayjs(to);
  const first = from === undefined ? last.subtract(DAYS - 1, 'day') : dayjs(from);
  const start = first.isAfter(last) ? last : first;
  const days = last.diff(start, 'day') + 1;
  const hourly = by === 'hour' && days <= MOST_DAYS_BY_HOUR;
  const end = last.add(1, 'day');
  const times: string[] = [];
  for (let at = start; at.isBefore(end) && times.length < 4000; at = at.add(1, hourly ? 'hour' : 'day')) {
    times.push(hourly ? at.toISOString().replace('.000Z', 'Z') : at.format('YYYY-MM-DD'));
  }
  return { from: start.format('YYYY-MM-DD'), to: end.format('YYYY-MM-DD'), by: hourly ? 'hour' : 'day', times };
}
