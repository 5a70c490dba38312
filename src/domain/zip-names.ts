/**
 * The names of what a zip holds, found while it passes by: each stands uncompressed before its content
 * and once more in the directory at the end. Both are looked at, because readers differ in which they
 * believe. What looks like a name and is none (four bytes of chance) does no harm to whoever looks for
 * names that matter.
 */
export interface NameFinder {
  look(bytes: Uint8Array): void
  end(): void
}

/** Where name and its length stand after `PK\1\2` (directory) and `PK\3\4` (before a content). */
const layouts = {
  258: { name: 46, length: 28 },
  772: { name: 30, length: 26 },
} as const
const longestName = 256
const most = layouts[0x0102].name + longestName
const letterP = 0x50
const letterK = 0x4b

export function createNameFinder(found: (name: string) => void): NameFinder {
  let rest = new Uint8Array()
  const decoder = new TextDecoder('latin1')

  /** Up to where everything has been looked at. */
  const scan = (bytes: Uint8Array, isEnd: boolean): number => {
    for (let at = bytes.indexOf(letterP); at >= 0; at = bytes.indexOf(letterP, at + 1)) {
      if (!isEnd && at + most > bytes.length) return at
      if (bytes[at + 1] !== letterK) continue
      const kind = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
      const layout = kind === 0x0102 || kind === 0x0304 ? layouts[kind] : undefined
      if (!layout) continue
      const low = bytes[at + layout.length] ?? 0
      const length = Math.min(low | ((bytes[at + layout.length + 1] ?? 0) << 8), longestName)
      const start = at + layout.name
      found(decoder.decode(bytes.subarray(start, start + length)))
    }
    return bytes.length
  }

  return {
    look(bytes) {
      const all = new Uint8Array(rest.length + bytes.length)
      all.set(rest)
      all.set(bytes, rest.length)
      rest = all.slice(scan(all, false))
    },
    end() {
      scan(rest, true)
    },
  }
}
