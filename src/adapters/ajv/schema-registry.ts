import type { ErrorObject, Options, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Fault, Words } from '../../domain/errors.ts'
import { unitOfCode } from '../../domain/unit.ts'
import { explain, explainSome } from './explain.ts'
import { addFormats } from './formats.ts'
import { type Masked, maskPersonal } from './mask-personal.ts'
import { marksPersonalData } from './personal.ts'
import { createReach, type Reach } from './reach.ts'
import { annotationsOf, type JsonSchema, readSchemas, suffixOf } from './read-schemas.ts'

export interface MessageType {
  /** CloudEvents `type`. */
  readonly type: string
  readonly schemaId: string
  readonly title: Words
}

export interface SchemaRegistry {
  /** Every message type that a schema declares by `x-message-type`, sorted. */
  messageTypes(): readonly MessageType[]
  /** Faults of the data of a message; none when it fits; undefined when the type is not known. */
  validateMessage(type: string, data: unknown): readonly Fault[] | undefined
  /**
   * The subject that a message with this data must have, as the schema's `x-subject` says: the values
   * at these pointers joined by `/`. Undefined when the type is unknown or a value is missing.
   */
  subjectOf(type: string, data: unknown): string | undefined
  /**
   * The unit that a message with this data concerns, as the schema's `x-unit` says: of these pointers the first
   * whose value tells one (the code of an agency, or of a dossier).
   */
  unitOf(type: string, data: unknown): string | undefined
  /** Whether its schema, or what that refers to, marks anything by `x-pii`. */
  holdsPersonalData(type: string): boolean
  /** The data of a message without what is personal in it, or not known to its schema. */
  maskPersonal(type: string, data: unknown): Masked
  /** Faults against a registered schema, by `$id` or suffix (`dvcqg/dossier-push-gen2/v1`). Throws when there is none. */
  validate(id: string, value: unknown): readonly Fault[]
  /** Faults against a schema that is registered nowhere. Throws when the schema itself is wrong. */
  validateAgainst(schema: object, value: unknown): readonly Fault[]
  /** The schema as written, by `$id` or suffix. */
  schema(id: string): JsonSchema | undefined
  /** All `$id`s, sorted. */
  ids(): readonly string[]
  /** Compiles what the messages of every type are judged by, so that none waits for it. */
  compileTypes(): void
  /** Compiles everything now; throws when a schema is wrong. */
  compileAll(): void
}

interface Validator {
  readonly fits: () => ValidateFunction
  readonly thorough: () => ValidateFunction
  readonly reach: Reach
}

const none: readonly Fault[] = []

/**
 * Above this many values inside one value, only its first fault is named: ajv copies its list of
 * errors at every reference, so that 20,000 empty steps took it six seconds.
 */
const mostNodes = 5_000

const options: Options = {
  strict: true,
  // A `then` may require what the schema around it defines; test/schemas looks for typing errors.
  strictRequired: false,
  allowUnionTypes: true,
  coerceTypes: false,
  useDefaults: false,
  removeAdditional: false,
  $data: false,
  validateFormats: true,
  logger: false,
  // Tests judge the schemas themselves; optimising costs more at the start than it ever gives back.
  validateSchema: false,
  code: { optimize: false },
  // explain.ts needs to know which schema speaks.
  verbose: true,
}

const everyError: Options = { allErrors: true }

/**
 * All `*.schema.json` below the folders. Each schema gets two validators, compiled once at first use
 * (or all at `compileAll`): one that stops at the first misfit, for every message, and one that
 * lists them all, for those that do not fit. Nothing is ever fetched.
 */
