import { describe, expect, it } from 'vitest';
import { daysOf, rangeParams, resolveRange } from './range';

describe('a range in the address', () => {
  it('keeps a named one, and lets it win over days', () => {
    expect(rangeParams({ range: '7d', from: '2026-01-01', to: '2026-01-02' })).toEqual({ range: '7d' });
  });

  it('keeps two days in their order and a zone', () => {
    expect(rangeParams({ from: '2026-01-01', to: '2026-02-01', tz: 'Asia/Shanghai' })).toEqual({ from: '2026-01-01', to: '2026-02-01', tz: 'Asia/Shanghai' });
  });

  it('keeps two moments in their order', () => {
    const hour = { from: '2026-01-01T10:00:00.000Z', to: '2026-01-01T11:00:00.000Z' };
    expect(rangeParams(hour)).toEqual(hour);
    expect(rangeParams({ from: hour.to, to: hour.from })).toEqual({});
  });

  it.each([
    { from: '2026-02-01', to: '2026-01-01' },
    { from: '2026-01-01', to: '2026-01-02T00:00:00Z' },
    { from: '2026-01-01' },
    { from: '2026-99-01', to: '2026-01-01' },
    { from: "1' or 1", to: '2026-01-01' },
    { tz: 'Mars/Olympus' },
    { range: 'century' },
    {},
  ])('drops %o', (raw) => {
    expect(rangeParams(raw)).toEqual({});
  });
});

describe('named ranges', () => {
  it.each([
    ['today', '2026-03-01', '2026-03-02'],
    ['yesterday', '2026-02-28', '2026-03-01'],
    ['7d', '2026-02-23', '2026-03-02'],
    ['month', '2026-03-01', '2026-03-02'],
    ['last_month', '2026-02-01', '2026-03-01'],
  ] as const)('%s is from %s to before %s', (preset, from, to) => {
    expect(daysOf(preset, '2026-03-01')).toEqual({ from, to });
  });

  it('begin where the zone begins the day', () => {
    const now = new Date('2026-11-24T17:00:00Z');
    expect(resolveRange({ range: 'today', tz: 'Asia/Shanghai' }, '7d', now)).toMatchObject({ from: '2026-11-25', to: '2026-11-26' });
    expect(resolveRange({ tz: 'UTC' }, 'today', now)).toMatchObject({ from: '2026-11-24', to: '2026-11-25', preset: 'today' });
  });
});
