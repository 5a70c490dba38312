/** Asks before what was typed and not kept is left: within the console, and by leaving it. */
import { lazy, Suspense, useEffect } from 'react'
import { useBlocker } from 'react-router'
import { hasUnsaved } from '../parts/unsaved.ts'

const LeaveDialog = lazy(() => import('./leave-dialog.tsx'))

export function LeaveQuestion() {
  const { state, proceed, reset } = useBlocker(
    ({ currentLocation, nextLocation }) =>
      hasUnsaved() && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (hasUnsaved()) event.preventDefault()
    }
    addEventListener('beforeunload', onLeave)
    return () => removeEventListener('beforeunload', onLeave)
  }, [])
  if (state !== 'blocked') return null
  return (
    <Suspense>
      <LeaveDialog onGo={proceed} onStay={reset} />
    </Suspense>
  )
}
