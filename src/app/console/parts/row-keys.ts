/** The keys of a list: where one is in it, what one has chosen. */
import { type KeyboardEvent, useState } from 'react'

interface RowKeysOptions {
  readonly keys: readonly string[]
  readonly chosen?: readonly string[] | undefined
  readonly onChoose?: ((keys: readonly string[]) => void) | undefined
  readonly open: (index: number) => void
  /** Brings a row that is not drawn into sight. */
  readonly show: (index: number) => void
}

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** Somebody is asked something: no key means the screen beneath. */
export const isAsked = (): boolean =>
  [...document.querySelectorAll('[role="dialog"]')].some((dialog) => dialog.checkVisibility())

/** At once where it is drawn, for the next key comes soon. */
function focusRow(list: HTMLElement, index: number): void {
  const row = () => list.querySelector<HTMLElement>(`[data-row="${index}"]`)
  const drawn = row()
  if (drawn) drawn.focus()
  else requestAnimationFrame(() => row()?.focus())
}

const nowhere = { key: undefined, index: -1 }

export function useRowKeys({ keys, chosen = [], onChoose, open, show }: RowKeysOptions) {
  // A row is known by its key: a list that has grown above it does not move what one stands on.
  const [place, setPlace] = useState<{ key: string | undefined; index: number }>(nowhere)
  const [anchorKey, setAnchorKey] = useState<string>()
  const found = place.key === undefined ? -1 : keys.indexOf(place.key)
  const at = found < 0 ? Math.min(place.index, keys.length - 1) : found
  const anchor = Math.max(anchorKey === undefined ? -1 : keys.indexOf(anchorKey), 0)
  const setAt = (index: number) => setPlace({ key: keys[index], index })

  const toggle = (index: number) => {
    const key = keys[index]
    if (key === undefined || !onChoose) return
    onChoose(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])
    setAnchorKey(key)
  }
  const chooseTo = (index: number) => {
    const [from, to] = anchor < index ? [anchor, index] : [index, anchor]
    onChoose?.([...new Set([...chosen, ...keys.slice(from, to + 1)])])
  }
  const moveTo = (list: HTMLElement, index: number) => {
    const next = Math.min(Math.max(index, 0), keys.length - 1)
    setAt(next)
    show(next)
    focusRow(list, next)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
    const move = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key]
    if (move !== undefined) moveTo(event.currentTarget, at + move)
    else if (event.key === 'Enter' && (event.target as HTMLElement).dataset.row) open(at)
    else if (event.key === 'x') toggle(at)
    else if (event.key === 'X') chooseTo(at)
    else return
    event.preventDefault()
  }
  /** Nobody stands anywhere yet: the first `j` or `k` begins at the row where he was last, or the first. */
  const onFirstKey = (list: HTMLElement, event: globalThis.KeyboardEvent) => {
    // Of two lists on a screen the first takes it.
    if (event.target !== document.body || event.defaultPrevented || isAsked()) return
    if (!['j', 'k'].includes(event.key)) return
    if (keys.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return
    moveTo(list, at)
    event.preventDefault()
  }
  return { at, setAt, onKeyDown, onFirstKey }
}
