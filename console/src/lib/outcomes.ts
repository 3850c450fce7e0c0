import { textParam, type RawSearch } from './search';

/** What came of an attempt, and how sure its tokens are. */
export const OUTCOMES = ['completed', 'client_gone', 'failed', 'truncated', 'rejected', 'not_sent', 'interrupted'] as const;
export const BILLINGS = ['exact', 'estimated', 'unknown', 'none'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Those that an administrator wants to know of: the caller got no whole answer, and did not hang up. */
export const BAD_ENDS = ['failed', 'truncated', 'rejected', 'interrupted'] as const satisfies Outcome[];

/** The outcomes of an address, `failed,truncated`, and nothing that the API would refuse. */
export function outcomesOf(text: string | undefined): Outcome[] {
  const wanted = text?.split(',') ?? [];
  return OUTCOMES.filter((outcome) => wanted.includes(outcome));
}

export function outcomesParam(raw: RawSearch): string | undefined {
  const chosen = outcomesOf(textParam(raw, 'outcome'));
  return chosen.length === 0 ? undefined : chosen.join();
}
