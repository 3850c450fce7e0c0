import { choiceParam, textParam, type RawSearch } from './search';
import { addDays, BROWSER_ZONE, dayIn, firstOfMonth, isDay, isMoment, isTimeZone } from './zone';

export const PRESETS = ['today', 'yesterday', '7d', '30d', '90d', 'month', 'last_month'] as const;
export type Preset = (typeof PRESETS)[number];

/** Days, as the API has them: `to` is the first day that no longer belongs to it. */
export interface Days {
  from: string;
  to: string;
}

/** A range as it stands in the address: a named one that moves with the calendar, two fixed days, or two moments. */
export interface RangeSearch {
  range?: Preset;
  from?: string;
  to?: string;
  tz?: string;
}

export function rangeParams(raw: RawSearch): RangeSearch {
  const preset = choiceParam(raw, 'range', PRESETS);
  const from = textParam(raw, 'from');
  const to = textParam(raw, 'to');
  const zone = textParam(raw, 'tz');
  return {
    ...(preset === undefined ? {} : { range: preset }),
    ...(preset === undefined && inOrder(from, to) ? { from, to } : {}),
    ...(zone !== undefined && isTimeZone(zone) ? { tz: zone } : {}),
  };
}

function inOrder(from: string | undefined, to: string | undefined): boolean {
  return (isDay(from) && isDay(to) && from < to) || (isMoment(from) && isMoment(to) && Date.parse(from) < Date.parse(to));
}

export function daysOf(preset: Preset, today: string): Days {
  switch (preset) {
    case 'today':
      return { from: today, to: addDays(today, 1) };
    case 'yesterday':
      return { from: addDays(today, -1), to: today };
    case '7d':
      return { from: addDays(today, -6), to: addDays(today, 1) };
    case '30d':
      return { from: addDays(today, -29), to: addDays(today, 1) };
    case '90d':
      return { from: addDays(today, -89), to: addDays(today, 1) };
    case 'month':
      return { from: firstOfMonth(today), to: addDays(today, 1) };
    case 'last_month':
      return { from: firstOfMonth(today, -1), to: firstOfMonth(today) };
  }
}

/** The days that an address means now. */
export function resolveRange(search: RangeSearch, otherwise: Preset, now: Date = new Date()): Days & { tz: string; preset: Preset | null } {
  const tz = search.tz ?? BROWSER_ZONE;
  if (search.from !== undefined && search.to !== undefined) {
    return { from: search.from, to: search.to, tz, preset: null };
  }
  const preset = search.range ?? otherwise;
  return { ...daysOf(preset, dayIn(tz, now)), tz, preset };
}
