import { describe, expect, it } from 'vitest';
import { branchTo, missingOf, newestLeaf, siblingsOf } from './branch';

const message = (id: string, parent_id: string | null, minute: number) => ({ id, parent_id, created_at: `2026-01-01T00:0${minute}:00Z` });
const question = message('q', null, 0);
const answer = message('a', 'q', 1);
const other = message('b', 'q', 2);
const more = message('c', 'b', 3);
const all = [question, answer, other, more];

describe('the tree of a conversation', () => {
  it('gives the branch that ends at a message', () => {
    expect(branchTo(all, 'a').map(({ id }) => id)).toEqual(['q', 'a']);
    expect(branchTo(all, 'c').map(({ id }) => id)).toEqual(['q', 'b', 'c']);
    expect(branchTo(all, null)).toEqual([]);
  });

  it('finds the other versions of a message, the oldest first', () => {
    expect(siblingsOf(all, other).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('follows a version to the end of its branch', () => {
    expect(newestLeaf(all, other).id).toBe('c');
    expect(newestLeaf(all, answer).id).toBe('a');
  });

  it('knows which message was written after it was loaded', () => {
    expect(missingOf([question], ['q', null, undefined, 'a', 'c'])).toBe('a');
    expect(missingOf(all, ['a', null, 'c'])).toBeUndefined();
  });

  it('does not loop when a tree is broken', () => {
    expect(branchTo([message('x', 'y', 0), message('y', 'x', 1)], 'x').length).toBeLessThanOrEqual(3);
  });
});
