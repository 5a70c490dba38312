/** The one writer of XML: every text and every attribute is escaped, and what XML cannot carry is refused. */
import { permanent } from '../errors.ts'

declare const markup: unique symbol
/** Text that is XML already; made by `xml` alone. */
export type Markup = string & { readonly [markup]: true }

type Content = string | number | undefined | Markup | readonly Markup[]

const name = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/
/** Whatever is no Char of XML 1.0 (§2.2): controls, half surrogate pairs, two non-characters. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}

function escaped(text: string, set: RegExp): string {
  if (unwritable.test(text))
    throw permanent('mapping-failed', {
      detail: {
        vi: 'Có ký tự điều khiển mà XML không chứa được.',
        en: 'There is a control character that XML cannot carry.',
      },
    })
  return text.replace(set, (found) => entities[found] ?? found)
}

const made = (text: string): Markup => text as Markup

const xmlText = (text: string): Markup => made(escaped(text, /[&<>\r]/g))

/**
 * An element. Throws permanent `mapping-failed` where a text holds what XML cannot carry. A string or number as content is text; undefined leaves the whole element out, so that a
 * value that is absent never becomes an empty one.
 */
export function xml(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  content: Content | readonly Markup[],
): Markup {
  if (content === undefined) return made('')
  for (const one of [tag, ...Object.keys(attributes)])
    if (!name.test(one)) throw new Error(`${one} is no name of XML`)
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value, /[&<>"\r\n\t]/g)}"`)
    .join('')
  const inner = Array.isArray(content) ? content.join('') : xmlText(String(content))
  return made(inner === '' ? `<${tag}${written}/>` : `<${tag}${written}>${inner}</${tag}>`)
}

/** A whole document, in UTF-8. */
export const xmlDocument = (root: Markup): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${root}`
