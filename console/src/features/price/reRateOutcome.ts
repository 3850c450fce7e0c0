import type { Control } from '@/lib/api';
import { addDecimals } from '@/lib/decimal';

export type ChargeDifference = Control['ChargeDifference'];

/** What a re-rating changed, or would change, over all its parts. */
export interface ReRateOutcome {
  records: number;
  changed: number;
  totals: ChargeDifference[];
  byUser: { user_id: string; difference: ChargeDifference }[];
}

export const EMPTY_OUTCOME: ReRateOutcome = { records: 0, changed: 0, totals: [], byUser: [] };

export function added(outcome: ReRateOutcome, part: Pick<Control['ReRating'], 'records' | 'changed' | 'totals' | 'by_user'>): ReRateOutcome {
  return {
    records: outcome.records + part.records,
    changed: outcome.changed + part.changed,
    totals: merged([...outcome.totals, ...part.totals], currencies, sum),
    byUser: merged(
      [...outcome.byUser, ...part.by_user],
      (line) => `${line.user_id} ${currencies(line.difference)}`,
      (a, b) => ({ user_id: a.user_id, difference: sum(a.difference, b.difference) }),
    ).sort((a, b) => b.difference.records - a.difference.records),
  };
}

function currencies({ currency_before, currency_after }: ChargeDifference): string {
  return `${currency_before} ${currency_after}`;
}

function merged<T>(lines: T[], key: (line: T) => string, add: (a: T, b: T) => T): T[] {
  const sums = new Map<string, T>();
  for (const line of lines) {
    const before = sums.get(key(line));
    sums.set(key(line), before === undefined ? line : add(before, line));
  }
  return [...sums.values()];
}

function sum(a: ChargeDifference, b: ChargeDifference): ChargeDifference {
  return {
    currency_before: a.currency_before,
    currency_after: a.currency_after,
    records: a.records + b.records,
    cost_before: addDecimals(a.cost_before, b.cost_before),
    cost_after: addDecimals(a.cost_after, b.cost_after),
    user_cost_before: addDecimals(a.user_cost_before, b.user_cost_before),
    user_cost_after: addDecimals(a.user_cost_after, b.user_cost_after),
  };
}
