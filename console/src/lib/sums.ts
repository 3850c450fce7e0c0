import type { UsageNumbers } from './usageReport';

/** An exact amount of a currency. */
export interface Money {
  currency: string;
  amount: string;
}

/** Numbers of several currencies together: what counts is added, money stays apart by currency. */
export interface Sums {
  requests: number;
  /** Requests that came to no good end, after all their attempts. */
  failedRequests: number;
  attempts: number;
  completed: number;
  estimated: number;
  unpaid: number;
  input: number;
  output: number;
  tokens: number;
  cost: Money[];
  userCost: Money[];
  estimatedCost: Money[];
  unpaidCost: Money[];
  firstContentMs: number | null;
  durationMs: number | null;
}

type Line = UsageNumbers & { currency: string };

export function sumsOf(lines: Line[]): Sums {
  const add = (pick: (line: Line) => number) => lines.reduce((sum, line) => sum + pick(line), 0);
  const money = (pick: (line: Line) => string): Money[] => {
    const all = lines.map((line) => ({ currency: line.currency, amount: pick(line) }));
    const some = all.filter(({ amount }) => !/^-?0*\.?0*$/.test(amount));
    return some.length > 0 ? some : all.slice(0, 1);
  };
  return {
    requests: add((line) => line.requests),
    failedRequests: add((line) => line.failed_requests),
    attempts: add((line) => line.attempts),
    completed: add((line) => line.completed),
    estimated: add((line) => line.estimated),
    unpaid: add((line) => line.unpaid),
    input: add((line) => line.total_tokens - line.output_tokens - line.reasoning_tokens - line.audio_out_tokens),
    output: add((line) => line.output_tokens + line.reasoning_tokens + line.audio_out_tokens),
    tokens: add((line) => line.total_tokens),
    cost: money((line) => line.cost),
    userCost: money((line) => line.user_cost),
    estimatedCost: money((line) => line.estimated_cost),
    unpaidCost: money((line) => line.unpaid_cost),
    firstContentMs: weighted(lines, (line) => line.average_first_content_ms),
    durationMs: weighted(lines, (line) => line.average_duration_ms),
  };
}

/** The numbers of the period before, of the same lines. */
export function previousOf(lines: (Line & { previous?: UsageNumbers })[]): Line[] {
  return lines.flatMap((line) => (line.previous === undefined ? [] : [{ ...line.previous, currency: line.currency }]));
}

function weighted(lines: Line[], pick: (line: Line) => number | null): number | null {
  let sum = 0;
  let weight = 0;
  for (const line of lines) {
    const value = pick(line);
    if (value !== null && line.attempts > 0) {
      sum += value * line.attempts;
      weight += line.attempts;
    }
  }
  return weight === 0 ? null : sum / weight;
}

/** A share of 1; null where there is nothing to have a share of. */
export function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** By how much of 1 a number has changed; null where there was nothing to compare with. Only for showing. */
export function change(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : (now - before) / before;
}

/** The change of money: only where both are of one and the same currency. */
export function moneyChange(now: Money[], before: Money[]): number | null {
  const [a, b] = [now[0], before[0]];
  return now.length === 1 && before.length === 1 && a !== undefined && b !== undefined && a.currency === b.currency ? change(Number(a.amount), Number(b.amount)) : null;
}
