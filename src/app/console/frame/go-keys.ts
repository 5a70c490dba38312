/** `g` and a letter: to another screen; `?`: the table of keys. */
import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { isAsked, isTyping } from '../parts/row-keys.ts'
import type { ScreenRoute } from '../routes.ts'

const waitMs = 1200

export function useGoKeys(screens: readonly ScreenRoute[], onHelp: () => void): void {
  const go = useNavigate()
  useEffect(() => {
    let begunMs = 0
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      if (isAsked()) return
      const isSecond = performance.now() - begunMs < waitMs
      const screen = screens.find(({ key }) => key === event.key)
      begunMs = event.key === 'g' && !isSecond ? performance.now() : 0
      if (isSecond && screen) {
        void go(`/${screen.path}`)
        // The same letter may be a key of the screen that is left.
        event.stopPropagation()
      } else if (event.key === '?') onHelp()
    }
    addEventListener('keydown', onKeyDown, true)
    return () => removeEventListener('keydown', onKeyDown, true)
  }, [screens, onHelp, go])
}
