/**
 * The one reader of XML, for whatever comes from outside: answers, requests at doors, edXML.
 *
 * Strict XML 1.0 with namespaces, in UTF-8 (a byte order mark is read over). Any document type
 * declaration is refused: with it there are no entities but the five of XML and numeric ones, and nothing
 * outside of the bytes is ever looked at. Size, depth, elements, attributes and references are limited
 * while it is read, so that a hostile document costs no more than an honest one.
 */
import { SaxesParser } from 'saxes'

export interface XmlElement {
  /** Local name. */
  readonly name: string
  /** Namespace URI; empty where there is none. */
  readonly namespace: string
  /** By local name; those of two namespaces with one local name are refused. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** Its own text, CDATA included, children's left out; as it stands. */
  readonly text: string
}

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

/** Why a document is refused: a fixed word and, from the parser, where. Never a part of the document. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
  readonly reason: XmlFault
  constructor(reason: XmlFault) {
    super(`the XML is refused: ${reason}`)
    this.reason = reason
  }
}

export type XmlFault =
  | 'too-large'
  | 'not-utf-8'
  | 'doctype'
  | 'too-deep'
  | 'too-many-elements'
  | 'too-many-attributes'
  | 'too-many-references'
  | 'ambiguous-attributes'
  | 'not-well-formed'
  /** Of a document that is read record by record: it is another one than was expected. */
  | 'other-root'

interface Open {
  readonly name: string
  readonly namespace: string
  readonly attributes: Record<string, string>
  readonly children: XmlElement[]
  text: string
}

/** Pieces in which the parser is fed: a limit that is passed stops it there. */
const pieceLength = 64 * 1024

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
  const parser = new SaxesParser({ xmlns: true, position: false })
  const stack: Open[] = []
  let root: XmlElement | undefined
  let elements = 0
  let attributes = 0

  parser.on('error', () => {
    throw new XmlError('not-well-formed')
  })
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== undefined && version !== '1.0') throw new XmlError('not-well-formed')
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) throw new XmlError('not-utf-8')
  })
  parser.on('doctype', () => {
    throw new XmlError('doctype')
  })
  parser.on('opentagstart', () => {
    attributes = 0
    if (++elements > limits.maxElements) throw new XmlError('too-many-elements')
    if (stack.length >= limits.maxDepth) throw new XmlError('too-deep')
  })
  parser.on('attribute', () => {
    if (++attributes > limits.maxAttributes) throw new XmlError('too-many-attributes')
  })
  parser.on('opentag', (tag) => {
    stack.push({
      name: tag.local,
      namespace: tag.uri,
      attributes: attributesOf(Object.values(tag.attributes)),
      children: [],
      text: '',
    })
  })
  const take = (piece: string): void => {
    const top = stack.at(-1)
    if (top) top.text += piece
  }
  parser.on('text', take)
  parser.on('cdata', take)
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

const xmlns = 'http://www.w3.org/2000/xmlns/'

export function attributesOf(
  list: readonly { readonly local: string; readonly uri: string; readonly value: string }[],
): Record<string, string> {
  const found: Record<string, string> = Object.create(null)
  for (const { local, uri, value } of list) {
    if (uri === xmlns) continue
    if (local in found) throw new XmlError('ambiguous-attributes')
    found[local] = value
  }
  return found
}
