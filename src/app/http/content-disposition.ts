/** The name of a file in `Content-Disposition` (RFC 6266, RFC 8187), read and written. */
import { isUtf8 } from 'node:buffer'

/** `attr-char` of RFC 8187; everything else is escaped. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** The name in full, and in ASCII for software that knows nothing else. */
export function attachment(name: string): string {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/đ/g, 'd')
    .replaceAll(/Đ/g, 'D')
    .replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${escaped(name)}`
}

const token = String.raw`[!#$%&'*+.^_\x60|~0-9A-Za-z-]+`
const quoted = String.raw`"(?:[^"\\]|\\.)*"`
const parameter = new RegExp(String.raw`\s*;\s*(${token})\s*=\s*(${quoted}|${token})`, 'gy')

/** Node gives a header as Latin-1; many senders write UTF-8 into it all the same. */
const asWritten = (text: string): string => {
  const bytes = Buffer.from(text, 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : text
}

function extended(value: string): string | undefined {
  const coded = /^utf-8'[^']*'(.*)$/i.exec(value)?.[1]
  try {
    return coded === undefined ? undefined : decodeURIComponent(coded)
  } catch {
    return undefined
  }
}

/** Undefined when there is none, or it cannot be read without guessing. */
export function fileNameIn(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const kind = new RegExp(`^\\s*${token}`).exec(header)?.[0]
  if (kind === undefined) return undefined
  const found = new Map<string, string>()
  let end = kind.length
  parameter.lastIndex = end
  for (let match = parameter.exec(header); match; match = parameter.exec(header)) {
    const name = (match[1] ?? '').toLowerCase()
    if (found.has(name)) return undefined
    found.set(name, match[2] ?? '')
    end = parameter.lastIndex
  }
  if (header.slice(end).trim() !== '') return undefined
  const coded = found.get('filename*')
  if (coded !== undefined) return extended(coded)
  const plain = found.get('filename')
  if (!plain?.startsWith('"')) return plain
  return asWritten(plain.slice(1, -1).replaceAll(/\\(.)/g, '$1'))
}
