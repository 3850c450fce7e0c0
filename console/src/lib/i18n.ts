import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readPreferences, writePreferences, type Language } from './preferences';

// One file for each feature and language, loaded when a page needs it.
const files = import.meta.glob<Record<string, unknown>>('../locales/*/*.json', { import: 'default' });

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, callback) => {
    const load = files[`../locales/${language}/${namespace}.json`];
    if (load === undefined) {
      callback(new Error(`no messages ${language}/${namespace}`), null);
      return;
    }
    load().then(
      (messages) => callback(null, messages),
      (error: Error) => callback(error, null),
    );
  },
};

/** Has files of messages brought that a page will ask for; whoever asks then is told what went wrong. */
export function preloadMessages(namespaces: string[]): void {
  for (const namespace of namespaces) {
    files[`../locales/${readPreferences().language}/${namespace}.json`]?.().catch(() => undefined);
  }
}

export async function startI18n(): Promise<void> {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: readPreferences().language,
      supportedLngs: ['zh', 'en'],
      fallbackLng: 'en',
      ns: ['common', 'errors'],
      defaultNS: 'common',
      interpolation: { escapeValue: false }, // React escapes
      returnNull: false,
    });
  document.documentElement.lang = htmlLanguage(readPreferences().language);
}

export async function changeLanguage(language: Language): Promise<void> {
  writePreferences({ language });
  await i18next.changeLanguage(language);
  document.documentElement.lang = htmlLanguage(language);
}

function htmlLanguage(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en';
}
