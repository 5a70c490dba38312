/** Connector folders read for the suite, with the schemas and code tables of the repository. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSchemaRegistry } from '../../src/adapters/ajv/schema-registry.ts'
import {
  type BrokenConnector,
  loadConnectors,
} from '../../src/adapters/connectors/load-connectors.ts'
import { isCodeRows, parseCodeTable } from '../../src/app/config/code-table.ts'
import type { CodeRow } from '../../src/domain/configuration.ts'
import { readSubject, type Subject } from './subject.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))

export interface ShelfOptions {
  /** Folders of connector folders. */
  readonly shelves: readonly string[]
  /** Folders of schemas. */
  readonly schemas: readonly string[]
  /** The one connector that is wanted; default all. */
  readonly only?: string
}

/** Every connector below the shelves: those that can be judged, and those that cannot be loaded. */
export async function readShelf({ shelves, schemas, only }: ShelfOptions): Promise<{
  subjects: readonly Subject[]
  broken: readonly BrokenConnector[]
}> {
  const registry = createSchemaRegistry(schemas)
  const codes = readCodes()
  const { connectors, broken } = await loadConnectors(
    shelves.map((folder) => ({ folder })),
    registry.validateAgainst,
  )
  const isWanted = ({ id }: { readonly id: string }): boolean => only === undefined || id === only
  const subjects = [...connectors.values()]
    .filter(isWanted)
    .map((loaded) => readSubject(loaded, { codes, registry }))
  return { subjects: await Promise.all(subjects), broken: [...broken.values()].filter(isWanted) }
}

function readCodes(): Record<string, CodeRow[]> {
  const folder = join(root, 'config/codes')
  const files = readdirSync(folder).filter((file) => file.endsWith('.csv'))
  return Object.fromEntries(
    files.map((file) => {
      const rows = parseCodeTable(file, readFileSync(join(folder, file)))
      if (!isCodeRows(rows)) throw new Error(`config/codes/${file} has faults`)
      return [basename(file, '.csv'), rows]
    }),
  )
}
