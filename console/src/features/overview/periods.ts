import { addDays, dayIn, firstOfMonth } from '@/lib/zone';

/** From a day's beginning to a day's beginning, or to a moment. */
export interface Period {
  from: string;
  to: string;
}

/** A running period, and the one before as far as it had come at the same time. */
export interface Comparison {
  now: Period;
  before: Period;
}

/** Half a day is held against half a day: today until now against yesterday until the same time, and months alike. */
export function comparisons(zone: string, now: Date): { today: Comparison; month: Comparison } {
  const today = dayIn(zone, now);
  const tomorrow = addDays(today, 1);
  const first = firstOfMonth(today);
  const firstBefore = firstOfMonth(today, -1);
  const lengthBefore = Date.parse(first) - Date.parse(firstBefore);
  const sameTimeLastMonth = new Date(now.getTime() - lengthBefore);
  return {
    today: { now: { from: today, to: tomorrow }, before: { from: addDays(today, -1), to: new Date(now.getTime() - 86_400_000).toISOString() } },
    month: {
      now: { from: first, to: tomorrow },
      // The 31st has no same day in a shorter month before: then that whole month it is.
      before: { from: firstBefore, to: dayIn(zone, sameTimeLastMonth) >= first ? first : sameTimeLastMonth.toISOString() },
    },
  };
}
