/** i18next with all words; the language is the person's choice, kept in this browser, Vietnamese until chosen. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { words } from './all.ts'
import { type InOneLanguage, inLanguage } from './define.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: InOneLanguage<typeof words> }
  }
}

export type Language = 'vi' | 'en'
const kept = 'hub-language'

export const languageNow = (): Language => (i18next.language === 'en' ? 'en' : 'vi')

export function chooseLanguage(language: Language): void {
  localStorage.setItem(kept, language)
  document.documentElement.lang = language
  void i18next.changeLanguage(language)
}

export async function startWords(): Promise<void> {
  const language: Language = localStorage.getItem(kept) === 'en' ? 'en' : 'vi'
  document.documentElement.lang = language
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    interpolation: { escapeValue: false },
    resources: {
      vi: { translation: inLanguage(words, 'vi') },
      en: { translation: inLanguage(words, 'en') },
    },
  })
}
