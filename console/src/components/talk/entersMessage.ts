import type { KeyboardEvent } from 'react';

/** Enter sends, Shift+Enter breaks the line; Enter that chooses a word of an input method does neither. */
export function entersMessage(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing;
}
