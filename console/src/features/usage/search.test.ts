import { describe, expect, it } from 'vitest';
import { validateUsageSearch } from './search';

const id = '01900000-0000-7000-8000-000000000000';

describe('the address of the usage page', () => {
  it('keeps what it knows', () => {
    const search = { from: '2026-11-01', to: '2026-11-30', by: 'hour', metric: 'tokens', model: 'a', key: id, outcome: 'failed', billing: 'estimated', after: id, record: id };
    expect(validateUsageSearch(search)).toEqual(search);
  });

  it.each([{ from: 'yesterday' }, { to: '2026-13-45' }, { key: "' or 1=1" }, { outcome: 'great' }, { by: 'year' }, { record: '../..' }, { other: 'x' }])('drops %j', (raw) => expect(validateUsageSearch(raw)).toEqual({}));
});
