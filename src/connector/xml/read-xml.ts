/**
 * The one reader of XML, for whatever comes from outside: answers, requests at doors, edXML.
 *
 * Strict XML 1.0 with namespaces, in UTF-8 (a byte order mark is read over). Any document type
 * declaration is refused: with it there are no entities but the five of XML and numeric ones, and nothing
 * outside of the bytes is ever looked at. Size, depth, elements, attributes and references are limited
 * while it is read, so that a hostile document costs no more than an honest one.
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

export interface XmlLimits {
  readonly maxBytes: number
  readonly maxDepth: number
  readonly maxElements: number
  readonly maxAttributes: number
  readonly maxReferences: number
}

export const defaultXmlLimits: XmlLimits = {
  maxBytes: 10 * 1024 * 1024,
  maxDepth: 64,
  maxElements: 50_000,
  maxAttributes: 64,
  maxReferences: 50_000,
}

const ampersand = 0x26
export const lessThan = 0x3c
/** Signs `<` that an honest document has for an element: its two tags, a comment or a CDATA section in it. */
export const tagsOfElement = 4

export function hasMore(bytes: Uint8Array, sign: number, most: number): boolean {
  let count = 0
  for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, at + 1))
    if (++count > most) return true
  return false
}

/** What can be seen without a parser is refused before there is one. */
function decode(bytes: Uint8Array, limits: XmlLimits): string {
  if (bytes.length > limits.maxBytes) throw new XmlError('too-large')
  if (hasMore(bytes, ampersand, limits.maxReferences)) throw new XmlError('too-many-references')
  if (hasMore(bytes, lessThan, limits.maxElements * tagsOfElement))
    throw new XmlError('too-many-elements')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new XmlError('not-utf-8')
  }
}

/** Throws XmlError. */
export function readXml(bytes: Uint8Array, change: Partial<XmlLimits> = {}): XmlElement {
  const limits = { ...defaultXmlLimits, ...change }
  const text = decode(bytes, limits)
  const stack: OpenElement[] = []
  let root: XmlElement | undefined
  let elements = 0
  const parser = strictParser(limits.maxAttributes, () => {
    if (++elements > limits.maxElements) throw new XmlError('too-many-elements')
    if (stack.length >= limits.maxDepth) throw new XmlError('too-deep')
  })
  parser.on('opentag', (tag) => {
    stack.push(openElement(tag))
  })
  gatherText(parser, stack)
  parser.on('closetag', () => {
    const closed = stack.pop()
    if (!closed) return
    const parent = stack.at(-1)
    if (parent) parent.children.push(closed)
    else root = closed
  })

  refuseDoctype(text)
  for (let at = 0; at < text.length; at += pieceLength)
    parser.write(text.slice(at, at + pieceLength))
  parser.close()
  if (!root) throw new XmlError('not-well-formed')
  return root
}

/** Before the parser gathers what a declaration holds: nothing but blanks, comments and the like precede it. */
function refuseDoctype(text: string): void {
  const root = text.search(/<[^!?]/)
  if (/<!DOCTYPE/i.test(root < 0 ? text : text.slice(0, root))) throw new XmlError('doctype')
}
