import { BILLINGS, outcomesParam } from '@/lib/outcomes';
import { isDay } from '@/lib/zone';
import { choiceParam, textParam, type RawSearch } from '@/lib/search';

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
  /** Some, with commas between them. */
  outcome?: string;
  billing?: (typeof BILLINGS)[number];
  /** Where the shown part of the calls begins. */
  after?: string;
  /** The call whose details are open. */
  record?: string;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function validateUsageSearch(raw: RawSearch): UsageSearch {
  const matching = (name: string, form: RegExp) => {
    const value = textParam(raw, name);
    return value !== undefined && form.test(value) ? value : undefined;
  };
  const day = (name: string) => {
    const value = textParam(raw, name);
    return isDay(value) ? value : undefined;
  };
  const search = {
    from: day('from'),
    to: day('to'),
    by: choiceParam(raw, 'by', ['day', 'hour'] as const),
    metric: choiceParam(raw, 'metric', METRICS),
    model: textParam(raw, 'model'),
    key: matching('key', ID),
    outcome: outcomesParam(raw),
    billing: choiceParam(raw, 'billing', BILLINGS),
    after: matching('after', ID),
    record: matching('record', ID),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
