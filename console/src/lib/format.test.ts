import { describe, expect, it } from 'vitest';
import { formatMoney } from './format';

describe('formatMoney', () => {
  it.each([
    ['0', 'USD', '$0.00'],
    ['12.5', 'USD', '$12.50'],
    ['1234567.891', 'CNY', '¥1,234,567.89'],
    ['0.00123', 'USD', '$0.00123'],
    ['0.0456789', 'USD', '$0.0457'],
    ['0.000000012', 'USD', '<$0.000001'],
    ['0.999999', 'USD', '$1.00'],
    ['0.28', 'USD', '$0.28'],
    ['-3.005', 'USD', '−$3.01'],
    ['7', 'EUR', '7.00 EUR'],
  ])('shows %s %s as %s', (amount, currency, shown) => {
    expect(formatMoney(amount, currency)).toBe(shown);
  });

  it('shows what is not known as a dash', () => {
    expect(formatMoney(null, 'USD')).toBe('–');
  });
});
