/**
 * The fast look at a JSON text: one pass over the bytes, before anything is built from them. It says
 * whether there is something that the hub refuses, and stops there; it does not judge the syntax,
 * which `JSON.parse` does next, and names nothing, which inspect.ts does for the few texts that are
 * not clean.
 */
import { isExactNumber, longestNumber } from './exact-number.ts'

/** Byte range `[start, end)`. */
export interface Range {
  readonly start: number
  readonly end: number
}

export interface Survey {
  /** Something is nested too deep; nothing behind it was looked at. */
  readonly tooDeep: boolean
  /** False when a number is inexact, or a text has an escaped NUL or half a surrogate pair. */
  readonly clean: boolean
  /** How many `"name": value` pairs there are, repeated ones counted. */
  readonly members: number
  /** The elements of the array, when the text is one and they were asked for. */
  readonly items: Range[] | undefined
}

const quote = 0x22
const backslash = 0x5c

/** Any bytes; `members` and `items` mean something only when they are JSON. */
export function survey(bytes: Uint8Array, maxDepth: number, wantsItems: boolean): Survey {
  const length = bytes.length
  let at = 0
  while (isSpace(bytes[at])) at += 1
  const items: Range[] | undefined = wantsItems && bytes[at] === 0x5b ? [] : undefined
  let depth = 0
  let members = 0
  let clean = true
  let start = 0
  let end = 0

  while (at < length) {
    const byte = bytes[at] as number
    if (byte <= 0x20) {
      at += 1
      continue
    }
    if (depth === 1 && start === 0 && byte !== 0x5d) start = at
    if (byte === quote) {
      at += 1
      while (at < length) {
        const inside = bytes[at] as number
        if (inside === quote) break
        if (inside !== backslash) at += 1
        else if (bytes[at + 1] !== 0x75) at += 2
        else {
          const width = escapeWidth(bytes, at)
          if (width === 0) clean = false
          at += width || 6
        }
      }
      at += 1
      end = at
    } else if (byte === 0x2c) {
      if (depth === 1 && items) {
        items.push({ start, end })
        start = 0
      }
      at += 1
    } else if (byte === 0x3a) {
      members += 1
      at += 1
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1
      if (depth > maxDepth) return { tooDeep: true, clean, members, items }
      at += 1
    } else if (byte === 0x7d || byte === 0x5d) {
      if (depth === 1 && items && start > 0) items.push({ start, end })
      depth -= 1
      at += 1
      end = at
    } else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      end = numberEnd(bytes, at)
      if (!isPlain(bytes, at, end) && !isExact(bytes, at, end)) clean = false
      at = end
    } else {
      at += byte === 0x66 ? 5 : 4
      end = at
    }
  }
  return { tooDeep: false, clean, members, items }
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Length of the `\uXXXX` (or surrogate pair) at this place; 0 for NUL or a lone surrogate. */
function escapeWidth(bytes: Uint8Array, at: number): number {
  const unit = unitAt(bytes, at)
  if (unit === 0) return 0
  if (unit < 0xd800 || unit > 0xdfff) return 6
  if (unit > 0xdbff || bytes[at + 6] !== backslash || bytes[at + 7] !== 0x75) return 0
  const low = unitAt(bytes, at + 6)
  return low >= 0xdc00 && low <= 0xdfff ? 12 : 0
}

const unitAt = (bytes: Uint8Array, at: number): number =>
  Number.parseInt(asciiText(bytes, at + 2, at + 6), 16)

function numberEnd(bytes: Uint8Array, from: number): number {
  let at = from + 1
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    const more =
      (byte >= 0x30 && byte <= 0x39) ||
      byte === 0x2e ||
      byte === 0x65 ||
      byte === 0x45 ||
      byte === 0x2b ||
      byte === 0x2d
    if (!more) break
  }
  return at
}

/** Up to 15 digits and nothing else: exact without a closer look. */
function isPlain(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > 15) return false
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number
    if (byte < 0x30 || byte > 0x39) return false
  }
  return true
}

const isExact = (bytes: Uint8Array, from: number, to: number): boolean =>
  to - from <= longestNumber && isExactNumber(asciiText(bytes, from, to))

function asciiText(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] as number)
  return text
}
