import { useFormat } from '@/lib/format';
import type { Money } from '@/lib/sums';

/** Money, of each currency by itself: amounts of different ones are never added. */
export function Amounts({ of }: { of: Money[] }) {
  const { money } = useFormat();
  return <span className="numbers">{of.length === 0 ? '–' : of.map(({ amount, currency }) => money(amount, currency)).join(' + ')}</span>;
}
