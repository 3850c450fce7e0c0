/* eslint-disable no-restricted-globals -- the one place: harmless preferences only, never a credential */

export type Language = 'zh' | 'en';
export type Appearance = 'light' | 'dark' | 'system';

interface Preferences {
  language: Language;
  appearance: Appearance;
  siderCollapsed: boolean;
  guideDismissed: boolean;
}

const KEY = 'jarvis.preferences';

function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** What the person chose in this browser; a broken or forbidden store reads as nothing chosen. */
export function readPreferences(): Preferences {
  const chosen: Preferences = { language: browserLanguage(), appearance: 'system', siderCollapsed: false, guideDismissed: false };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof stored === 'object' && stored !== null ? { ...chosen, ...stored } : chosen;
  } catch {
    return chosen;
  }
}

export function writePreferences(change: Partial<Preferences>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readPreferences(), ...change }));
  } catch {
    // A browser that stores nothing asks again next time; nothing is lost.
  }
}