export function createSchemaRegistry(folders: readonly string[]): SchemaRegistry {
  const schemas = readSchemas(folders)
  const fast = once(() => createAjv([...schemas.values()], {}))
  const slow = once(() => createAjv([...schemas.values()], everyError))
  const reach = createReach(schemas)
  const validators = new Map<string, Validator>()
  for (const id of schemas.keys()) {
    const validator: Validator = {
      fits: once(() => compiled(fast(), id)),
      thorough: once(() => compiled(slow(), id)),
      reach,
    }
    validators.set(id, validator)
    validators.set(suffixOf(id), validator)
  }

  const types = [...schemas.values()]
    .flatMap(messageTypeOf)
    .sort((a, b) => (a.type < b.type ? -1 : 1))
  const byType = new Map(types.map(({ type, schemaId }) => [type, validators.get(schemaId)]))
  if (byType.size < types.length) throw new Error('two schemas have the same x-message-type')
  const subjects = new Map(
    types.map(({ type, schemaId }) => [type, pathsOf(schemas.get(schemaId), 'x-subject')]),
  )
  const units = new Map(
    types.map(({ type, schemaId }) => [type, pathsOf(schemas.get(schemaId), 'x-unit')]),
  )
  const personal = once(
    () =>
      new Set(
        types.flatMap(({ type, schemaId }) => (marksPersonalData(schemas, schemaId) ? [type] : [])),
      ),
  )
  const anonymous = new WeakMap<object, Validator>()
  const find = (id: string): JsonSchema | undefined =>
    schemas.get(id) ?? [...schemas.values()].find((one) => suffixOf(one.$id) === id)

  return {
    messageTypes: () => types,

    validateMessage(type, data) {
      const validator = byType.get(type)
      return validator && check(validator, data)
    },

    subjectOf(type, data) {
      const values = subjects.get(type)?.map((path) => valueAt(data, path))
      return values?.every((value) => typeof value === 'string') ? values.join('/') : undefined
    },

    unitOf(type, data) {
      for (const path of units.get(type) ?? []) {
        const value = valueAt(data, path)
        const unit = typeof value === 'string' ? unitOfCode(value) : undefined
        if (unit !== undefined) return unit
      }
      return undefined
    },

    holdsPersonalData: (type) => personal().has(type),

    maskPersonal: (type, data) =>
      maskPersonal(schemas, types.find((one) => one.type === type)?.schemaId, data),

    validate(id, value) {
      const validator = validators.get(id)
      if (!validator) throw new Error(`there is no schema ${id}`)
      return check(validator, value)
    },

    validateAgainst(schema, value) {
      const validator = anonymous.get(schema) ?? compileAlone(schema)
      anonymous.set(schema, validator)
      return check(validator, value)
    },

    schema: find,
    ids: () => [...schemas.keys()].sort(),

    compileTypes() {
      for (const validator of byType.values()) validator?.fits()
    },

    compileAll() {
      for (const { fits, thorough } of new Set(validators.values())) {
        fits()
        thorough()
      }
    },
  }
}

function createAjv(schemas: readonly object[], more: Options): Ajv2020 {
  const ajv = new Ajv2020({ ...options, ...more })
  addFormats(ajv)
  for (const name of annotationsOf(schemas)) ajv.addKeyword(name)
  for (const schema of schemas) ajv.addSchema(schema)
  return ajv
}

function compiled(ajv: Ajv2020, id: string): ValidateFunction {
  const validate = ajv.getSchema(id)
  if (!validate) throw new Error(`there is no schema ${id}`)
  return validate
}

/** Judges schemas; its own schema takes long to compile, so that is done once for all of them. */
const judge = once(() => new Ajv2020({ logger: false }))

function compileAlone(schema: object): Validator {
  const compile = (more: Options): ValidateFunction => {
    judge().validateSchema(schema, true)
    const ajv = createAjv([], more)
    for (const name of annotationsOf(schema)) ajv.addKeyword(name)
    return ajv.compile(schema)
  }
  const id = '$id' in schema && typeof schema.$id === 'string' ? schema.$id : ''
  return {
    fits: once(() => compile({})),
    thorough: once(() => compile(everyError)),
    reach: createReach(new Map([[id, schema]])),
  }
}

/** The value of `make`, made at the first call. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

function check({ fits, thorough, reach }: Validator, value: unknown): readonly Fault[] {
  const fitsNow = fits()
  if (fitsNow(value)) return none
  if (nodesIn(value, mostNodes) >= mostNodes) return explainSome(errorsOf(fitsNow), reach)
  fitsNow.errors = null
  const validate = thorough()
  validate(value)
  return explain(errorsOf(validate), reach)
}

/** Takes the errors away, so that a compiled validator keeps no value alive. */
function errorsOf(validate: ValidateFunction): readonly ErrorObject[] {
  const errors = validate.errors ?? []
  validate.errors = null
  return errors
}

/** How many values there are inside this one, itself included; counts no further than `enough`. */
function nodesIn(value: unknown, enough: number): number {
  const todo: unknown[] = [value]
  let count = 0
  while (todo.length > 0 && count < enough) {
    const node = todo.pop()
    count += 1
    if (typeof node !== 'object' || node === null) continue
    const values = Object.values(node)
    if (count + todo.length + values.length >= enough) return enough
    todo.push(...values)
  }
  return count
}

function messageTypeOf(schema: JsonSchema): MessageType[] {
  const type = schema['x-message-type']
  if (typeof type !== 'string') return []
  const [vi = '', en = vi] = (schema.title ?? type).split(' / ')
  return [{ type, schemaId: schema.$id, title: { vi, en } }]
}

function pathsOf(
  schema: JsonSchema | undefined,
  annotation: 'x-subject' | 'x-unit',
): string[][] | undefined {
  const pointers = schema?.[annotation]
  if (!Array.isArray(pointers)) return undefined
  return pointers.map((pointer) => String(pointer).split('/').slice(1))
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  let node = data
  for (const key of path)
    node =
      typeof node === 'object' && node !== null && Object.hasOwn(node, key)
        ? (node as Record<string, unknown>)[key]
        : undefined
  return node
}
