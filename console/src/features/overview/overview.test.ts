import { describe, expect, it } from 'vitest';
import { nearEnd, usedShare, type Budget } from './api/useBudgetsNearEnd';
import { keysOut } from './api/useKeysOut';
import { pointsOf } from './trend';

function budget(name: string, remaining: string, given: Partial<Budget> = {}): Budget {
  return { name, status: 'enabled', warn_percent: null, window: { limit: '100', remaining }, ...given } as Budget;
}

describe('budgets near their end', () => {
  it('are those over their own threshold, the fullest first', () => {
    const found = nearEnd([budget('half', '50'), budget('nearly', '15'), budget('early', '60', { warn_percent: 30 }), budget('gone', '0'), budget('off', '0', { status: 'disabled' })]);
    expect(found.map(({ name }) => name)).toEqual(['gone', 'nearly', 'early']);
  });

  it('are full when the limit is nothing', () => {
    expect(usedShare({ window: { limit: '0', remaining: '0' } as Budget['window'] })).toBe(1);
  });
});

describe('keys that are out', () => {
  it('are enabled ones of enabled models that are not healthy', () => {
    const key = (id: string, status: string, state: string) => ({ id, status, health: { state } });
    const model = (status: string, ...keys: object[]) => ({ id: 'm', model_id: 'm', status, api_keys: keys });
    const models = [model('enabled', key('a', 'enabled', 'healthy'), key('b', 'enabled', 'cooling'), key('c', 'disabled', 'refused')), model('disabled', key('d', 'enabled', 'refused'))];
    expect(keysOut(models as never).map((out) => out.key.id)).toEqual(['b']);
  });
});

describe('points of a chart', () => {
  it('stand also where nothing was called', () => {
    const report = {
      from: '2026-03-01T00:00:00Z',
      to: '2026-03-04T00:00:00Z',
      data: [
        { day: '2026-03-01', currency: 'USD', cost: '1.5', requests: 2, failed_requests: 1 },
        { day: '2026-03-03', currency: 'CNY', cost: '9', requests: 1, failed_requests: 0 },
      ],
    };
    expect(pointsOf(report as never, 'day', 'USD', 'UTC', 'en-US')).toEqual([
      { label: '3/1', cost: 1.5, requests: 2, failed: 1 },
      { label: '3/2', cost: 0, requests: 0, failed: 0 },
      { label: '3/3', cost: 0, requests: 1, failed: 0 },
    ]);
  });
});
