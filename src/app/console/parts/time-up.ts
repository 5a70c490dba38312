/** What may be seen for a while only. */
import { useEffect, useRef } from 'react'
import { useSessionEnded } from '../api/session-end.ts'

/**
 * Says once when the time of what was revealed is over: so many seconds after it came, whatever the clock of this
 * computer shows, and at once when the session has ended, for nobody knows who sits there now.
 */
export function useTimeUp(of: { readonly seconds: number } | undefined, over: () => void): void {
  const hasEnded = useSessionEnded()
  const latest = useRef(over)
  useEffect(() => {
    latest.current = over
  })
  useEffect(() => {
    if (!of) return
    const timer = setTimeout(() => latest.current(), hasEnded ? 0 : of.seconds * 1_000)
    return () => clearTimeout(timer)
  }, [of, hasEnded])
}
