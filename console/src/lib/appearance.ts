import { createContext, useContext } from 'react';
import type { Appearance } from './preferences';

interface AppearanceChoice {
  appearance: Appearance;
  isDark: boolean;
  choose: (appearance: Appearance) => void;
}

/** Light, dark or as the system has it. Charts read `isDark`; everything else takes its colours from the theme. */
export const AppearanceContext = createContext<AppearanceChoice>({ appearance: 'system', isDark: false, choose: () => undefined });

export function useAppearance(): AppearanceChoice {
  return useContext(AppearanceContext);
}
