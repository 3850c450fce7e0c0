import type { UsageReport } from '@/lib/usageReport';
import { addDays } from '@/lib/zone';

export interface Point {
  label: string;
  cost: number;
  requests: number;
  failed: number;
}

const HOUR = 3_600_000;

/** Every hour or day of a report, those without a call too: a gap in a chart must look like one. */
export function pointsOf(report: UsageReport, step: 'hour' | 'day', currency: string, tz: string, locale: string): Point[] {
  const found = new Map<string, Omit<Point, 'label'>>();
  for (const line of report.data) {
    const at = step === 'day' ? (line.day ?? '') : new Date(line.hour ?? 0).toISOString();
    const point = found.get(at) ?? { cost: 0, requests: 0, failed: 0 };
    found.set(at, {
      cost: point.cost + (line.currency === currency ? Number(line.cost) : 0), // a length in a picture, no sum to be paid
      requests: point.requests + line.requests,
      failed: point.failed + line.failed_requests,
    });
  }
  return slots(report, step, tz).map((at) => ({ label: labelOf(at, step, tz, locale), ...(found.get(at) ?? { cost: 0, requests: 0, failed: 0 }) }));
}

function slots(report: UsageReport, step: 'hour' | 'day', tz: string): string[] {
  const all: string[] = [];
  const end = Math.min(Date.parse(report.to), Date.now());
  if (step === 'hour') {
    for (let at = Math.floor(Date.parse(report.from) / HOUR) * HOUR; at < end; at += HOUR) {
      all.push(new Date(at).toISOString());
    }
    return all;
  }
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: tz });
  const last = day.format(new Date(end - 1));
  for (let at = day.format(new Date(report.from)); at <= last; at = addDays(at, 1)) {
    all.push(at);
  }
  return all;
}

function labelOf(at: string, step: 'hour' | 'day', tz: string, locale: string): string {
  return step === 'hour'
    ? new Intl.DateTimeFormat(locale, { timeZone: tz, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
    : new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'numeric', day: 'numeric' }).format(new Date(`${at}T00:00:00Z`));
}
