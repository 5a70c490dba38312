import type { Words } from '../domain/errors.ts'
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

const foreign: Words = {
  vi: 'Con trỏ đã lưu không phải của connector này.',
  en: 'The saved cursor was not made by this connector.',
}
