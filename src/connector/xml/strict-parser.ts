/**
 * What every reader of XML begins with, and what none of them ever lets pass: another encoding, another version,
 * a document type declaration (so there are no entities but the five of XML and numeric ones), too many attributes.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes'

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

/** An element that has not been closed yet. */
export interface OpenElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: Record<string, string>
  readonly children: XmlElement[]
  text: string
}

/** Pieces in which the parser is fed: a limit that is passed stops it there. */
export const pieceLength = 64 * 1024

/** `begins` is called at the beginning of every element, before its attributes are looked at. */
export function strictParser(maxAttributes: number, begins: () => void) {
  const parser = new SaxesParser({ xmlns: true, position: false })
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
    begins()
  })
  parser.on('attribute', () => {
    if (++attributes > maxAttributes) throw new XmlError('too-many-attributes')
  })
  return parser
}

/** All text, CDATA included, goes to the element that is open. */
export function gatherText(
  parser: ReturnType<typeof strictParser>,
  stack: readonly OpenElement[],
): void {
  const take = (piece: string): void => {
    const top = stack.at(-1)
    if (top) top.text += piece
  }
  parser.on('text', take)
  parser.on('cdata', take)
}

export const openElement = (tag: SaxesTagNS): OpenElement => ({
  name: tag.local,
  namespace: tag.uri,
  attributes: attributesOf(Object.values(tag.attributes)),
  children: [],
  text: '',
})

const xmlns = 'http://www.w3.org/2000/xmlns/'

function attributesOf(
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
