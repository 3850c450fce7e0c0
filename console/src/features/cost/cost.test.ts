import { describe, expect, it } from 'vitest';
import type { UsageLine } from '@/lib/usageReport';
import { deeper, subjectOf } from './drill';
import { exportPath, questionOf } from './question';
import { validateCostSearch } from './search';

const now = new Date('2026-11-24T10:00:00Z');

describe('what a report asks for', () => {
  it('is thirty days by day, compared, when the address says nothing', () => {
    expect(questionOf({ tz: 'UTC' }, now)).toEqual({ from: '2026-10-26', to: '2026-11-25', tz: 'UTC', group_by: 'day', currency: 'USD', compare: 'previous' });
  });

  it('is the dearest first where it is not by time', () => {
    expect(questionOf({ by: 'model', tz: 'UTC', team_id: 't' }, now)).toMatchObject({ order: 'cost', team_id: 't' });
  });

  it('has all lines in a file', () => {
    const path = exportPath(questionOf({ by: 'user', tz: 'Asia/Shanghai', model: 'a&b' }, now), 'csv');
    expect(path).toContain('model=a%26b');
    expect(path).toContain('format=csv');
    expect(path).not.toContain('limit=');
  });
});

describe('drilling down', () => {
  it('goes from a day to its hours, and from an hour to its models', () => {
    expect(deeper({ day: '2026-02-28' } as UsageLine, 'day')).toMatchObject({ from: '2026-02-28', to: '2026-03-01', by: 'hour' });
    expect(deeper({ hour: '2026-02-28T23:00:00Z' } as UsageLine, 'hour')).toMatchObject({ from: '2026-02-28T23:00:00.000Z', to: '2026-03-01T00:00:00.000Z', by: 'model' });
  });

  it('narrows to what was clicked, also when its name is gone', () => {
    expect(deeper({ user_id: 'u', username: null } as UsageLine, 'user')).toEqual({ user_id: 'u', by: 'model' });
    expect(subjectOf({ provider_key_id: 'k', provider_key_hint: 'ab12' } as UsageLine, 'provider_key')).toEqual({ id: 'k', name: '…ab12' });
  });

  it('stops where there is nothing to narrow to', () => {
    expect(deeper({ caller_key_id: null } as UsageLine, 'key')).toBeNull();
  });
});

describe('the address of a report', () => {
  it('keeps what the API knows and drops the rest', () => {
    expect(validateCostSearch({ by: 'team', currency: 'CNY', user_id: 'u', range: '7d', order: 'x', by2: 1 })).toEqual({ by: 'team', currency: 'CNY', user_id: 'u', range: '7d' });
    expect(validateCostSearch({ by: 'planet', currency: 'EUR' })).toEqual({});
  });
});
