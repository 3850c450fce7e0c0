/** The time zone of this browser: days of reports begin where the person's days begin, unless another is chosen. */
export const BROWSER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const FREQUENT = ['UTC', 'Asia/Shanghai', 'Asia/Tokyo', 'Asia/Singapore', 'Europe/London', 'Europe/Berlin', 'America/New_York', 'America/Los_Angeles'];

/** All zones that the browser knows, the frequent ones first. */
export function timeZones(): string[] {
  return [...new Set([BROWSER_ZONE, ...FREQUENT, ...Intl.supportedValuesOf('timeZone')])];
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The date that a clock in the zone shows, as the API writes dates. */
export function dayIn(zone: string, moment: Date = new Date()): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(moment);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function firstOfMonth(day: string, months = 0): string {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** A day of this millennium: what lies outside is no question to a record of calls, and no calendar's either. */
export function isDay(value: string | undefined): value is string {
  return value !== undefined && /^2\d{3}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
}

/** A moment as the API writes it. */
export function isMoment(value: string | undefined): value is string {
  return value !== undefined && /^2\d{3}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** The moment when a day begins in a zone; where the clock jumps over midnight, the first moment after. */
export function startOfDay(day: string, zone: string): string {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  let moment = wanted;
  for (let round = 0; round < 3; round += 1) {
    moment += wanted - wallClock(new Date(moment), zone);
  }
  return new Date(moment).toISOString();
}

/** What a clock in the zone shows, read as if it were UTC's. */
function wallClock(moment: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}
