import { describe, expect, it } from 'vitest';
import { sharesOf } from '@/components/BudgetUse';
import { isAmount } from './amount';
import { validateBudgetSearch } from './search';

describe('amounts of budgets', () => {
  it.each(['1', '0.000000001', '1000000000', ' 12.50 '])('take %s as money', (text) => {
    expect(isAmount(text, 'USD')).toBe(true);
  });

  it.each(['0', '0.00', '-1', '1e3', '1,000', '0.0000000001', '', undefined])('refuse %s as money', (text) => {
    expect(isAmount(text, 'CNY')).toBe(false);
  });

  it('take only whole tokens', () => {
    expect(isAmount('1000', 'tokens')).toBe(true);
    expect(isAmount('1.5', 'tokens')).toBe(false);
  });
});

describe('shares of a window', () => {
  const window = (limit: string, spent: string, reserved: string) => ({ window: { limit, spent, reserved } as never });

  it('never pass the end of the bar', () => {
    expect(sharesOf(window('10', '8', '5'))).toEqual({ spent: 80, reserved: 20 });
    expect(sharesOf(window('10', '12', '1'))).toEqual({ spent: 100, reserved: 0 });
  });

  it('fill the bar of a limit of nothing', () => {
    expect(sharesOf(window('0', '0', '0'))).toEqual({ spent: 100, reserved: 0 });
  });
});

describe('filters in the address', () => {
  it('keep a subject only with its kind', () => {
    expect(validateBudgetSearch({ scope: 'team', subject_id: 'x' })).toEqual({ scope: 'team', subject_id: 'x' });
    expect(validateBudgetSearch({ subject_id: 'x' })).toEqual({});
    expect(validateBudgetSearch({ scope: 'organisation', subject_id: 'x', status: 'odd', page: 1 })).toEqual({ scope: 'organisation' });
  });
});
