interface Node {
  id: string;
  parent_id: string | null;
  created_at: string;
}

/** The messages from the root to `head`, in order; without a head the newest branch. */
export function branchTo<T extends Node>(messages: T[], head: string | null): T[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: T[] = [];
  let at = head === null ? undefined : byId.get(head);
  while (at !== undefined && branch.length <= messages.length) {
    branch.unshift(at);
    at = at.parent_id === null ? undefined : byId.get(at.parent_id);
  }
  return branch;
}

/** The first of the messages that are known to be there and were not loaded: it was written between two questions. */
export function missingOf(messages: { id: string }[], known: (string | null | undefined)[]): string | undefined {
  return known.find((id) => typeof id === 'string' && !messages.some((message) => message.id === id)) ?? undefined;
}

/** The other versions of a message, itself among them, the oldest first. */
export function siblingsOf<T extends Node>(messages: T[], message: T): T[] {
  return messages.filter((other) => other.parent_id === message.parent_id).sort((a, b) => a.created_at.localeCompare(b.created_at));
}

/** The newest message below one: where its branch ends. */
export function newestLeaf<T extends Node>(messages: T[], from: T): T {
  const children = messages.filter((message) => message.parent_id === from.id).sort((a, b) => a.created_at.localeCompare(b.created_at));
  const newest = children.at(-1);
  return newest === undefined ? from : newestLeaf(messages, newest);
}
