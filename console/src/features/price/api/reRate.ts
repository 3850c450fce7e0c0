import { useMutation, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { added, EMPTY_OUTCOME, type ReRateOutcome } from '../reRateOutcome';

export interface ReRateRequest {
  model: string;
  from: string;
  to: string;
  price_version: number;
  of_version?: number;
  reason?: string;
}

/** Records that one call may look at. */
const MOST = 100_000;

/** One call looks at a hundred thousand records at most; more are asked for until there are none left. */
async function reRate(request: ReRateRequest, apply: boolean): Promise<ReRateOutcome> {
  let outcome = EMPTY_OUTCOME;
  let after: string | null = null;
  do {
    const part: Control['ReRating'] = await dataOf(
      control.POST('/api/v1/usage/re-rate', { body: { reason: 're-rated', limit: MOST, ...request, dry_run: !apply, ...(after === null ? {} : { after }) } }),
    );
    outcome = added(outcome, part);
    after = part.continue_after;
  } while (after !== null);
  return outcome;
}

export function useReRate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ request, apply }: { request: ReRateRequest; apply: boolean }) => reRate(request, apply),
    // Also when it failed: what was corrected until then is.
    onSettled: (_done, _error, { apply }) => (apply ? Promise.all([queries.invalidateQueries({ queryKey: ['records'] }), queries.invalidateQueries({ queryKey: ['usage'] })]) : undefined),
  });
}
