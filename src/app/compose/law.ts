/** The schemas and connectors that ship with the hub: what configuration and messages are judged by. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSchemaRegistry, type SchemaRegistry } from '../../adapters/ajv/schema-registry.ts'
import { type ConnectorShelf, loadConnectors } from '../../adapters/connectors/load-connectors.ts'
import type { ConfigLaw } from '../config/law.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

export interface Law extends ConfigLaw {
  readonly registry: SchemaRegistry
  readonly shelf: ConnectorShelf
}

let opened: Promise<Law> | undefined

/** Read once: what ships with the hub does not change while it runs. */
export const openLaw = (): Promise<Law> => {
  opened ??= readLaw()
  return opened
}

async function readLaw(): Promise<Law> {
  const registry = createSchemaRegistry([join(root, 'schemas')])
  const shelf = await loadConnectors([join(root, 'connectors')], registry.validateAgainst)
  return {
    registry,
    shelf,
    validate: registry.validate,
    validateAgainst: registry.validateAgainst,
    schema: registry.schema,
    messageTypes: registry.messageTypes().map(({ type }) => type),
    manifests: [...shelf.connectors.values()].map(({ manifest }) => manifest),
  }
}
