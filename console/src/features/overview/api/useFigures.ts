import { sumsOf, type Sums } from '@/lib/sums';
import { useUsageReport, type UsageQuestion } from '@/lib/usageReport';
import type { Comparison } from '../periods';

export interface Figures {
  now: Sums | undefined;
  before: Sums | undefined;
  error: unknown;
  retry: () => void;
}

/** The sums of a running period and of the one before. */
export function useFigures(period: Comparison, tz: string, currency: NonNullable<UsageQuestion['currency']>): Figures {
  const common = { tz, currency, group_by: 'provider', limit: 1 };
  const now = useUsageReport({ ...period.now, ...common });
  const before = useUsageReport({ ...period.before, ...common });
  return {
    now: now.data === undefined ? undefined : sumsOf(now.data.totals),
    before: before.data === undefined ? undefined : sumsOf(before.data.totals),
    error: now.error ?? before.error,
    retry: () => {
      void now.refetch();
      void before.refetch();
    },
  };
}
