/** Ways into an element that was read. Names are local names: prefixes are the sender's own business. */
import type { XmlElement } from './strict-parser.ts'

/** The first element down this path of children; undefined when there is none. */
export function childAt(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  let found: XmlElement | undefined = element
  for (const name of path) found = found?.children.find((child) => child.name === name)
  return found
}

export const childrenNamed = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name)

/** The text down this path, without the blanks around it; undefined when it is absent or empty. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | undefined {
  const text = childAt(element, ...path)?.text.trim()
  return text === '' ? undefined : text
}
