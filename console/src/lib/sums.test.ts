import { describe, expect, it } from 'vitest';
import { change, moneyChange, previousOf, share, sumsOf } from './sums';
import type { UsageNumbers } from './usageReport';

function line(given: Partial<UsageNumbers> & { currency: string }): UsageNumbers & { currency: 'USD' | 'CNY' } {
  const zero = Object.fromEntries(
    ['requests', 'failed_requests', 'attempts', 'completed', 'estimated', 'unknown', 'unpaid', 'total_tokens', 'output_tokens', 'reasoning_tokens', 'audio_out_tokens'].map((name) => [name, 0]),
  );
  return { ...zero, cost: '0', user_cost: '0', estimated_cost: '0', unpaid_cost: '0', average_first_content_ms: null, average_duration_ms: null, ...given } as never;
}

describe('sums of lines', () => {
  it('keep money apart by currency and add what is counted', () => {
    const sums = sumsOf([line({ currency: 'USD', cost: '0.1', requests: 2 }), line({ currency: 'CNY', cost: '0.2', requests: 3 })]);
    expect(sums.requests).toBe(5);
    expect(sums.cost).toEqual([
      { currency: 'USD', amount: '0.1' },
      { currency: 'CNY', amount: '0.2' },
    ]);
  });

  it('leave out a currency of nothing, but not all of them', () => {
    expect(sumsOf([line({ currency: 'USD', cost: '0' }), line({ currency: 'CNY', cost: '1' })]).cost).toEqual([{ currency: 'CNY', amount: '1' }]);
    expect(sumsOf([line({ currency: 'USD' })]).cost).toEqual([{ currency: 'USD', amount: '0' }]);
  });

  it('weigh averages by attempts', () => {
    const sums = sumsOf([
      line({ currency: 'USD', attempts: 1, average_duration_ms: 100 }),
      line({ currency: 'CNY', attempts: 3, average_duration_ms: 200 }),
      line({ currency: 'CNY', attempts: 9, average_duration_ms: null }),
    ]);
    expect(sums.durationMs).toBe(175);
    expect(sums.firstContentMs).toBeNull();
  });

  it('know the period before only where there is one', () => {
    const now = line({ currency: 'USD', requests: 2 });
    expect(sumsOf(previousOf([{ ...now, previous: line({ currency: 'USD', requests: 7 }) }, now])).requests).toBe(7);
  });
});

describe('changes', () => {
  it('have no answer where there was nothing before', () => {
    expect(change(3, 0)).toBeNull();
    expect(change(3, 2)).toBe(0.5);
    expect(share(0, 0)).toBeNull();
  });

  it('of money need one currency', () => {
    expect(moneyChange([{ currency: 'USD', amount: '3' }], [{ currency: 'USD', amount: '2' }])).toBe(0.5);
    expect(moneyChange([{ currency: 'USD', amount: '3' }], [{ currency: 'CNY', amount: '2' }])).toBeNull();
  });
});
