import { describe, expect, it } from 'vitest';
import { lostSince, type UsageLoss } from './usageLosses';

const loss = (lost: number, found_at: string): UsageLoss => ({ node_id: '019a0000-0000-7000-8000-000000000001', node_name: 'one', lost, found_at });

describe('what a report lacks', () => {
  const losses = [loss(3, '2026-11-20T10:00:00Z'), loss(4, '2026-11-10T10:00:00Z')];

  it('is what was found missing after its beginning', () => {
    expect(lostSince(losses, '2026-11-01T00:00:00Z', 'UTC')).toBe(7);
    expect(lostSince(losses, '2026-11-15T00:00:00Z', 'UTC')).toBe(3);
    expect(lostSince(losses, '2026-11-20T10:00:00Z', 'UTC')).toBe(0);
    expect(lostSince([], '2026-11-01', 'UTC')).toBe(0);
  });

  it('is told by days of the zone', () => {
    expect(lostSince(losses, '2026-11-20', 'Asia/Shanghai')).toBe(3);
    expect(lostSince(losses, '2026-11-21', 'Asia/Shanghai')).toBe(0);
    expect(lostSince(losses, '2026-11-20', 'Pacific/Pago_Pago')).toBe(0);
  });
});
