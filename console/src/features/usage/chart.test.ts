import { describe, expect, it } from 'vitest';
import type { OwnUsageLine } from '@/lib/ownUsage';
import { stackOf } from './chart';

const line = (day: string, model: string, cost: string, currency: 'USD' | 'CNY' = 'USD') => ({ day, model, cost, currency, total_tokens: 10, requests: 1 }) as OwnUsageLine;
const days = ['2026-11-01', '2026-11-02', '2026-11-03'];

describe('usage as bars', () => {
  it('has a bar for each day, with nothing where nothing was used', () => {
    expect(stackOf([line('2026-11-01', 'a', '1'), line('2026-11-03', 'a', '2')], days, 'cost', 'USD', 'other').series).toEqual([{ name: 'a', values: [1, 0, 2] }]);
  });

  it('never adds up two currencies', () => {
    const lines = [line('2026-11-01', 'a', '1'), line('2026-11-01', 'a', '7', 'CNY')];
    expect(stackOf(lines, days, 'cost', 'CNY', 'other').series).toEqual([{ name: 'a', values: [7, 0, 0] }]);
    expect(stackOf(lines, days, 'tokens', null, 'other').series).toEqual([{ name: 'a', values: [20, 0, 0] }]);
  });

  it('draws the largest models and the rest as one', () => {
    const lines = Array.from({ length: 12 }, (_, index) => line('2026-11-01', `m${index}`, String(index + 1)));
    const { series } = stackOf(lines, days, 'cost', 'USD', 'other');
    expect(series.map((one) => one.name)).toEqual(['m11', 'm10', 'm9', 'm8', 'm7', 'm6', 'm5', 'other']);
    expect(series.at(-1)?.values[0]).toBe(1 + 2 + 3 + 4 + 5);
  });
});
