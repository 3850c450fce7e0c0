import { useState } from 'react';
import { onSessionEnd } from './session';

// Only in memory: what nobody has sent is kept nowhere, and not for whoever logs in next.
const drafts = new Map<string, string>();

onSessionEnd(() => drafts.clear());

/** What somebody has begun to write in one place, which is still there when they come back to it. */
export function useDraft(place: string): [string, (text: string) => void] {
  const [text, setText] = useState(drafts.get(place) ?? '');
  const write = (next: string) => {
    if (next === '') {
      drafts.delete(place);
    } else {
      drafts.set(place, next);
    }
    setText(next);
  };
  return [text, write];
}
