import { describe, expect, it } from 'vitest';
import { keyTitle, summaryOf, type ProviderKey } from './keyHealth';

function key(state: ProviderKey['health']['state'], status: ProviderKey['status'] = 'enabled', since: string | null = null): ProviderKey {
  return { id: `${state}-${since ?? ''}`, name: '', hint: '0001', status, weight: 1, health: { state, reason_code: null, reason: null, since, until: null }, last_used_at: null };
}

describe('keys at a glance', () => {
  it.each([
    ['none', []],
    ['none', [key('refused', 'disabled')]],
    ['healthy', [key('healthy'), key('refused', 'disabled')]],
    ['degraded', [key('healthy'), key('cooling')]],
    ['down', [key('exhausted'), key('refused')]],
  ] as const)('are %s', (verdict, keys) => expect(summaryOf([...keys]).verdict).toBe(verdict));

  it('name what is out the longest first', () => {
    const { out, healthy, inUse } = summaryOf([key('cooling', 'enabled', '2026-02-01'), key('healthy'), key('refused', 'enabled', '2026-01-01')]);
    expect([healthy, inUse]).toEqual([1, 3]);
    expect(out.map(({ health }) => health.state)).toEqual(['refused', 'cooling']);
  });

  it('are called by their name, else by their end', () => {
    expect(keyTitle({ name: 'main', hint: '0001' })).toBe('main');
    expect(keyTitle({ name: '', hint: '0001' })).toBe('…0001');
  });
});
