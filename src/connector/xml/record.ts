/**
 * Records and XML: what mapping tables read and write. An element is its text where it has neither children nor
 * attributes; else a record of its children by local name (a list where one name comes again), attributes under
 * `@name`, its own text beside them under `#text`.
 */
import type { XmlElement } from './strict-parser.ts'
import { type Markup, xml } from './write-xml.ts'

type Tree = Readonly<Record<string, unknown>>

export function recordOf(element: XmlElement): unknown {
  const { attributes, children } = element
  const text = element.text.trim()
  const names = Object.keys(attributes)
  if (children.length === 0 && names.length === 0) return text
  const members = new Map<string, unknown>(names.map((name) => [`@${name}`, attributes[name]]))
  for (const child of children) {
    const value = recordOf(child)
    const known = members.get(child.name)
    if (known === undefined) members.set(child.name, value)
    else members.set(child.name, Array.isArray(known) ? [...known, value] : [known, value])
  }
  if (text !== '') members.set('#text', text)
  return Object.fromEntries(members)
}

/** The elements that a record stands for, in the order of its members. */
export function elementsOf(
  record: Tree,
  attributes: Readonly<Record<string, string>> = {},
): Markup[] {
  return Object.entries(record)
    .filter(([name]) => !isAttribute(name))
    .flatMap(([name, value]) => [value].flat().map((one) => elementOf(name, one, attributes)))
}

function elementOf(
  name: string,
  value: unknown,
  attributes: Readonly<Record<string, string>>,
): Markup {
  if (typeof value !== 'object' || value === null) return xml(name, attributes, String(value))
  const record = value as Tree
  const own = Object.entries(record)
    .filter(([member]) => member.startsWith('@'))
    .map(([member, text]) => [member.slice(1), String(text)])
  const all = { ...attributes, ...Object.fromEntries(own) }
  const text = record['#text']
  return xml(name, all, text === undefined ? elementsOf(record) : String(text))
}

const isAttribute = (name: string): boolean => name.startsWith('@') || name === '#text'

/** What a pointer of a mapping may name when it stands for XML. */
export const isXmlMember = (name: string): boolean =>
  name === '#text' || /^@?[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/.test(name)
