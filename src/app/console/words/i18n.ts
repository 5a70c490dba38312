/** i18next with the words of one language at a time; the language is the person's choice, kept in this browser, Vietnamese until chosen. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { words } from './all.ts'
import type { InOneLanguage } from './define.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: InOneLanguage<typeof words> }
  }
}

export type Language = 'vi' | 'en'
const kept = 'hub-language'

export const languageNow = (): Language => (i18next.language === 'en' ? 'en' : 'vi')

/** Made by the build: see vite.config.ts. */
const wordsOf = {
  vi: () => import('virtual:words/vi'),
  en: () => import('virtual:words/en'),
}

async function bring(language: Language): Promise<void> {
  document.documentElement.lang = language
  if (i18next.hasResourceBundle(language, 'translation')) return
  i18next.addResourceBundle(language, 'translation', (await wordsOf[language]()).default)
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(kept, language)
  await bring(language)
  await i18next.changeLanguage(language)
}

export async function startWords(): Promise<void> {
  const language: Language = localStorage.getItem(kept) === 'en' ? 'en' : 'vi'
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    interpolation: { escapeValue: false },
    resources: {},
  })
  await bring(language)
  await i18next.changeLanguage(language)
}
