/**
 * The reader of large XML: one record after the other, never the document as a whole. As strict as `readXml`
 * (UTF-8, namespaces, no document type declaration), with limits for each record instead of for the document;
 * how many bytes may come is for whoever gives them.
 */
import {
  gatherText,
  type OpenElement,
  openElement,
  pieceLength,
  strictParser,
  type XmlElement,
  XmlError,
} from './strict-parser.ts'

export interface XmlRecordLimits {
  readonly maxDepth: number
  /** Of one record. */
  readonly maxElements: number
  readonly maxAttributes: number
  /** Of one record, and of whatever stands between two tags. */
  readonly maxCharacters: number
}

const defaultLimits: XmlRecordLimits = {
  maxDepth: 64,
  maxElements: 10_000,
  maxAttributes: 64,
  maxCharacters: 4 * 1024 * 1024,
}

/**
 * The elements at this path of local names, the root's first, in the order of the document. Throws XmlError,
 * after the records before the fault; what `chunks` throws is let through.
 */
export async function* readXmlRecords(
  chunks: AsyncIterable<Uint8Array>,
  path: readonly string[],
  change: Partial<XmlRecordLimits> = {},
): AsyncGenerator<XmlElement> {
  const { parser, found, fed } = recordParser(path, { ...defaultLimits, ...change })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      throw new XmlError('not-utf-8')
    }
  }
  /** What stands before a fault is given, however the bytes were cut. */
  const feed = function* (work: () => void): Generator<XmlElement> {
    try {
      work()
    } finally {
      yield* found.splice(0)
    }
  }
  for await (const chunk of chunks) {
    const text = decode(chunk)
    for (let at = 0; at < text.length; at += pieceLength) {
      const piece = text.slice(at, at + pieceLength)
      yield* feed(() => {
        fed(piece.length)
        parser.write(piece)
      })
    }
  }
  yield* feed(() => parser.write(decode()).close())
}

function recordParser(path: readonly string[], limits: XmlRecordLimits) {
  const found: XmlElement[] = []
  const names: string[] = []
  /** The record that is open, its elements from the outermost. */
  const stack: OpenElement[] = []
  let elements = 0
  /** Since the last tag outside of a record, or since the record began. */
  let characters = 0
  let hasRoot = false

  const isAtPath = (): boolean =>
    names.length === path.length && names.every((name, index) => name === path[index])

  const parser = strictParser(limits.maxAttributes, () => {
    if (names.length >= limits.maxDepth) throw new XmlError('too-deep')
    if (stack.length > 0 && ++elements > limits.maxElements) throw new XmlError('too-many-elements')
  })
  parser.on('opentag', (tag) => {
    names.push(tag.local)
    if (!hasRoot && tag.local !== path[0]) throw new XmlError('other-root')
    hasRoot = true
    if (stack.length === 0) characters = 0
    if (stack.length === 0 && !isAtPath()) return
    if (stack.length === 0) elements = 1
    stack.push(openElement(tag))
  })
  gatherText(parser, stack)
  parser.on('closetag', () => {
    names.pop()
    const closed = stack.pop()
    const parent = stack.at(-1)
    if (closed && parent) parent.children.push(closed)
    else if (closed) found.push(closed)
    if (stack.length === 0) characters = 0
  })
  return {
    parser,
    found,
    fed(length: number) {
      characters += length
      if (characters > limits.maxCharacters) throw new XmlError('too-large')
    },
  }
}
