import { describe, expect, it } from 'vitest';
import { areReady, kindOf, MOST_BYTES, taken, type Upload } from './uploads';

const file = (name: string, size = 1, type = '') => ({ name, size, type }) as File;
const waiting = (type: string): Upload => ({ key: 'k', file: file('f', 1, type), progress: 0, attachment: null, error: null });

describe('files of a message', () => {
  it('are ten at most, with those that are there', () => {
    const many = Array.from({ length: 12 }, (_, index) => file(`${index}`));
    expect(taken(many, 0)).toMatchObject({ files: many.slice(0, 10), refusal: 'count' });
    expect(taken(many, 9).files).toHaveLength(1);
    expect(taken([file('a')], 9)).toMatchObject({ refusal: null });
  });

  it('leave out what is too large and say so', () => {
    const small = file('small');
    expect(taken([file('large', MOST_BYTES + 1), small], 0)).toEqual({ files: [small], refusal: 'size' });
  });

  it('look like what the browser thinks until the server has read them', () => {
    expect(kindOf(waiting('image/png'))).toBe('image');
    expect(kindOf(waiting('application/pdf'))).toBe('pdf');
    expect(kindOf({ ...waiting('image/png'), attachment: { kind: 'text' } as never })).toBe('text');
  });

  it('hold a message back until they are there', () => {
    expect(areReady([])).toBe(true);
    expect(areReady([waiting('')])).toBe(false);
  });
});
