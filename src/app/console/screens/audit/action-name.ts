import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { actionWords } from '../../words/action-words.ts'

/** What an action is called; its code where it has no words. */
export function useActionName(): (action: string) => string {
  const { i18n } = useTranslation()
  const { language } = i18n
  return useCallback(
    (action) => actionWords[action]?.[language === 'en' ? 'en' : 'vi'] ?? action,
    [language],
  )
}
