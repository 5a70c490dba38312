/** Who on this page has something typed that nothing keeps yet; whoever leaves is asked first. */
import { useEffect, useId } from 'react'

const typed = new Set<string>()

export const hasUnsaved = (): boolean => typed.size > 0

/** Whoever leaves has been asked. */
export const forgetUnsaved = (): void => typed.clear()

export function useUnsaved(isDirty: boolean): void {
  const key = useId()
  useEffect(() => {
    if (!isDirty) return
    typed.add(key)
    return () => {
      typed.delete(key)
    }
  }, [isDirty, key])
}
