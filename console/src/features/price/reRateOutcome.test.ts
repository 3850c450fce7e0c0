import { expect, it } from 'vitest';
import { added, EMPTY_OUTCOME, type ChargeDifference } from './reRateOutcome';

function difference(before: string, after: string, records = 1): ChargeDifference {
  return { currency_before: 'USD', currency_after: 'USD', records, cost_before: before, cost_after: after, user_cost_before: before, user_cost_after: after };
}

it('adds the parts of a long re-rating exactly, by currency and by user', () => {
  const first = added(EMPTY_OUTCOME, { records: 10, changed: 2, totals: [difference('0.1', '0.2', 2)], by_user: [{ user_id: 'a', difference: difference('0.1', '0.2', 2) }] });
  const both = added(first, {
    records: 5,
    changed: 4,
    totals: [difference('0.2', '0.1', 4)],
    by_user: [
      { user_id: 'a', difference: difference('0.1', '0.05') },
      { user_id: 'b', difference: difference('0.1', '0.05', 3) },
    ],
  });
  expect(both).toMatchObject({ records: 15, changed: 6, totals: [difference('0.3', '0.3', 6)] });
  expect(both.byUser.map(({ user_id, difference: { records, cost_before } }) => [user_id, records, cost_before])).toEqual([
    ['a', 3, '0.2'],
    ['b', 3, '0.1'],
  ]);
});
