/** Where open dialogs live: above the screen, so that one outlives the button that has opened it. */
import {
  createContext,
  Fragment,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
} from 'react'
import { useLocation } from 'react-router'

type Put = (key: string, dialog: ReactElement | undefined) => void

const Place = createContext<Put>(() => undefined)

export const useDialogs = (): Put => useContext(Place)

export function Dialogs({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation()
  const [held, setHeld] = useState<ReadonlyMap<string, ReactElement>>(new Map())
  const put = useCallback<Put>((key, dialog) => {
    setHeld((before) => {
      const next = new Map(before)
      if (dialog) next.set(key, dialog)
      else next.delete(key)
      return next
    })
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked on one screen is not asked on another
  useEffect(() => setHeld(new Map()), [pathname])
  return (
    <Place value={put}>
      {children}
      {[...held].map(([key, dialog]) => (
        <Fragment key={key}>{dialog}</Fragment>
      ))}
    </Place>
  )
}
