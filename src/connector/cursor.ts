import type { Words } from '../domain/errors.ts'
import { toVietnamTime } from './dates.ts'
import { permanent } from './errors.ts'

/**
 * A cursor that was saved as JSON; undefined at the very first run. Throws `mapping-failed` where it is not
 * one of the caller's own, as `isOurs` tells: it was saved by another connector, or by hand.
 */
export function readCursor<T extends object>(
  text: string | undefined,
  isOurs: (cursor: Readonly<Record<string, unknown>>) => boolean,
): T | undefined {
  if (text === undefined) return undefined
  try {
    const cursor: unknown = JSON.parse(text)
    if (typeof cursor === 'object' && cursor !== null && isOurs({ ...cursor })) return cursor as T
  } catch {
    // No JSON: said below.
  }
  throw permanent('mapping-failed', { detail: foreign })
}

/**
 * For `Connector.rewind`, of cursors that keep between runs a `mark` and no more: no change before it is missing.
 * Never later than it was; undefined where it is not known yet.
 */
export function rewoundMark(cursor: string | undefined, to: Date): string | undefined {
  const saved = readCursor<{ readonly mark?: string }>(cursor, (one) => 'run' in one)
  if (saved?.mark === undefined) return undefined
  const isEarlier = Date.parse(saved.mark) <= to.getTime()
  return JSON.stringify({ run: 0, mark: isEarlier ? saved.mark : toVietnamTime(to) })
}

const foreign: Words = {
  vi: 'Con trỏ đã lưu không phải của connector này.',
  en: 'The saved cursor was not made by this connector.',
}
