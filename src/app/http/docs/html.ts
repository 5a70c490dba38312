/** HTML by template: whatever is put in is escaped unless it is HTML already. */
declare const safe: unique symbol
export type Html = string & { readonly [safe]: true }

type Part = Html | string | number | undefined | false | readonly Html[]

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const made = new WeakSet<object>()

/** Html values are boxed strings at run time, so that a plain string can never pass for one. */
function box(text: string): Html {
  const boxed = Object(text) as object
  made.add(boxed)
  return boxed as unknown as Html
}

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '')

function write(part: Part): string {
  if (part === undefined || part === false) return ''
  if (Array.isArray(part)) return part.map(write).join('')
  if (typeof part === 'object' && made.has(part)) return String(part)
  return escapeHtml(String(part))
}

export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return box(texts.map((text, index) => text + write(parts[index])).join(''))
}

export const nothing = html``

/** Paragraphs of a text, parted by blank lines; `code-like` words with backticks become code. */
export const paragraphs = (text: string | undefined): Html =>
  text === undefined ? nothing : html`${text.split(/\n\n+/).map((one) => html`<p>${one}</p>`)}`
