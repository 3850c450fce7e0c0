import { describe, expect, it } from 'vitest';
import { isLongEnough, randomPassword } from './password';

describe('passwords', () => {
  it('are measured in bytes', () => {
    expect(isLongEnough('12345678901')).toBe(false);
    expect(isLongEnough('123456789012')).toBe(true);
    expect(isLongEnough('四个汉字')).toBe(true);
    expect(isLongEnough('x'.repeat(1025))).toBe(false);
    expect(isLongEnough(undefined)).toBe(false);
  });

  it('of chance are long enough and never the same', () => {
    expect(isLongEnough(randomPassword())).toBe(true);
    expect(randomPassword()).not.toBe(randomPassword());
  });
});
