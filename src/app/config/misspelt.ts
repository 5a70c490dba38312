import { nearest } from '../nearest.ts'
import { didYouMean, segmentsOf } from './config-fault.ts'
import { referredBy } from './local-reference.ts'

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Schemas that speak about the same value as `schema`, itself included. */
function aspects(root: Json, schema: Json, depth = 0): Json[] {
  if (depth > 10) return []
  const lists = [schema.allOf, schema.anyOf, schema.oneOf].filter(Array.isArray).flat()
  const others = [...lists, schema.then, schema.else, referredBy(schema, root)].filter(isObject)
  return [schema, ...others.flatMap((other) => aspects(root, other, depth + 1))]
}

const under = (root: Json, schemas: readonly Json[], segment: string): Json[] =>
  schemas.flatMap((schema) => {
    const named = isObject(schema.properties) ? schema.properties[segment] : undefined
    const next = named ?? (/^\d+$/.test(segment) ? schema.items : undefined)
    return isObject(next) ? aspects(root, next) : []
  })

/** For an unknown name at `pointer`: the name that was probably meant, or those there are, in words. */
export function nameMeant(schema: object | undefined, pointer: string): { vi: string; en: string } {
  const segments = segmentsOf(pointer)
  const name = segments.pop()
  if (!isObject(schema) || name === undefined) return didYouMean(undefined)
  let here = aspects(schema, schema)
  for (const segment of segments) here = under(schema, here, segment)
  const known = here.flatMap((one) => (isObject(one.properties) ? Object.keys(one.properties) : []))
  const meant = nearest(name, known)
  if (meant !== undefined || known.length === 0) return didYouMean(meant)
  const list = [...new Set(known)].join(', ')
  return { vi: `; có: ${list}`, en: `; there are: ${list}` }
}
