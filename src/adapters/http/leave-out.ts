/**
 * Throws members of a JSON text away while it arrives: each becomes null, and what it held never takes
 * memory. The text is not judged, only walked; what is no JSON comes out as it went in, or as something
 * that is no JSON either.
 */
const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
const comma = 0x2c
const nothing = Buffer.alloc(0)
const nullText = Buffer.from('null')

const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
const opens = (byte: number): boolean => byte === 0x7b || byte === 0x5b
const closes = (byte: number): boolean => byte === 0x7d || byte === 0x5d

function backslashesBefore(piece: Buffer, from: number, to: number): number {
  let at = to
  while (at > from && piece[at - 1] === backslash) at--
  return to - at
}

/** Takes one piece after the other and returns what is left of it. Names are compared as written, without escapes. */
export function createLeaveOut(names: readonly string[]): (piece: Buffer) => Buffer {
  const wanted = names.map((name) => Buffer.from(name))
  const longest = Math.max(...wanted.map(({ length }) => length))
  let inString = false
  let escaped = false
  /** The string under way, or the last one while only white space has followed it. */
  let text: number[] | undefined
  /** How deep inside a value that is left out; -1: none is. */
  let depth = -1
  /** The value that is left out has begun. */
  let begun = false

  const isName = (): boolean =>
    text !== undefined &&
    wanted.some(
      (name) => name.length === text?.length && name.every((byte, index) => byte === text?.[index]),
    )

  /** Steps over a value; returns where it ends, or the end of the piece. */
  const skip = (piece: Buffer, from: number): number => {
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at] as number
      if (inString) {
        if (escaped) {
          escaped = false
          continue
        }
        // Gigabytes go this way: the next quote is looked for by the machine, not byte by byte.
        const found = piece.indexOf(quote, at)
        const stop = found < 0 ? piece.length : found
        const isEscaped = backslashesBefore(piece, at, stop) % 2 === 1
        if (found < 0) {
          escaped = isEscaped
          return piece.length
        }
        at = found
        if (isEscaped) continue
        inString = false
        if (depth === 0) return end(at + 1)
        continue
      }
      if (depth === 0 && (byte === comma || closes(byte))) return end(at)
      if (isSpace(byte)) {
        if (depth === 0 && begun) return end(at)
        continue
      }
      begun = true
      if (byte === quote) inString = true
      else if (opens(byte)) depth++
      else if (closes(byte) && --depth === 0) return end(at + 1)
    }
    return piece.length
  }
  const end = (at: number): number => {
    depth = -1
    text = undefined
    return at
  }

  /** Steps over what is kept, to the value of a name that is not; returns where that begins. */
  const keep = (piece: Buffer, from: number): number => {
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at] as number
      if (inString) {
        if (escaped) escaped = false
        else if (byte === backslash) escaped = true
        else if (byte === quote) {
          inString = false
          continue
        }
        if (text && text.length <= longest) text.push(byte)
      } else if (byte === quote) {
        inString = true
        text = []
      } else if (byte === colon && isName()) {
        depth = 0
        begun = false
        return at + 1
      } else if (!isSpace(byte)) text = undefined
    }
    return piece.length
  }

  return (piece) => {
    const parts: Buffer[] = []
    let at = 0
    while (at < piece.length) {
      if (depth >= 0) {
        at = skip(piece, at)
        if (depth < 0 && begun) parts.push(nullText)
        continue
      }
      const next = keep(piece, at)
      parts.push(piece.subarray(at, next))
      at = next
    }
    const [first = nothing] = parts
    // A copy: a slice would hold the whole piece it was cut from.
    return parts.length > 1 ? Buffer.concat(parts) : Buffer.from(first)
  }
}
