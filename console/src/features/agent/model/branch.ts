interface Answering {
  message_id: string;
  answer_id: string | null;
}

/**
 * A message that is known to be there and is not at the end of the branch that was loaded: it was written, or another branch
 * chosen, between two questions.
 *
 * @param runs of the conversation, the newest first
 */
export function unseenOf(branch: { id: string }[], head: string | null | undefined, runs: Answering[]): string | undefined {
  const end = branch.at(-1)?.id;
  return typeof head === 'string' && head !== end ? head : (runs.find(({ message_id, answer_id }) => message_id === end && answer_id !== null)?.answer_id ?? undefined);
}
