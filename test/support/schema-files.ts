import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')
export const schemaFolder = join(root, 'schemas')

export type Json = Readonly<Record<string, unknown>>

export interface SchemaFile {
  /** `<owner>/<name>/v<number>`, the suffix of the `$id` the file must have. */
  readonly suffix: string
  readonly owner: string
  readonly schema: Json
}

export interface Example {
  readonly schema: string
  /** Path below `schemas/`. */
  readonly file: string
  readonly content: unknown
}

const read = (path: string): unknown => JSON.parse(readFileSync(join(schemaFolder, path), 'utf8'))

/** Every schema of every owner. */
export function schemaFiles(): SchemaFile[] {
  return readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.schema.json'))
    .sort()
    .map((path) => ({
      suffix: path.replace(/\.schema\.json$/, ''),
      owner: path.split('/')[0] ?? '',
      schema: read(path) as Json,
    }))
}

/** The examples beside a schema; version 2 has its own under `examples/v2/`. */
export function examplesOf({ suffix }: SchemaFile, kind: 'valid' | 'invalid'): Example[] {
  const [owner = '', name = '', version = ''] = suffix.split('/')
  const folder = join(owner, name, 'examples', version === 'v1' ? '' : version, kind)
  if (!existsSync(join(schemaFolder, folder))) return []
  return readdirSync(join(schemaFolder, folder))
    .sort()
    .map((file) => ({
      schema: suffix,
      file: join(folder, file),
      content: read(join(folder, file)),
    }))
}

/** Calls back for every object in a schema, with its place. */
export function walk(node: unknown, visit: (node: Json, place: string) => void, place = '#'): void {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) visit(node as Json, place)
  for (const [key, value] of Object.entries(node)) walk(value, visit, `${place}/${key}`)
}
