import { expect, it } from 'vitest';
import { addDecimals, subtractDecimals } from './decimal';

it.each([
  ['0.1', '0.2', '0.3'],
  ['9007199254740993', '0.000000001', '9007199254740993.000000001'],
  ['-0.5', '0.25', '-0.25'],
  ['1', '-1', '0'],
  ['-0.0005', '-0.0005', '-0.001'],
])('%s and %s are exactly %s', (a, b, sum) => expect(addDecimals(a, b)).toBe(sum));

it('subtracts exactly', () => {
  expect(subtractDecimals('0.3', '0.1')).toBe('0.2');
  expect(subtractDecimals('0.1', '0.3')).toBe('-0.2');
});
