import dayjs from 'dayjs';

/** The time zone of the browser: days of the pages begin where the person's days begin. */
export const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Today, as the API writes dates. */
export function today(): string {
  return dayjs().format('YYYY-MM-DD');
}

export function tomorrow(): string {
  return dayjs().add(1, 'day').format('YYYY-MM-DD');
}

export function firstOfMonth(): string {
  return dayjs().startOf('month').format('YYYY-MM-DD');
}
