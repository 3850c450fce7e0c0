import dayjs from 'dayjs';
import { describe, expect, it } from 'vitest';
import { periodOf } from './period';

const now = dayjs('2026-11-24T15:00:00');

describe('the period that is shown', () => {
  it('is the last thirty days, today included', () => {
    const period = periodOf({}, now);
    expect([period.from, period.to, period.times.length]).toEqual(['2026-10-26', '2026-11-25', 30]);
  });
  it('is what the address says, both days included', () => expect(periodOf({ from: '2026-11-01', to: '2026-11-02' }, now)).toMatchObject({ from: '2026-11-01', to: '2026-11-03', times: ['2026-11-01', '2026-11-02'] }));
  it('can be shown by hours while it is short', () => {
    expect(periodOf({ from: '2026-11-01', to: '2026-11-01', by: 'hour' }, now).times).toHaveLength(24);
    expect(periodOf({ from: '2026-10-01', to: '2026-11-01', by: 'hour' }, now).by).toBe('day');
  });
  it('is a day when it is the wrong way round', () => expect(periodOf({ from: '2026-11-05', to: '2026-11-01' }, now)).toMatchObject({ from: '2026-11-01', to: '2026-11-02' }));
});
