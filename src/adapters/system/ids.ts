import { randomFillSync } from 'node:crypto'

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const maxTimeMs = 2 ** 48 - 1
/** Random bytes are drawn for many ids at once: one draw costs as much as ten ids. */
const poolSize = 8 * 512

const timePart = (timeMs: number): string => {
  const text = timeMs.toString(16).padStart(12, '0')
  return `${text.slice(0, 8)}-${text.slice(8)}`
}

/**
 * Makes UUIDv7 (RFC 9562): milliseconds, a 12-bit counter within the millisecond, 62 random bits.
 * Each id of one factory sorts after the one before, also when the clock steps back or when one
 * millisecond needs more than 2,048 of them (the time part then runs ahead by a millisecond).
 */
export function createIds(nowMs: () => number = Date.now): () => string {
  const pool = new Uint8Array(poolSize)
  let used = poolSize
  let timeMs = -1
  let counter = 0
  let prefix = ''

  const random = (count: number): number => {
    if (used + count > poolSize) {
      randomFillSync(pool)
      used = 0
    }
    used += count
    return used - count
  }
  const byte = (at: number): number => pool[at] ?? 0

  const tick = (ms: number): void => {
    timeMs = ms
    prefix = timePart(ms)
    // Starts somewhere in the lower half, so that two processes rarely count alike.
    const at = random(2)
    counter = ((byte(at) << 8) | byte(at + 1)) & 0x7ff
  }

  return () => {
    const now = nowMs()
    if (now > timeMs) tick(now)
    else if (counter === 0xfff) tick(timeMs + 1)
    else counter += 1
    const at = random(8)
    return (
      `${prefix}-7${(counter >> 8).toString(16)}${hex[counter & 0xff]}-` +
      `${hex[0x80 | (byte(at) & 0x3f)]}${hex[byte(at + 1)]}-${hex[byte(at + 2)]}${hex[byte(at + 3)]}` +
      `${hex[byte(at + 4)]}${hex[byte(at + 5)]}${hex[byte(at + 6)]}${hex[byte(at + 7)]}`
    )
  }
}

/** A new UUIDv7, greater than every one this process made before. */
export const uuidv7: () => string = createIds()

/**
 * The smallest UUIDv7 of a moment: ids made at or after `timeMs` are not below it. For range queries
 * over ids by time of acceptance; milliseconds since 1970, clamped to what a UUIDv7 can hold.
 */
export const uuidv7At = (timeMs: number): string =>
  `${timePart(Math.min(Math.max(Math.floor(timeMs), 0), maxTimeMs))}-7000-8000-000000000000`
