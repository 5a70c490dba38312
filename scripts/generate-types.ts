/**
 * Makes `src/connector/generated/<owner>.ts` from `schemas/<owner>/<name>/v1.schema.json`.
 *
 *   node --import ts-blank-space/register scripts/generate-types.ts           writes
 *   node --import ts-blank-space/register scripts/generate-types.ts --check   fails when stale
 *
 * One file per owner. A schema becomes a type named after its folder (`dossier-upserted` →
 * `DossierUpserted`, from version 2 on `DossierUpsertedV2`); an entry of its `$defs` becomes
 * `<Schema><Entry>` (`DossierApplicant`), and a plain string or number is written in place.
 * `generated/index.ts` gives the canonical owner's types by name and every other owner's as a
 * namespace, so that two systems may both have a `Login`.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compile } from 'json-schema-to-typescript'

type Json = null | boolean | number | string | Json[] | JsonObject
interface JsonObject {
  [key: string]: Json
}

interface Source {
  readonly id: string
  readonly owner: string
  readonly typeName: string
  readonly schema: JsonObject
}

const canonicalOwner = 'tthc'
const banner = '// Made by scripts/generate-types.ts from schemas/. Do not edit.'
const annotations = [
  '$schema',
  '$id',
  '$comment',
  '$defs',
  'title',
  'description',
  'examples',
  'default',
  'minItems',
  'maxItems',
  'format',
  'pattern',
]
const conditions = ['if', 'then', 'else', 'not', 'propertyNames', 'dependentRequired']

/** File name → text, for everything that belongs into `src/connector/generated/`. */
export async function generateTypes(schemaFolder: string): Promise<Map<string, string>> {
  const sources = await readSources(schemaFolder)
  const files = new Map<string, string>()
  const owners = [...new Set(sources.map((source) => source.owner))].sort()
  for (const owner of owners) files.set(`${owner}.ts`, await typesOf(owner, sources))
  const lines = owners.map((owner) =>
    owner === canonicalOwner
      ? `export type * from './${owner}.ts'`
      : `export type * as ${camelCase(owner)} from './${owner}.ts'`,
  )
  files.set('index.ts', `${[banner, ...lines].join('\n')}\n`)
  return files
}

async function readSources(folder: string): Promise<Source[]> {
  const names = await readdir(folder, { recursive: true })
  const paths = names
    .map((name) => name.split('\\').join('/'))
    .filter((name) => /^[^/]+\/[^/]+\/v\d+\.schema\.json$/.test(name))
    .sort()
  return Promise.all(
    paths.map(async (path) => {
      const schema = JSON.parse(await readFile(join(folder, path), 'utf8')) as JsonObject
      const [owner = '', name = '', file = ''] = path.split('/')
      const version = /^v(\d+)/.exec(file)?.[1] ?? '1'
      const typeName = pascalCase(name) + (version === '1' ? '' : `V${version}`)
      return { id: String(schema.$id), owner, typeName, schema }
    }),
  )
}

async function typesOf(owner: string, sources: readonly Source[]): Promise<string> {
  const definitions: JsonObject = {}
  const foreign = new Set<string>()
  const add = (name: string, schema: Json, base: string): void => {
    if (name in definitions) throw new Error(`two schemas of ${owner} would be type ${name}`)
    definitions[name] = reduce(schema, { base, owner, sources, foreign })
  }
  for (const source of sources.filter((one) => one.owner === owner)) {
    add(source.typeName, source.schema, source.id)
    for (const [key, entry] of Object.entries(objectAt(source.schema, '$defs')))
      if (!isScalar(entry, source.id, sources)) add(entryName(source, key), entry, source.id)
  }
  const text = await compile({ type: 'object', $defs: definitions }, 'Root', {
    bannerComment: '',
    additionalProperties: true,
    ignoreMinAndMaxItems: true,
    unknownAny: true,
    unreachableDefinitions: true,
    style: { semi: false, singleQuote: true, printWidth: 100 },
  })
  const imports = [...foreign]
    .sort()
    .map((other) => `import type * as ${camelCase(other)} from './${other}.ts'`)
  const body = text
    .replace(/export interface Root \{[^}]*\}\n/, '')
    .replace(
      /\n \*\n \* This interface was referenced by `Root`'s JSON-Schema\n \* via the `definition` "\w+"\./g,
      '',
    )
    .replace(
      /\/\*\*\n \* This interface was referenced by `Root`'s JSON-Schema\n \* via the `definition` "\w+"\.\n \*\/\n/g,
      '',
    )
    .trim()
  return `${[banner, ...imports, '', body].join('\n')}\n`
}

interface Place {
  readonly base: string
  readonly owner: string
  readonly sources: readonly Source[]
  readonly foreign: Set<string>
}

