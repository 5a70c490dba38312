/** Whether the session has ended under the hands of somebody who was signed in. */
import { useSyncExternalStore } from 'react'

let ended = false
const listeners = new Set<() => void>()

function tell(next: boolean): void {
  ended = next
  for (const listener of listeners) listener()
}

export const sessionEnded = (): void => tell(true)
export const sessionBegun = (): void => tell(false)

export const useSessionEnded = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => ended,
  )
