import { describe, expect, it } from 'vitest';
import { nearEnd, type Budget } from './api/useBudgetsNearEnd';
import { keysOut } from './api/useKeysOut';
import { pointsOf } from './trend';

function budget(name: string, spent: string, given: Partial<Budget> = {}): Budget {
  return { name, status: 'enabled', warn_percent: null, window: { limit: '100', spent, reserved: '40' }, ...given } as Budget;
}

describe('budgets near their end', () => {
  it('are those over their own threshold, the fullest first', () => {
    const found = nearEnd([budget('half', '50'), budget('nearly', '85'), budget('early', '40', { warn_percent: 30 }), budget('gone', '100'), budget('off', '100', { status: 'disabled' })]);
    expect(found.map(({ name }) => name)).toEqual(['gone', 'nearly', 'early']);
  });

  it('are full when the limit is nothing', () => {
    expect(nearEnd([budget('nothing', '0', { window: { limit: '0', spent: '0', reserved: '0' } as Budget['window'] })])).toHaveLength(1);
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
