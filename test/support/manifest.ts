/** A connector's manifest as the hub reads it: with the definitions that manifests share. */
import { join } from 'node:path'
import { createSchemaRegistry } from '../../src/adapters/ajv/schema-registry.ts'
import { loadConnectors } from '../../src/adapters/connectors/load-connectors.ts'
import { referredBy } from '../../src/app/config/local-reference.ts'
import type { Manifest } from '../../src/connector/manifest.ts'

const shelf = join(import.meta.dirname, '../../connectors')

export async function loadedManifest(id: string): Promise<Manifest> {
  const { validateAgainst } = createSchemaRegistry([])
  const { connectors, broken } = await loadConnectors([{ folder: shelf }], validateAgainst)
  const found = connectors.get(id)
  if (!found) throw broken.get(id)?.problem ?? new Error(`there is no connector ${id}`)
  return found.manifest
}

/** What an option is when nobody sets it, by its name; options without a default are left out. */
export function declaredDefaults(options: Manifest['options']): Readonly<Record<string, unknown>> {
  const properties = options.properties as Readonly<
    Record<string, Readonly<Record<string, unknown>>>
  >
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) => {
      const value = (referredBy(property, options) ?? property).default
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
