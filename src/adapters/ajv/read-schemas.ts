import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface JsonSchema {
  readonly $id: string
  readonly title?: string
  readonly [keyword: string]: unknown
}

export const idPrefix = 'https://lien-thong.example/schemas/'

/** Every `*.schema.json` below these folders, by `$id`. Throws when one is unreadable or named twice. */
export function readSchemas(folders: readonly string[]): Map<string, JsonSchema> {
  const schemas = new Map<string, JsonSchema>()
  for (const folder of folders) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    for (const name of names.filter((one) => one.endsWith('.schema.json')).sort()) {
      const schema = readSchema(join(folder, name))
      if (schemas.has(schema.$id)) throw new Error(`two schemas have the $id ${schema.$id}`)
      schemas.set(schema.$id, schema)
    }
  }
  return schemas
}

function readSchema(path: string): JsonSchema {
  const schema: unknown = JSON.parse(readFileSync(path, 'utf8'))
  const id = typeof schema === 'object' && schema !== null && '$id' in schema ? schema.$id : ''
  if (typeof id !== 'string' || !/^[a-z-]+\/[a-z0-9-]+\/v\d+$/.test(suffixOf(id)))
    throw new Error(`${path}: $id must be ${idPrefix}<owner>/<name>/v<number>`)
  return schema as JsonSchema
}

export const suffixOf = (id: string): string =>
  id.startsWith(idPrefix) ? id.slice(idPrefix.length) : ''

/** Names that begin with `x-` say something to people and tools, never to the validator. */
export function annotationsOf(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith('x-')) found.add(key)
    annotationsOf(value, found)
  }
  return found
}