/** The part of a schema that says something about the shape, in the generator's dialect. */
function reduce(schema: Json, place: Place): JsonObject {
  if (!isObject(schema)) return { tsType: schema === false ? 'never' : 'unknown' }
  const comment = [schema.title, schema.description].filter((text) => text).join('\n\n')
  const described: JsonObject = comment ? { description: comment } : {}
  if (typeof schema.$ref === 'string')
    return { ...reduceReference(schema.$ref, place), ...described }
  const result: JsonObject = {}
  for (const [key, value] of Object.entries(schema)) {
    if (annotations.includes(key) || conditions.includes(key) || key.startsWith('x-')) continue
    if (key === 'properties' || key === 'patternProperties')
      result[key] = mapEntries(value, (entry) => reduce(entry, place))
    else if (key === 'items' || key === 'additionalProperties')
      result[key] = typeof value === 'boolean' ? value : reduce(value, place)
    else if (key === 'allOf' || key === 'anyOf' || key === 'oneOf') {
      const parts = (value as Json[]).filter(saysShape).map((part) => reduce(part, place))
      if (parts.length > 0) result[key] = parts
    } else result[key] = value
  }
  if (!saysShape(result)) result.tsType = 'unknown'
  return { ...result, ...described }
}

function reduceReference(reference: string, place: Place): JsonObject {
  const { source, entry, schema } = resolve(reference, place.base, place.sources)
  if (isScalar(schema, source.id, place.sources)) return { type: scalarType(schema, source, place) }
  const name = entry === undefined ? source.typeName : entryName(source, entry)
  if (source.owner === place.owner) return { $ref: `#/$defs/${name}` }
  place.foreign.add(source.owner)
  return { tsType: `${camelCase(source.owner)}.${name}` }
}

function resolve(reference: string, base: string, sources: readonly Source[]) {
  const target = new URL(reference, base)
  const fragment = decodeURIComponent(target.hash)
  target.hash = ''
  const source = sources.find((one) => one.id === target.href)
  if (!source) throw new Error(`${base} refers to ${reference}, which is not in schemas/`)
  if (fragment === '') return { source, entry: undefined, schema: source.schema as Json }
  const entry = /^#\/\$defs\/([^/]+)$/.exec(fragment)?.[1]
  const schema = entry === undefined ? undefined : objectAt(source.schema, '$defs')[entry]
  if (entry === undefined || schema === undefined)
    throw new Error(`${base} refers to ${reference}; only #/$defs/<name> is supported`)
  return { source, entry, schema }
}

/** A string, number or boolean without a list of values: not worth a name. */
function isScalar(schema: Json, base: string, sources: readonly Source[]): boolean {
  if (!isObject(schema) || 'enum' in schema || 'const' in schema) return false
  if (typeof schema.$ref === 'string') {
    const target = resolve(schema.$ref, base, sources)
    return isScalar(target.schema, target.source.id, sources)
  }
  return ['string', 'integer', 'number', 'boolean'].includes(String(schema.type))
}

function scalarType(schema: Json, source: Source, place: Place): string {
  if (!isObject(schema)) return 'string'
  if (typeof schema.$ref !== 'string') return String(schema.type)
  const target = resolve(schema.$ref, source.id, place.sources)
  return scalarType(target.schema, target.source, place)
}

const shapes = ['$ref', 'type', 'properties', 'enum', 'const', 'allOf', 'anyOf', 'oneOf']

const saysShape = (part: Json): boolean =>
  isObject(part) && Object.keys(part).some((key) => shapes.includes(key))

function entryName(source: Source, key: string): string {
  const name = pascalCase(key)
  return name.startsWith(source.typeName) ? name : source.typeName + name
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const objectAt = (schema: JsonObject, key: string): JsonObject => {
  const value = schema[key]
  return isObject(value) ? value : {}
}

const mapEntries = (value: Json, change: (entry: Json) => Json): JsonObject =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([key, entry]) => [key, change(entry)]),
  )

const pascalCase = (name: string): string =>
  name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const camelCase = (name: string): string =>
  name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

async function main(): Promise<void> {
  const root = join(import.meta.dirname, '..')
  const folder = join(root, 'src/connector/generated')
  const files = await generateTypes(join(root, 'schemas'))
  await mkdir(folder, { recursive: true })
  const present = await readdir(folder)
  const stale: string[] = present.filter((name) => !files.has(name))
  for (const [name, text] of files) {
    const old = present.includes(name) ? await readFile(join(folder, name), 'utf8') : undefined
    if (old !== text) stale.push(name)
  }
  if (process.argv.includes('--check')) {
    if (stale.length > 0) console.error(`stale in src/connector/generated: ${stale.join(', ')}`)
    process.exitCode = stale.length > 0 ? 1 : 0
    return
  }
  for (const name of stale) {
    const text = files.get(name)
    if (text === undefined) await rm(join(folder, name))
    else await writeFile(join(folder, name), text)
  }
  console.log(stale.length > 0 ? `written: ${stale.join(', ')}` : 'already fresh')
}

if (process.argv[1] === import.meta.filename) await main()
