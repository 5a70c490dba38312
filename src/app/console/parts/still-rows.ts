/** What somebody reads in a long list stays under his eye while rows come and go above it. */
import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef } from 'react'

type List = Virtualizer<HTMLDivElement, Element>

interface Held {
  readonly key: string
  /** Pixels from the upper edge of the list. */
  readonly top: number
  /** Rows that are new have to be drawn and measured first, which takes some rounds. */
  readonly untilMs: number
}

const settleMs = 600
/** The head of the list covers what is above it. */
const headPx = 44

const topIn = (box: Element, row: Element): number =>
  row.getBoundingClientRect().top - box.getBoundingClientRect().top

/** The first row that is seen, as the page shows it at this moment. */
function firstSeen(box: Element | null, keys: readonly string[]): Held | undefined {
  // At the top it is the newest that is wanted.
  if (!box || box.scrollTop <= 0) return undefined
  for (const row of box.querySelectorAll<HTMLElement>('tr[data-row]')) {
    const top = topIn(box, row)
    const key = keys[Number(row.dataset.row)]
    if (top >= headPx && key !== undefined)
      return { key, top, untilMs: performance.now() + settleMs }
  }
  return undefined
}

export function useStillRows(list: List, keys: readonly string[]): void {
  const shown = useRef(keys)
  const held = useRef<Held>(undefined)
  const box = list.scrollElement
  // While this is worked out the page still shows the list as it was before.
  if (shown.current !== keys) held.current = firstSeen(box, shown.current) ?? held.current
  useLayoutEffect(() => {
    shown.current = keys
    const { key, top, untilMs } = held.current ?? {}
    if (!box || key === undefined || top === undefined) return
    const index = keys.indexOf(key)
    if (index < 0 || performance.now() > (untilMs ?? 0)) {
      held.current = undefined
      return
    }
    const row = box.querySelector(`tr[data-row="${index}"]`)
    const start = list.measurementsCache[index]?.start ?? 0
    const by = row ? topIn(box, row) - top : start - top - box.scrollTop
    if (Math.abs(by) >= 1) box.scrollTop += by
  })
  useEffect(() => {
    const letGo = () => {
      held.current = undefined
    }
    const kinds = ['wheel', 'pointerdown', 'touchmove', 'keydown'] as const
    for (const kind of kinds) box?.addEventListener(kind, letGo, { passive: true })
    return () => {
      for (const kind of kinds) box?.removeEventListener(kind, letGo)
    }
  }, [box])
}
