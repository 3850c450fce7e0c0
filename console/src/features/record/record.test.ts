import { describe, expect, it } from 'vitest';
import { exportPath, hiddenFilters, questionOf } from './question';
import { validateCallSearch } from './search';
import { timelineOf } from './timeline';

describe('filters of the call log', () => {
  it('keep every filter of the API', () => {
    const search = { model: 'm', provider: 'p', user_id: 'u', team_id: 't', caller_key_id: 'k', provider_key_id: 'pk', request_id: 'r', error_code: 'e', outcome: 'failed,truncated', billing: 'exact', status: '429', min_cost: '0.05', range: '7d' };
    expect(validateCallSearch(search)).toEqual({ ...search, status: 429 });
  });

  it('drop what the API would refuse', () => {
    expect(validateCallSearch({ outcome: 'fine,', billing: 'x', status: 7, min_cost: '-1', page: 3 })).toEqual({});
  });

  it('become the question and the file of the same', () => {
    const question = questionOf({ status: 429, tz: 'UTC', range: 'today' }, new Date('2026-11-24T10:00:00Z'));
    expect(question).toEqual({ status: 429, from: '2026-11-24', to: '2026-11-25', tz: 'UTC' });
    expect(exportPath(question)).toBe('/api/v1/usage/records?status=429&from=2026-11-24&to=2026-11-25&tz=UTC&format=csv');
    expect(exportPath(questionOf({ outcome: 'failed,rejected', tz: 'UTC', from: '2026-11-24', to: '2026-11-24' }))).toContain('?outcome=failed%2Crejected&');
  });

  it('are counted where they are out of view', () => {
    expect(hiddenFilters({ model: 'm', status: 429, min_cost: '1' })).toBe(2);
  });
});

describe('the times of a call', () => {
  it('are counted from its start', () => {
    expect(timelineOf({ started_at: '2026-11-24T10:00:00.100Z', first_content_ms: 400, duration_ms: 2500 })).toEqual([
      { step: 'received', at: '2026-11-24T10:00:00.100Z', after: 0 },
      { step: 'firstContent', at: '2026-11-24T10:00:00.500Z', after: 400 },
      { step: 'ended', at: '2026-11-24T10:00:02.600Z', after: 2500 },
    ]);
  });

  it('have no first token where no content came', () => {
    expect(timelineOf({ started_at: '2026-11-24T10:00:00Z', first_content_ms: null, duration_ms: 1 }).map(({ step }) => step)).toEqual(['received', 'ended']);
  });
});
