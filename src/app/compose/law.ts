/** The schemas and connectors of the hub and of the province: what configuration and messages are judged by. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suffixOf } from '../../adapters/ajv/read-schemas.ts'
import { createSchemaRegistry, type SchemaRegistry } from '../../adapters/ajv/schema-registry.ts'
import { type ConnectorShelf, loadConnectors } from '../../adapters/connectors/load-connectors.ts'
import { parseExpressions } from '../../adapters/expressions/parse.ts'
import { HubError } from '../../domain/errors.ts'
import type { ConfigLaw } from '../config/law.ts'
import type { ProcessSettings } from '../settings.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

export interface Law extends ConfigLaw {
  readonly registry: SchemaRegistry
  readonly shelf: ConnectorShelf
}

const opened = new Map<string | undefined, Promise<Law>>()

/**
 * Read once: neither what ships with the hub nor the province's own extensions change while it runs.
 * A schema or connector that both have is a fault, never a replacement.
 */
export async function openLaw(
  extensionsDir: string | undefined,
  expressions: ProcessSettings['expressions'] = 'off',
): Promise<Law> {
  const known =
    opened.get(extensionsDir) ?? readLaw([root, ...(extensionsDir ? [extensionsDir] : [])])
  opened.set(extensionsDir, known)
  return { ...(await known), ...(expressions === 'on' && { expressions: parseExpressions }) }
}

function readSchemas(homes: readonly string[]): SchemaRegistry {
  const folders = homes.map((home) => join(home, 'schemas')).filter(existsSync)
  const [, extensions] = homes
  if (extensions === undefined) return createSchemaRegistry(folders)
  try {
    const registry = createSchemaRegistry(folders)
    // Now, and not when the first message of its type comes: this is where the fault can be named.
    registry.compileAll()
    return registry
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    throw new HubError('config-invalid', {
      cause,
      detail: {
        vi: `Lược đồ trong phần mở rộng ${extensions} chưa đúng: ${cause.message}`,
        en: `The schemas of the extensions in ${extensions} are not right: ${cause.message}`,
      },
    })
  }
}

async function readLaw(homes: readonly string[]): Promise<Law> {
  const registry = readSchemas(homes)
  const shelf = await loadConnectors(
    homes.map((home) => ({ folder: join(home, 'connectors'), isProven: home === root })),
    registry.validateAgainst,
  )
  return {
    registry,
    shelf,
    validate: registry.validate,
    validateAgainst: registry.validateAgainst,
    schema: registry.schema,
    schemaNames: registry.ids().map(suffixOf),
    messageTypes: registry.messageTypes().map(({ type }) => type),
    manifests: [...shelf.connectors.values()].map(({ manifest }) => manifest),
  }
}
