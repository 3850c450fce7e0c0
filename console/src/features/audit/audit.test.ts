import { describe, expect, it } from 'vitest';
import { questionOf } from './api/auditLogs';
import { differenceOf } from './difference';
import { validateAuditSearch } from './search';

describe('the difference of two states', () => {
  it('names each field that changed, those first', () => {
    expect(differenceOf({ name: 'a', price: { input: '1' } }, { name: 'a', price: { input: '2' } })).toEqual([
      { path: 'price.input', before: '1', after: '2', changed: true },
      { path: 'name', before: 'a', after: 'a', changed: false },
    ]);
  });

  it('has one side only for what was made or deleted', () => {
    expect(differenceOf(null, { name: 'a' })).toEqual([{ path: 'name', before: null, after: 'a', changed: true }]);
    expect(differenceOf({ keys: [{ id: 1 }] }, null)).toEqual([{ path: 'keys.0.id', before: '1', after: null, changed: true }]);
    expect(differenceOf(null, null)).toEqual([]);
  });

  it('tells null from absent and from empty', () => {
    expect(differenceOf({ a: null, b: [] }, { a: '', b: [1] })).toEqual([
      { path: 'a', before: 'null', after: '', changed: true },
      { path: 'b.0', before: null, after: '1', changed: true },
      { path: 'b', before: '[]', after: null, changed: true },
    ]);
  });
});

describe('what the audit log is asked', () => {
  it('has moments in place of days', () => {
    const search = validateAuditSearch({ range: 'today', tz: 'Asia/Shanghai', actor: 'admin', outcome: 'refused', page: 2 });
    expect(questionOf(search, new Date('2026-11-24T10:00:00Z'))).toEqual({ actor: 'admin', outcome: 'refused', from: '2026-11-23T16:00:00.000Z', to: '2026-11-24T16:00:00.000Z' });
  });
});
