/** Where in a value its schema says something special: a secret, an address, the name of a code table. */
import { pointerTo } from './config-fault.ts'
import { referredBy } from './local-reference.ts'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export interface MarkedPlace {
  readonly path: readonly (string | number)[]
  readonly value: unknown
}

/** Every place that some schema which speaks about it marks, each once, without what lies below it. */
export function markedPlaces(
  root: Json,
  value: unknown,
  isMarked: (schema: Json) => boolean,
): MarkedPlace[] {
  const found = new Map<string, MarkedPlace>()
  // `depth` counts schemas of the same value: what refers to itself comes to an end.
  const walk = (schema: unknown, at: unknown, path: (string | number)[], depth: number): void => {
    if (!isObject(schema) || at === undefined || depth > 40) return
    if (isMarked(schema)) return void found.set(pointerTo(...path), { path, value: at })
    for (const part of branchesOf(root, schema)) walk(part, at, path, depth + 1)
    if (Array.isArray(at))
      for (const [index, item] of at.entries()) walk(schema.items, item, [...path, index], 0)
    if (!isObject(at)) return
    const known = isObject(schema.properties) ? schema.properties : {}
    for (const key of Object.keys(at)) {
      const inner = Object.hasOwn(known, key) ? known[key] : schema.additionalProperties
      walk(inner, at[key], [...path, key], 0)
    }
  }
  walk(root, value, [], 0)
  return [...found.values()]
}

/** Subschemas that speak about the same value: combinators and local references. */
function branchesOf(root: Json, schema: Json): unknown[] {
  const lists = [schema.allOf, schema.anyOf, schema.oneOf].filter(Array.isArray)
  return [...lists.flat(), schema.if, schema.then, schema.else, referredBy(schema, root)]
}
