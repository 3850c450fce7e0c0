import { describe, expect, it } from 'vitest';
import { unseenOf } from './branch';

const branch = [{ id: 'q' }, { id: 'a' }, { id: 'r' }];
const run = (message_id: string, answer_id: string | null) => ({ message_id, answer_id });

describe('what was written after a branch was loaded', () => {
  it('is the end of the conversation, where that is another', () => {
    expect(unseenOf(branch, 'b', [])).toBe('b');
    expect(unseenOf([], 'b', [])).toBe('b');
    expect(unseenOf(branch, 'r', [])).toBeUndefined();
  });

  it('is the answer to the last question', () => {
    expect(unseenOf(branch, 'r', [run('r', 'b'), run('q', 'a')])).toBe('b');
    expect(unseenOf(branch, undefined, [run('r', 'b')])).toBe('b');
    expect(unseenOf(branch, 'r', [run('r', null)])).toBeUndefined();
  });

  it('is nothing that was written in other branches', () => {
    expect(unseenOf(branch, 'r', [run('q', 'other'), run('q', 'a')])).toBeUndefined();
    expect(unseenOf([], null, [run('q', 'a')])).toBeUndefined();
  });
});
