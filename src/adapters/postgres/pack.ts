/**
 * Many byte strings as one binary parameter: node-pg sends a Buffer as it is, but an array of them
 * as text of twice the size.
 */
export function packBytes(parts: readonly Uint8Array[]): {
  bytes: Buffer
  /** 1-based, as SQL's substring counts. */
  offsets: number[]
  sizes: number[]
} {
  const offsets: number[] = []
  let at = 1
  for (const part of parts) {
    offsets.push(at)
    at += part.length
  }
  return { bytes: Buffer.concat(parts, at - 1), offsets, sizes: parts.map((part) => part.length) }
}
