/** Hides the personal data of a message: what its schema marks, and what its schema does not know. */
import { at, isTree, type Tree } from './personal.ts'

export interface Masked {
  readonly data: unknown
  /** JSON Pointers, below the data, of what is hidden; a hidden object is named once. */
  readonly masked: readonly string[]
}

/** A schema, and whose it is: references in it are read from there. */
interface Place {
  readonly schema: Tree
  readonly base: string
}

const hidden = '***'
const most = 64

/**
 * All schemas that have something to say about one value. Conditions are not judged: what any branch marks is marked,
 * for it is better to hide too much.
 */
function applying(schemas: ReadonlyMap<string, object>, places: readonly Place[]): Place[] {
  const found: Place[] = []
  const seen = new Set<Tree>()
  const todo = [...places]
  for (let place = todo.pop(); place; place = todo.pop()) {
    const { schema, base } = place
    if (seen.has(schema)) continue
    seen.add(schema)
    found.push(place)
    const { $ref, allOf, anyOf, oneOf } = schema
    if (typeof $ref === 'string') {
      const [id = '', fragment = ''] = new URL($ref, base).href.split('#')
      const target = at(schemas.get(id), fragment)
      if (isTree(target)) todo.push({ schema: target, base: id })
    }
    for (const branch of [allOf, anyOf, oneOf].flat())
      if (isTree(branch)) todo.push({ schema: branch, base })
    for (const branch of [schema.if, schema.then, schema.else])
      if (isTree(branch)) todo.push({ schema: branch, base })
  }
  return found
}

function member({ schema, base }: Place, name: string): Place[] {
  const { properties, patternProperties, additionalProperties } = schema
  const own = isTree(properties) && isTree(properties[name]) ? [properties[name]] : []
  const patterns = isTree(patternProperties) ? Object.entries(patternProperties) : []
  const fitting = patterns.flatMap(([pattern, inner]) =>
    isTree(inner) && new RegExp(pattern, 'u').test(name) ? [inner] : [],
  )
  const named = [...own, ...fitting]
  const rest = named.length === 0 && isTree(additionalProperties) ? [additionalProperties] : []
  return [...named, ...rest].map((inner) => ({ schema: inner, base }))
}

const item = ({ schema, base }: Place, index: number): Place[] => {
  const { prefixItems, items } = schema
  const own = Array.isArray(prefixItems) ? prefixItems[index] : undefined
  const inner = isTree(own) ? own : items
  return isTree(inner) ? [{ schema: inner, base }] : []
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** `id`: `$id` of the schema of the data; undefined when there is none, and nothing is shown. */
export function maskPersonal(
  schemas: ReadonlyMap<string, object>,
  id: string | undefined,
  data: unknown,
): Masked {
  const masked: string[] = []
  const hide = (pointer: string) => {
    masked.push(pointer)
    return hidden
  }
  const walk = (
    value: unknown,
    places: readonly Place[],
    pointer: string,
    depth: number,
  ): unknown => {
    const all = applying(schemas, places)
    // A flag or nothing at all tells of nobody, unless it is marked.
    if (all.some(({ schema }) => schema['x-pii'] === true)) return hide(pointer)
    if (value === null) return null
    if (all.length === 0 || depth > most) return hide(pointer)
    if (Array.isArray(value))
      return value.map((one, index) =>
        walk(
          one,
          all.flatMap((place) => item(place, index)),
          `${pointer}/${index}`,
          depth + 1,
        ),
      )
    if (!isTree(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        walk(
          inner,
          all.flatMap((place) => member(place, name)),
          `${pointer}/${escaped(name)}`,
          depth + 1,
        ),
      ]),
    )
  }
  const schema = id === undefined ? undefined : schemas.get(id)
  const places = schema && id !== undefined ? [{ schema: schema as Tree, base: id }] : []
  return { data: walk(data, places, '', 0), masked }
}
