/**
 * XML that carries files in base64, in little memory: what stands in the elements of files never becomes a
 * text. While the document is read a short mark stands in the place of each long one; the bytes stay where
 * they are. Whatever is not plainly a file (other signs than those of base64, a mark that turned up in
 * another place) is read as any other text, so that nothing is read in another meaning.
 */
import { randomBytes } from 'node:crypto'
import {
  defaultXmlLimits,
  hasMore,
  lessThan,
  readXml,
  tagsOfElement,
  type XmlLimits,
} from './read-xml.ts'
import { type XmlElement, XmlError } from './strict-parser.ts'

export interface XmlWithFiles {
  /** The text of an element that holds a long file is empty. */
  readonly root: XmlElement
  /** The element's own text in UTF-8, a file's base64 as it stands in the document. */
  bytesOf(element: XmlElement): Uint8Array
}

/** Bytes from which it is worth it. */
const longFrom = 16 * 1024
const greaterThan = 0x3e

const isBase64 = new Uint8Array(256)
for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\t\n\r ')
  isBase64[sign.charCodeAt(0)] = 1

/** `element`: the local name of the elements that hold files. Throws XmlError, as `readXml` does. */
export function readXmlWithFiles(
  bytes: Uint8Array,
  element: string,
  change: Partial<XmlLimits> = {},
): XmlWithFiles {
  const limits = { ...defaultXmlLimits, ...change }
  if (bytes.length > limits.maxBytes) throw new XmlError('too-large')
  if (hasMore(bytes, lessThan, limits.maxElements * tagsOfElement))
    throw new XmlError('too-many-elements')
  const { short, files } = withMarks(bytes, element)
  if (files.size === 0) return plain(bytes, change)
  const found = new Map<XmlElement, Uint8Array>()
  const root = placed(readXml(short, change), files, found)
  // In a comment, in CDATA or beside other text it is no file.
  return found.size === files.size ? { root, bytesOf: fileOrText(found) } : plain(bytes, change)
}

const fileOrText =
  (files: ReadonlyMap<XmlElement, Uint8Array>): XmlWithFiles['bytesOf'] =>
  (element) =>
    files.get(element) ?? Buffer.from(element.text)

const plain = (bytes: Uint8Array, change: Partial<XmlLimits>): XmlWithFiles => ({
  root: readXml(bytes, change),
  bytesOf: fileOrText(new Map()),
})

/** The document with marks, and what they stand for. */
function withMarks(bytes: Uint8Array, element: string) {
  const start = new RegExp(`^<(?:[A-Za-z_][\\w.-]*:)?${element}[\\t\\n\\r ]*>$`)
  const token = randomBytes(16).toString('hex')
  const files = new Map<string, Uint8Array>()
  const parts: Uint8Array[] = []
  let from = 0
  let open = bytes.indexOf(lessThan)
  while (open >= 0) {
    const next = bytes.indexOf(lessThan, open + 1)
    const end = next < 0 ? bytes.length : next
    if (end - open > longFrom) {
      const text = open + 1 + bytes.subarray(open + 1, open + 200).indexOf(greaterThan) + 1
      const tag = Buffer.from(bytes.subarray(open, text)).toString('latin1')
      const content = bytes.subarray(text, end)
      if (start.test(tag) && isAllBase64(content)) {
        const mark = `${token}${files.size}`
        files.set(mark, content)
        parts.push(bytes.subarray(from, text), Buffer.from(mark))
        from = end
      }
    }
    open = next
  }
  parts.push(bytes.subarray(from))
  return { short: Buffer.concat(parts), files }
}

function isAllBase64(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (isBase64[byte] === 0) return false
  return true
}

/** The same tree with the marks taken out; `found` gets the bytes of each. */
function placed(
  element: XmlElement,
  files: ReadonlyMap<string, Uint8Array>,
  found: Map<XmlElement, Uint8Array>,
): XmlElement {
  const file = files.get(element.text)
  const children = element.children.map((child) => placed(child, files, found))
  const read = { ...element, children, ...(file && { text: '' }) }
  if (file) found.set(read, file)
  return read
}
