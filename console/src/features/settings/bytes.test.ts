import { describe, expect, it } from 'vitest';
import { bytesText } from './bytes';

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 kB'],
    [1536, '1.5 kB'],
    [64 * 1024 * 1024, '64 MB'],
    [5 * 1024 ** 4 * 1024, '5120 TB'],
  ])('of %d bytes read %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});
