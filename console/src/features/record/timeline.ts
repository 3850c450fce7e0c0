import type { UsageRecord } from './api/records';

export interface Moment {
  step: 'received' | 'firstContent' | 'ended';
  at: string;
  /** Milliseconds after the start. */
  after: number;
}

/** What happened when. */
export function timelineOf({ started_at, first_content_ms, duration_ms }: Pick<UsageRecord, 'started_at' | 'first_content_ms' | 'duration_ms'>): Moment[] {
  const moment = (step: Moment['step'], after: number): Moment => ({ step, at: after === 0 ? started_at : new Date(Date.parse(started_at) + after).toISOString(), after });
  return [moment('received', 0), ...(first_content_ms === null ? [] : [moment('firstContent', first_content_ms)]), moment('ended', duration_ms)];
}
