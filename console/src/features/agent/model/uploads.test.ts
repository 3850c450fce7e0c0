import { describe, expect, it } from 'vitest';
import { areReady, kindOf, taken, type Upload } from './uploads';

const file = (name: string, size = 1, type = '') => ({ name, size, type }) as File;
const waiting = (type: string): Upload => ({ key: 'k', file: file('f', 1, type), progress: 0, attachment: null, error: null });

const LIMITS = { file_bytes: 2048, user_bytes: 1 << 30, message_files: 10 };

describe('files of a message', () => {
  it('are ten at most, with those that are there', () => {
    const many = Array.from({ length: 12 }, (_, index) => file(`${index}`));
    expect(taken(many, 0, LIMITS)).toMatchObject({ files: many.slice(0, 10), refusal: 'count' });
    expect(taken(many, 9, LIMITS).files).toHaveLength(1);
    expect(taken([file('a')], 9, LIMITS)).toMatchObject({ refusal: null });
  });

  it('leave out what is too large and say so', () => {
    const small = file('small');
    expect(taken([file('large', 2049), small, file('just', 2048)], 0, LIMITS)).toMatchObject({ files: [{ name: 'small' }, { name: 'just' }], refusal: 'size' });
    expect(taken([file('large', 1 << 30)], 0, undefined).refusal).toBeNull();
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
