/** Reads JSON Schemas for a form: what a place may hold, in words of both languages. */
export type JsonSchema = Readonly<Record<string, unknown>>

export interface SchemaBook {
  readonly root: JsonSchema
  readonly references: Readonly<Record<string, JsonSchema>>
}

/** A schema, and whose it is: references in it are read from there. */
export interface Place {
  readonly schema: JsonSchema
  readonly base: string
}

const isTree = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function at(tree: unknown, fragment: string): unknown {
  let node = tree
  for (const part of fragment.split('/').slice(1)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    node = isTree(node) ? node[name] : undefined
  }
  return node
}

/** With what it refers to; what it says itself goes before that. */
export function resolve(book: SchemaBook, place: Place, depth = 0): Place {
  const { $ref, ...own } = place.schema
  if (typeof $ref !== 'string' || depth > 20) return place
  const [id = '', fragment = ''] = new URL($ref, place.base).href.split('#')
  const home = id === book.root.$id ? book.root : book.references[id]
  const found = at(home, fragment)
  if (!isTree(found)) return { schema: own, base: place.base }
  const inner = resolve(book, { schema: found, base: id }, depth + 1)
  return { schema: { ...inner.schema, ...own }, base: inner.base }
}

export type Kind = 'object' | 'list' | 'text' | 'number' | 'flag' | 'choice' | 'json'

/** What a form can offer for it; anything else is edited as JSON. */
export function kindOf({ schema }: Place): Kind {
  if (Array.isArray(schema.enum)) return 'choice'
  if (isTree(schema.properties)) return 'object'
  switch (schema.type) {
    case 'array':
      return isTree(schema.items) ? 'list' : 'json'
    case 'string':
      return 'text'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'flag'
    default:
      return 'json'
  }
}

export interface Member {
  readonly name: string
  readonly place: Place
  readonly isRequired: boolean
}

export function membersOf(book: SchemaBook, { schema, base }: Place): readonly Member[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(isTree(schema.properties) ? schema.properties : {}).flatMap(
    ([name, inner]) =>
      isTree(inner)
        ? [
            {
              name,
              place: resolve(book, { schema: inner, base }),
              isRequired: required.includes(name),
            },
          ]
        : [],
  )
}

export const itemOf = (book: SchemaBook, { schema, base }: Place): Place =>
  resolve(book, { schema: isTree(schema.items) ? schema.items : {}, base })

/** "Vietnamese / English", as all schemas of the hub are written. */
export function titleOf({ schema }: Place, name: string, language: string): string {
  if (typeof schema.title !== 'string') return name
  const [vi = name, en = vi] = schema.title.split(' / ')
  return language === 'en' ? en : vi
}

export const helpOf = ({ schema }: Place): string | undefined =>
  typeof schema.description === 'string' ? schema.description : undefined

/** A first value for a place that was empty. */
export function emptyOf(book: SchemaBook, place: Place): unknown {
  const kind = kindOf(place)
  if (kind === 'list') return []
  if (kind !== 'object') return kind === 'flag' ? false : kind === 'number' ? 0 : ''
  const needed = membersOf(book, place).filter(({ isRequired }) => isRequired)
  return Object.fromEntries(needed.map((member) => [member.name, emptyOf(book, member.place)]))
}

export const inside = (pointer: string, name: string | number): string =>
  `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** The same value with another one at this place; undefined takes it out. */
export function withValue(
  whole: unknown,
  path: readonly (string | number)[],
  value: unknown,
): unknown {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (Array.isArray(whole)) {
    const index = Number(first)
    const next = rest.length === 0 ? value : withValue(whole[index], rest, value)
    if (next === undefined) return whole.filter((_, place) => place !== index)
    const copy = [...whole]
    copy[index] = next
    return copy
  }
  const tree = isTree(whole) ? whole : {}
  const next = rest.length === 0 ? value : withValue(tree[first], rest, value)
  if (next !== undefined) return { ...tree, [first]: next }
  return Object.fromEntries(Object.entries(tree).filter(([name]) => name !== String(first)))
}
