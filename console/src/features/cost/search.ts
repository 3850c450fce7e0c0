import { rangeParams, type RangeSearch } from '@/lib/range';
import { choiceParam, textParam, type RawSearch } from '@/lib/search';

export const GROUPS = ['day', 'hour', 'model', 'user', 'team', 'key', 'provider', 'provider_key'] as const;
export type Group = (typeof GROUPS)[number];
export const CURRENCIES = ['USD', 'CNY'] as const;

/** What a report can be narrowed to: the name of the parameter in the address and of the API. */
export const FILTERS = ['model', 'provider', 'user_id', 'team_id', 'caller_key_id', 'provider_key_id'] as const;
export type Filter = (typeof FILTERS)[number];

export interface CostSearch extends RangeSearch, Partial<Record<Filter, string>> {
  by?: Group;
  currency?: (typeof CURRENCIES)[number];
}

export function validateCostSearch(raw: RawSearch): CostSearch {
  const by = choiceParam(raw, 'by', GROUPS);
  const currency = choiceParam(raw, 'currency', CURRENCIES);
  const filters: Partial<Record<Filter, string>> = {};
  for (const name of FILTERS) {
    const value = textParam(raw, name);
    if (value !== undefined) {
      filters[name] = value;
    }
  }
  return { ...rangeParams(raw), ...filters, ...(by === undefined ? {} : { by }), ...(currency === undefined ? {} : { currency }) };
}
