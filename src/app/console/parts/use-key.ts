/** A key of a screen: pressed alone, and not while somebody writes or is asked something. */
import { useEffect } from 'react'
import { isAsked, isTyping } from './row-keys.ts'

export function useKey(key: string | undefined, work: () => void): void {
  useEffect(() => {
    if (key === undefined) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== key || event.repeat || isTyping(event.target)) return
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (isAsked()) return
      event.preventDefault()
      work()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [key, work])
}
