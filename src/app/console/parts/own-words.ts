/** Words that the hub sends in both languages, in that of the person. */
import { useTranslation } from 'react-i18next'
import type { Pair } from '../words/define.ts'

export function useOwnWords(): (words: Pair) => string {
  const { i18n } = useTranslation()
  return (words) => (i18n.language === 'en' ? words.en : words.vi)
}
