import { describe, expect, it } from 'vitest';
import { comparisons } from './periods';

describe('what a running period is compared with', () => {
  it('is yesterday until the same time', () => {
    const { today } = comparisons('UTC', new Date('2026-11-24T10:30:00Z'));
    expect(today).toEqual({ now: { from: '2026-11-24', to: '2026-11-25' }, before: { from: '2026-11-23', to: '2026-11-23T10:30:00.000Z' } });
  });

  it('begins the day where the zone begins it', () => {
    expect(comparisons('Asia/Shanghai', new Date('2026-11-24T17:00:00Z')).today.now).toEqual({ from: '2026-11-25', to: '2026-11-26' });
  });

  it('is last month until the same day and time', () => {
    const { month } = comparisons('UTC', new Date('2026-11-24T10:30:00Z'));
    expect(month).toEqual({ now: { from: '2026-11-01', to: '2026-11-25' }, before: { from: '2026-10-01', to: '2026-10-24T10:30:00.000Z' } });
  });

  it('is the whole of a shorter month at the end of a longer one', () => {
    const { month } = comparisons('UTC', new Date('2026-03-31T10:30:00Z'));
    expect(month.before).toEqual({ from: '2026-02-01', to: '2026-03-01' });
  });

  it('crosses the turn of the year', () => {
    expect(comparisons('UTC', new Date('2026-01-15T00:00:00Z')).month.before.from).toBe('2025-12-01');
  });
});
