import { choiceParam, textParam, type RawSearch } from '@/lib/search';

export const OUTCOMES = ['completed', 'client_gone', 'failed', 'truncated', 'rejected', 'not_sent', 'interrupted'] as const;
export const BILLINGS = ['exact', 'estimated', 'unknown', 'none'] as const;
export const METRICS = ['cost', 'tokens', 'calls'] as const;
export type Metric = (typeof METRICS)[number];

export interface UsageSearch {
  /** Dates of the browser's time zone; from is inclusive, to as well. */
  from?: string;
  to?: string;
  by?: 'day' | 'hour';
  metric?: Metric;
  model?: string;
  key?: string;
  outcome?: (typeof OUTCOMES)[number];
  billing?: (typeof BILLINGS)[number];
  /** Where the shown part of the calls begins. */
  after?: string;
  /** The call whose details are open. */
  record?: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function validateUsageSearch(raw: RawSearch): UsageSearch {
  const matching = (name: string, form: RegExp) => {
    const value = textParam(raw, name);
    return value !== undefined && form.test(value) ? value : undefined;
  };
  const search = {
    from: matching('from', DATE),
    to: matching('to', DATE),
    by: choiceParam(raw, 'by', ['day', 'hour'] as const),
    metric: choiceParam(raw, 'metric', METRICS),
    model: textParam(raw, 'model'),
    key: matching('key', ID),
    outcome: choiceParam(raw, 'outcome', OUTCOMES),
    billing: choiceParam(raw, 'billing', BILLINGS),
    after: matching('after', ID),
    record: matching('record', ID),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
