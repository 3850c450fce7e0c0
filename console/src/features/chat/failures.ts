import type { Failure } from './model/tree';

/** What kind of trouble it is: decides what a person is told and can do. */
export type Trouble = 'budget' | 'rate' | 'model' | 'provider' | 'slow' | 'broken' | 'offline' | 'large' | 'length' | 'setup' | 'other';

const CODES: Record<string, Trouble> = {
  budget_exceeded: 'budget',
  rate_limit_exceeded: 'rate',
  upstream_rate_limited: 'rate',
  model_not_found: 'model',
  no_usable_key: 'provider',
  stream_broken: 'broken',
  upstream_truncated: 'broken',
  upstream_reset: 'broken',
  unreachable: 'offline',
  payload_too_large: 'large',
  model_not_priced: 'setup',
  exchange_rate_missing: 'setup',
  max_tokens_required: 'length',
};

export function troubleOf({ code, status }: Failure): Trouble {
  const known = CODES[code];
  if (known !== undefined) {
    return known;
  }
  if (status === 504 || code.endsWith('_timeout')) {
    return 'slow';
  }
  return status === 502 || status === 503 ? 'provider' : 'other';
}

/** Whether the same request can succeed later. */
export function mayRetry(trouble: Trouble): boolean {
  return trouble !== 'large' && trouble !== 'setup' && trouble !== 'other';
}
