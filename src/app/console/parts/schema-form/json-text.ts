/** JSON that is being typed: its text is one's own, what it says is the form's. */
import { useCallback, useEffect, useState } from 'react'

type Mark = (place: string, isUnreadable: boolean) => void

/** Places whose text cannot be read yet: while there are any, what the form says is not what is on the screen. */
export function useUnreadable(): { readonly isUnreadable: boolean; readonly mark: Mark } {
  const [places, setPlaces] = useState<ReadonlySet<string>>(new Set())
  const mark = useCallback<Mark>((place, isUnreadable) => {
    setPlaces((before) => {
      const next = new Set(before)
      if (isUnreadable) next.add(place)
      else next.delete(place)
      return next
    })
  }, [])
  return { isUnreadable: places.size > 0, mark }
}

const written = (value: unknown): string => JSON.stringify(value, null, 2) ?? ''

interface JsonText {
  readonly place: string
  readonly value: unknown
  readonly change: (value: unknown) => void
  readonly mark: Mark
  readonly mayBeEmpty: boolean
}

export function useJsonText({ place, value, change, mark, mayBeEmpty }: JsonText) {
  const [text, setText] = useState(() => written(value))
  /** What the text has said last. Another value comes from elsewhere, and is written over it. */
  const [said, setSaid] = useState(() => written(value))
  const [why, setWhy] = useState<string>()
  if (written(value) !== said) {
    setSaid(written(value))
    setText(written(value))
    setWhy(undefined)
  }
  const isUnreadable = why !== undefined
  useEffect(() => {
    if (!isUnreadable) return
    mark(place, true)
    return () => mark(place, false)
  }, [isUnreadable, place, mark])
  const write = (next: string) => {
    setText(next)
    try {
      const read: unknown = mayBeEmpty && next.trim() === '' ? undefined : JSON.parse(next)
      setSaid(written(read))
      setWhy(undefined)
      change(read)
    } catch (error) {
      setWhy(error instanceof Error ? error.message : String(error))
    }
  }
  return { text, why, write }
}
