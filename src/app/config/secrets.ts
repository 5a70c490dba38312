/**
 * Secrets of a system's options. A configuration file, a revision in the database and an export all
 * hold references only (`env:NAME`, `file:PATH`); the value is fetched when a connector is made.
 */
import type { Fault } from '../../domain/errors.ts'
import { pointerTo } from './config-fault.ts'
import { markedPlaces } from './marked-places.ts'

type Json = Readonly<Record<string, unknown>>

const referenceForm = /^(env:[A-Za-z_][A-Za-z0-9_]*|file:\S.*)$/
const isReference = (value: unknown): boolean =>
  typeof value === 'string' && referenceForm.test(value)
const looksLikeReference = (value: unknown): boolean =>
  typeof value === 'string' && /^(env|file):/.test(value)

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The places of a value that its schema marks `writeOnly`, as lists of keys. */
export const secretPlaces = (root: Json, value: unknown): (string | number)[][] =>
  markedPlaces(root, value, ({ writeOnly }) => writeOnly === true).map(({ path }) => [...path])

/** The schema with every secret turned into "some text": what can be said before it is fetched. */
export function withoutSecretRules(schema: Json): Json {
  const known = relaxed.get(schema)
  if (known) return known
  const rewritten = withoutSecrets(schema)
  const result = isObject(rewritten) ? rewritten : {}
  relaxed.set(schema, result)
  return result
}

/** The same object for the same schema, so that a validator is compiled for it only once. */
const relaxed = new WeakMap<Json, Json>()

function withoutSecrets(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutSecrets)
  if (!isObject(part)) return part
  if (part.writeOnly === true) return { type: 'string' }
  return mapValues(part, (key, inner) => {
    if (dataKeywords.has(key)) return inner
    // Under these the keys are names of the author's, not keywords.
    if (namedSchemas.has(key) && isObject(inner))
      return mapValues(inner, (_, at) => withoutSecrets(at))
    return withoutSecrets(inner)
  })
}

const dataKeywords = new Set(['examples', 'default', 'const', 'enum', 'required'])
const namedSchemas = new Set(['properties', 'patternProperties', '$defs'])

const mapValues = (object: Json, change: (key: string, value: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]))

/** Secrets written out in plain, and references where no secret belongs. */
export function referenceFaults(schema: Json, options: unknown): Fault[] {
  const secrets = new Set(secretPlaces(schema, options).map((path) => pointerTo(...path)))
  const faults: Fault[] = []
  const walk = (value: unknown, pointer: string): void => {
    if (secrets.has(pointer)) {
      if (!isReference(value)) faults.push(plainSecret(pointer))
    } else if (Array.isArray(value))
      value.forEach((item, index) => {
        walk(item, pointer + pointerTo(index))
      })
    else if (isObject(value))
      for (const [key, item] of Object.entries(value)) walk(item, pointer + pointerTo(key))
    else if (looksLikeReference(value)) faults.push(needlessReference(pointer))
  }
  walk(options, '')
  return faults
}

const plainSecret = (pointer: string): Fault => ({
  pointer,
  rule: 'secret',
  vi: 'Đây là bí mật, không ghi thẳng vào tệp; ghi env:TÊN_BIẾN hoặc file:ĐƯỜNG-DẪN. Nếu giá trị này đã lộ, hãy đổi nó.',
  en: 'This is a secret and must not be written here; write env:NAME or file:PATH. If the value has leaked, change it.',
})

const needlessReference = (pointer: string): Fault => ({
  pointer,
  rule: 'reference',
  vi: 'Mục này không phải bí mật nên không dùng env: hoặc file:; ghi thẳng giá trị để mỗi lần thay đổi đều thấy được.',
  en: 'This is no secret, so env: and file: are not used; write the value, so that a change of it can be seen.',
})

/** Where secrets are fetched from. Both answer undefined when there is nothing. */
export interface SecretSource {
  environment(name: string): string | undefined
  /** `path` as written; the source decides what a relative one is relative to. */
  file(path: string): string | undefined
}

export type Resolved =
  | { readonly ok: true; readonly options: Json }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** The options with every reference replaced by its secret, or a fault for each that has none. */
export function resolveSecrets(schema: Json, options: Json, source: SecretSource): Resolved {
  const copy = structuredClone(options) as Record<string, unknown>
  const faults: Fault[] = []
  for (const path of secretPlaces(schema, options)) {
    const last = path.at(-1)
    const holder = path
      .slice(0, -1)
      .reduce<unknown>((at, key) => Reflect.get(at as object, key), copy)
    const reference = last === undefined ? undefined : Reflect.get(holder as object, last)
    if (last === undefined || typeof reference !== 'string' || !isReference(reference)) continue
    const secret = fetchSecret(reference, source)
    if (secret === undefined) faults.push(unresolved(pointerTo(...path), reference))
    else Reflect.set(holder as object, last, secret)
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, options: copy }
}

function fetchSecret(reference: string, source: SecretSource): string | undefined {
  const [kind, name] = [reference.slice(0, reference.indexOf(':')), reference.replace(/^\w+:/, '')]
  const text = kind === 'env' ? source.environment(name) : source.file(name)?.replace(/\r?\n$/, '')
  return text === '' ? undefined : text
}

const unresolved = (pointer: string, reference: string): Fault => ({
  pointer,
  rule: 'secret',
  vi: `Không lấy được bí mật: ${reference} không có hoặc rỗng.`,
  en: `The secret is not there: ${reference} is missing or empty.`,
})
