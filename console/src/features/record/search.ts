import { choiceParam, textParam, type RawSearch } from '@/lib/search';
import { BILLINGS, outcomesParam } from '@/lib/outcomes';
import { rangeParams, type RangeSearch } from '@/lib/range';

/** Filters that are a text of the API. */
export const TEXTS = ['model', 'provider', 'user_id', 'team_id', 'caller_key_id', 'provider_key_id', 'request_id', 'error_code'] as const;

export interface CallSearch extends RangeSearch, Partial<Record<(typeof TEXTS)[number], string>> {
  /** Some, with commas between them. */
  outcome?: string;
  billing?: (typeof BILLINGS)[number];
  status?: number;
  min_cost?: string;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The filters of the log that somebody came from. */
    calls?: CallSearch;
  }
}

export function validateCallSearch(raw: RawSearch): CallSearch {
  const found: CallSearch = rangeParams(raw);
  for (const name of TEXTS) {
    const value = textParam(raw, name);
    if (value !== undefined) {
      found[name] = value;
    }
  }
  const outcome = outcomesParam(raw);
  const billing = choiceParam(raw, 'billing', BILLINGS);
  const status = Number(raw['status']);
  const least = textParam(raw, 'min_cost');
  return {
    ...found,
    ...(outcome === undefined ? {} : { outcome }),
    ...(billing === undefined ? {} : { billing }),
    ...(Number.isInteger(status) && status >= 100 && status <= 599 ? { status } : {}),
    ...(least !== undefined && /^\d+(\.\d{1,9})?$/.test(least) ? { min_cost: least } : {}),
  };
}
