/**
 * Files as a connector sees them: by reference, and as streams. A file is never a string in memory; in a
 * JSON or XML body its place is taken by a mark, which the HTTP client replaces by the base64 of its
 * content while it sends.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export interface FileFacts {
  readonly id: string
  /** Bytes. */
  readonly size: number
  /** By content, never by what somebody said. */
  readonly mediaType: string
  readonly name: string
  /** Hex. */
  readonly sha256: string
}

export interface OpenFile extends FileFacts {
  /** Can be read once; throws when what is stored is not what was stored. */
  readonly content: AsyncIterable<Uint8Array>
}

/**
 * All throw a ConnectorError: permanent `file-missing` (unknown, or its time of keeping is over) and
 * `file-unreadable`; retry `files-unavailable` and `store-unavailable`.
 */
export interface ConnectorFiles {
  open(id: string): Promise<OpenFile>
  /**
   * Keeps what was fetched, at most 50 MB. Same bytes and name again: the same file. Throws permanent
   * `file-type-refused`, `file-type-mismatch`, `file-too-large`, `request-invalid` (the name).
   */
  keep(content: AsyncIterable<Uint8Array>, name: string): Promise<FileFacts>
  /** An address of the hub from which anybody can fetch the file until then; see `docs/operations.md`. */
  link(id: string, days: number): Promise<string>
}

/**
 * Its letters are those of base64 and its length is a multiple of four, so that the schema of a field with
 * base64 takes it. Only this process can make one: a text that came from outside is never a mark.
 */
const prefix = 'LienThongHubFile'
const macLength = 32
const form = /LienThongHubFile([0-9a-f]{32})([0-9a-f]{32})/g
const processKey = randomBytes(32)

const macOf = (id: string): string =>
  createHmac('sha256', processKey).update(id).digest('hex').slice(0, macLength)

/**
 * Stands for the base64 of the file's content in a value that `HttpClient` sends, as JSON or as text. It
 * must leave as it is: a text that is signed, packed or encoded before it leaves cannot hold one.
 */
export function fileContent(id: string): string {
  const digits = id.toLowerCase().replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/.test(digits)) throw new Error('fileContent takes the id of a file')
  return prefix + digits + macOf(digits)
}

export const mayHoldFiles = (text: string): boolean => text.includes(prefix)

const isOurs = (id: string, mac: string): boolean =>
  timingSafeEqual(Buffer.from(macOf(id)), Buffer.from(mac))

const uuidOf = (digits: string): string =>
  digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** A text in pieces: what leaves as it is, and ids of files in between. */
export function splitAtFiles(text: string): (string | { readonly file: string })[] {
  const parts: (string | { file: string })[] = []
  let from = 0
  for (const match of text.matchAll(form)) {
    const [whole, id = '', mac = ''] = match
    if (!isOurs(id, mac)) continue
    if (match.index > from) parts.push(text.slice(from, match.index))
    parts.push({ file: uuidOf(id) })
    from = match.index + whole.length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

/** Characters of base64, padded, for so many bytes. */
export const base64Length = (bytes: number): number => 4 * Math.ceil(bytes / 3)

/** The base64 of a stream in ASCII, without ever holding more than one piece of it. */
export async function* base64Of(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let rest: Uint8Array = new Uint8Array()
  for await (const bytes of content) {
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    const whole = all.length - (all.length % 3)
    // A copy: whoever gave the piece may write into it again.
    rest = Uint8Array.from(all.subarray(whole))
    if (whole > 0) yield encoded(all.subarray(0, whole))
  }
  if (rest.length > 0) yield encoded(rest)
}

/** A multiple of four; what is decoded at a time. */
const pieceOfBase64 = 256 * 1024

/**
 * The bytes of a base64 text in ASCII, blanks and line ends left out, without ever holding more than one
 * piece of it. Throws SyntaxError where it is anything else, also in its last bits: what a decoder
 * merely skips would become a file that nobody has sent.
 */
export function* bytesOfBase64(text: Uint8Array): Iterable<Uint8Array> {
  let rest = ''
  for (let at = 0; at < text.length; at += pieceOfBase64) {
    const piece = Buffer.from(text.subarray(at, at + pieceOfBase64)).toString('latin1')
    const all = rest + piece.replace(/[\t\n\r ]+/g, '')
    const isLast = at + pieceOfBase64 >= text.length
    // The last four signs may be padded, so they wait for the end.
    const whole = isLast ? all.length : Math.max(0, all.length - (all.length % 4) - 4)
    const ready = all.slice(0, whole)
    rest = all.slice(whole)
    if (!isLast && ready.endsWith('=')) throw new SyntaxError('no base64')
    if (whole > 0) yield decoded(ready)
  }
}

function decoded(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64) throw new SyntaxError('no base64')
  return bytes
}

const encoded = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(
    Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('base64'),
    'latin1',
  )
