/** What the gateway says of a key that is out, as it writes it, and the message that says the same in the reader's language. */
const KNOWN: Record<string, string> = {
  'the provider does not accept the key (401)': 'refused401',
  'the provider refuses its organisation or address (401)': 'organisation401',
  'the provider forbids its use from here or for this model (403)': 'forbidden403',
  'the provider wants to be paid (402)': 'unpaid402',
  "over the provider's rate limit (429)": 'limited429',
  'the key has characters that a header cannot hold': 'characters',
};

/** The message key of a known reason; others are shown as they are. */
export function reasonKey(reason: string): string | undefined {
  return KNOWN[reason];
}
