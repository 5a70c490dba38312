/** The text of a draft and what it says. Comments and order stay when a form changes one place of it. */
import { isMap, parseDocument, stringify } from 'yaml'

const read = (text: string) => parseDocument(text, { uniqueKeys: true, version: '1.2' })

/** What the text says; undefined where it cannot be read. */
export function readText(text: string): Readonly<Record<string, unknown>> | undefined {
  const document = read(text)
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined
  return document.toJS() as Readonly<Record<string, unknown>>
}

/** The same text with another value at this place; undefined takes it out. */
export function withPlace(
  text: string,
  path: readonly (string | number)[],
  value: unknown,
): string {
  const document = read(text)
  if (document.errors.length > 0) return text
  if (value === undefined) document.deleteIn(path)
  else document.setIn(path, document.createNode(value))
  return document.toString({ lineWidth: 100 })
}

const empty = { vi: '', en: '' }

/** What a new job begins with. */
export function newJob(id: string, kind: string): string {
  const common = { id, title: empty, kind, enabled: true }
  const own =
    kind === 'pull'
      ? { from: '', operation: '', schedule: '0 2 * * *' }
      : { to: '', types: [], policy: 'block' }
  return stringify({ ...common, ...own })
}

/** What a new system begins with; its connector is chosen in the form. */
export const newSystem = (id: string): string =>
  stringify({ id, title: empty, connector: '', options: {} })
