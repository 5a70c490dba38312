/**
 * A list that a source gives as a whole, handed out in pages: in the order of codes, behind the code given
 * last. A run that goes on in another process asks for the list again and goes on behind the same code. Several
 * records of one code come together, so that the hub sees that they contradict each other.
 */
import type { ConnectorContext } from '../../src/connector/index.ts'
import type { ListItem, ListPage, Position } from './listing.ts'

/** A listing that reads details takes hours; by then the list may have changed. */
const freshMs = 10 * 60_000

interface Listed {
  readonly items: readonly ListItem[]
  /** Of the source, those without a code included. */
  readonly total: number
  readonly at: number
}

/** `ask`: what the source lists; undefined for a record that cannot be read. */
export function createWholeList(
  clock: ConnectorContext['clock'],
  pageSize: number,
  ask: (signal: AbortSignal) => Promise<readonly (Omit<ListItem, 'id'> | undefined)[]>,
): (position: Position, signal: AbortSignal) => Promise<ListPage> {
  let held: Listed | undefined

  const listed = async (mayBeHeld: boolean, signal: AbortSignal): Promise<Listed> => {
    const at = clock.now().getTime()
    if (mayBeHeld && held && Math.abs(at - held.at) < freshMs) return held
    held = undefined
    held = { ...inOrder(await ask(signal)), at }
    return held
  }

  return async (position, signal) => {
    const after = 'after' in position ? position.after : ''
    const { items, total } = await listed(after !== '', signal)
    const left = items.filter(({ code }) => code > after)
    const last = left[Math.min(pageSize, left.length) - 1]?.code ?? ''
    const page = left.filter(({ code }) => code <= last)
    const isLast = page.length === left.length
    if (isLast) held = undefined
    return { items: page, next: isLast ? undefined : { after: last }, total }
  }
}

/** What stands there twice to the letter is there once. */
function inOrder(
  records: readonly (Omit<ListItem, 'id'> | undefined)[],
): Pick<Listed, 'items' | 'total'> {
  const texts = new Set(records.flatMap((one) => (one ? [JSON.stringify([one.code, one])] : [])))
  const unreadable = records.filter((one) => one === undefined).length
  const sorted = [...texts]
    .map((text) => ({ text, record: (JSON.parse(text) as [string, ListItem])[1] }))
    .sort((a, b) => compare(a.record.code, b.record.code) || compare(a.text, b.text))
    .map(({ record }) => record)
  let nth = 0
  const items = sorted.map((record, index): ListItem => {
    nth = sorted[index - 1]?.code === record.code ? nth + 1 : 1
    return { ...record, id: nth === 1 ? record.code : `${record.code}#${nth}` }
  })
  return { items, total: items.length + unreadable }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
