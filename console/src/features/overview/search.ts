import { choiceParam, type RawSearch } from '@/lib/search';

export const CURRENCIES = ['USD', 'CNY'] as const;
export const STEPS = ['hour', 'day'] as const;

export interface OverviewSearch {
  currency?: (typeof CURRENCIES)[number];
  /** Whether the chart and the rankings show a day by hours or a month by days. */
  step?: (typeof STEPS)[number];
}

export function validateOverviewSearch(raw: RawSearch): OverviewSearch {
  const currency = choiceParam(raw, 'currency', CURRENCIES);
  const step = choiceParam(raw, 'step', STEPS);
  return { ...(currency === undefined ? {} : { currency }), ...(step === undefined ? {} : { step }) };
}
