import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CreateConnector } from '../../connector/contract.ts'
import type { Manifest } from '../../connector/manifest.ts'
import { type Fault, HubError } from '../../domain/errors.ts'

export interface LoadedConnector {
  readonly id: string
  readonly folder: string
  readonly manifest: Manifest
  readonly create: CreateConnector
}

/** A folder that cannot be used. Systems that name it are marked misconfigured; the hub runs on. */
export interface BrokenConnector {
  readonly id: string
  readonly folder: string
  readonly problem: HubError
}

export interface ConnectorShelf {
  readonly connectors: ReadonlyMap<string, LoadedConnector>
  readonly broken: ReadonlyMap<string, BrokenConnector>
}

const manifestSchema: object = JSON.parse(
  readFileSync(new URL('../../connector/manifest.schema.json', import.meta.url), 'utf8'),
)

/** Without its own identity: inside of a manifest it is a part of that. */
function sharedDefinition(path: string): Readonly<Record<string, unknown>> {
  const file = new URL(`../../connector/${path}.schema.json`, import.meta.url)
  const { $id: _, $schema: __, ...definition } = JSON.parse(readFileSync(file, 'utf8'))
  return definition
}

/** What the options of any connector may refer to as `#/$defs/<name>`, whole or in part. */
const sharedDefinitions = Object.entries({
  credentials: sharedDefinition('credentials/credentials'),
  adapterAddress: sharedDefinition('mapi/address'),
  mapi: sharedDefinition('mapi/mapi'),
  mapping: sharedDefinition('mapping/mapping'),
  verdicts: sharedDefinition('mapping/verdicts'),
})

function withSharedDefinitions(manifest: Manifest): Manifest {
  const text = JSON.stringify(manifest.options)
  const used = sharedDefinitions.filter(([name]) =>
    [`"#/$defs/${name}"`, `"#/$defs/${name}/`].some((reference) => text.includes(reference)),
  )
  const $defs = { ...(manifest.options.$defs as object | undefined), ...Object.fromEntries(used) }
  return used.length === 0 ? manifest : { ...manifest, options: { ...manifest.options, $defs } }
}

/** Faults of a value against a schema that is registered nowhere. Throws when the schema is wrong. */
export type ValidateAgainst = (schema: object, value: unknown) => readonly Fault[]

export interface Shelf {
  /** A folder of connector folders. */
  readonly folder: string
  /**
   * What ships with the hub: its tests compile the options of every connector. Here that would take
   * longer than all else at a start.
   */
  readonly isProven?: boolean
}

/**
 * Finds every connector on these shelves: a folder with `connector.json`. The manifest is
 * read, not imported. A folder that is broken (no manifest beside its index.ts, a manifest that does
 * not fit, an options schema that does not compile, code that cannot be loaded, an id that is taken)
 * is reported and never thrown.
 */
export async function loadConnectors(
  shelves: readonly Shelf[],
  validateAgainst: ValidateAgainst,
): Promise<ConnectorShelf> {
  const connectors = new Map<string, LoadedConnector>()
  const broken = new Map<string, BrokenConnector>()
  for (const { folder, isProven } of shelves.flatMap(connectorFolders)) {
    const id = basename(folder)
    try {
      if (connectors.has(id) || broken.has(id)) throw taken(id)
      const manifest = readManifest(id, folder, validateAgainst)
      if (!isProven) checkOptions(manifest, validateAgainst)
      connectors.set(id, { id, folder, manifest, create: await loadCode(id, folder) })
    } catch (cause) {
      connectors.delete(id)
      broken.set(id, {
        id,
        folder,
        problem: cause instanceof HubError ? cause : unloadable(id, cause),
      })
    }
  }
  return { connectors, broken }
}

function connectorFolders(shelf: Shelf): Shelf[] {
  if (!existsSync(shelf.folder)) return []
  return readdirSync(shelf.folder)
    .sort()
    .map((name) => ({ ...shelf, folder: join(shelf.folder, name) }))
    .filter(({ folder }) =>
      ['connector.json', 'index.ts'].some((file) => existsSync(join(folder, file))),
    )
}

async function loadCode(id: string, folder: string): Promise<CreateConnector> {
  const module: { readonly default?: unknown } = await import(
    pathToFileURL(join(folder, 'index.ts')).href
  )
  if (typeof module.default !== 'function')
    throw problem(
      `index.ts của ${id} không có hàm tạo mặc định.`,
      `index.ts of ${id} has no default export that makes a connector.`,
    )
  return module.default as CreateConnector
}

function readManifest(id: string, folder: string, validateAgainst: ValidateAgainst): Manifest {
  let manifest: unknown
  try {
    manifest = JSON.parse(readFileSync(join(folder, 'connector.json'), 'utf8'))
  } catch (cause) {
    throw problem(
      `connector.json của ${id} không có hoặc không phải JSON hợp lệ.`,
      `connector.json of ${id} is missing or not valid JSON.`,
      [],
      cause,
    )
  }
  const faults = validateAgainst(manifestSchema, manifest)
  if (faults.length > 0)
    throw problem(
      `connector.json của ${id} không khớp lược đồ.`,
      `connector.json of ${id} does not fit its schema.`,
      faults,
    )
  const known = withSharedDefinitions(manifest as Manifest)
  if (known.id !== id)
    throw problem(
      `connector.json mang mã ${known.id}, khác tên thư mục ${id}.`,
      `connector.json has the id ${known.id}, the folder is ${id}.`,
    )
  return known
}

/** An options schema that does not compile would otherwise be found when a system is configured. */
function checkOptions({ id, options }: Manifest, validateAgainst: ValidateAgainst): void {
  try {
    validateAgainst(options, {})
  } catch (cause) {
    throw problem(
      `Lược đồ tuỳ chọn của ${id} không hợp lệ.`,
      `The options schema of ${id} is not valid.`,
      [],
      cause,
    )
  }
}

const problem = (
  vi: string,
  en: string,
  faults: readonly Fault[] = [],
  cause?: unknown,
): HubError => new HubError('system-misconfigured', { detail: { vi, en }, faults, cause })

const unloadable = (id: string, cause: unknown): HubError =>
  problem(`Không nạp được mã của ${id}.`, `The code of ${id} cannot be loaded.`, [], cause)

const taken = (id: string): HubError =>
  problem(`Có hai thư mục connector cùng mã ${id}.`, `Two connector folders have the id ${id}.`)
