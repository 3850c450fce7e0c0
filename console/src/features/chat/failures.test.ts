import { describe, expect, it } from 'vitest';
import { mayRetry, troubleOf } from './failures';

const failure = (code: string, status: number) => ({ code, status, message: '', requestId: null, retryAfter: null, budgetScope: null, resetsAt: null });

describe('trouble', () => {
  it.each([
    ['budget_exceeded', 402, 'budget'],
    ['rate_limit_exceeded', 429, 'rate'],
    ['upstream_rate_limited', 429, 'rate'],
    ['model_not_found', 404, 'model'],
    ['upstream_error', 502, 'provider'],
    ['no_usable_key', 502, 'provider'],
    ['upstream_overloaded', 503, 'provider'],
    ['upstream_idle_timeout', 504, 'slow'],
    ['upstream_idle_timeout', 200, 'slow'],
    ['stream_broken', 0, 'broken'],
    ['unreachable', 0, 'offline'],
    ['model_not_priced', 400, 'setup'],
    ['max_tokens_required', 400, 'length'],
    ['context_length_exceeded', 400, 'other'],
  ])('%s with %i is %s', (code, status, trouble) => expect(troubleOf(failure(code, status))).toBe(trouble));

  it('is not worth the same request again where nothing will have changed', () => {
    expect(mayRetry('large')).toBe(false);
    expect(mayRetry('provider')).toBe(true);
    expect(mayRetry('length')).toBe(true);
  });
});
