/** A connector folder as the suite sees it: code, manifest, simulator and fixtures. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SchemaRegistry } from '../../src/adapters/ajv/schema-registry.ts'
import type { LoadedConnector } from '../../src/adapters/connectors/load-connectors.ts'
import type {
  CreateSimulator,
  Followed,
  IncomingMessage,
  LookupQuestion,
} from '../../src/connector/index.ts'
import type { CodeRow } from '../../src/domain/configuration.ts'

/** What the simulator has received and applied. */
export interface RemoteEntry {
  readonly operation: string
  readonly subject: string
  readonly content: unknown
  readonly idempotencyKey?: string
}

export interface Case {
  readonly name: string
  /** In the order in which they are sent, on one lane. */
  readonly messages: readonly IncomingMessage[]
  readonly remote: readonly RemoteEntry[]
}

export interface LookupCase {
  readonly name: string
  readonly question: LookupQuestion
  readonly answer: unknown
}

export interface Subject extends LoadedConnector {
  readonly readme: string
  readonly createSimulator: CreateSimulator
  readonly cases: readonly Case[]
  readonly lookups: readonly LookupCase[]
  readonly state: ReadonlyMap<string, unknown> | undefined
  /** What deliveries have asked to be followed, before the rules on `pull`. */
  readonly follows: readonly Followed[]
  readonly codes: Readonly<Record<string, readonly CodeRow[]>>
  readonly registry: SchemaRegistry
}

/** Reads everything that a folder brings; throws when it has no simulator. */
export async function readSubject(
  loaded: LoadedConnector,
  surroundings: Pick<Subject, 'codes' | 'registry'>,
): Promise<Subject> {
  const fixtures = join(loaded.folder, 'fixtures')
  const files = existsSync(fixtures) ? readdirSync(fixtures).sort() : []
  const json = (file: string): unknown => JSON.parse(readFileSync(join(fixtures, file), 'utf8'))
  const named = (suffix: string): { name: string; content: unknown }[] =>
    files
      .filter((file) => file.endsWith(suffix))
      .map((file) => ({ name: file.slice(0, -suffix.length), content: json(file) }))
  const simulator: { default: CreateSimulator } = await import(
    pathToFileURL(join(loaded.folder, 'simulator.ts')).href
  )
  const readme = join(loaded.folder, 'README.md')
  return {
    ...loaded,
    registry: surroundings.registry,
    readme: existsSync(readme) ? readFileSync(readme, 'utf8') : '',
    createSimulator: simulator.default,
    cases: named('.message.json').map(({ name, content }) => ({
      name,
      messages: (Array.isArray(content) ? content : [content]).map(toMessage),
      remote: files.includes(`${name}.remote.json`)
        ? (json(`${name}.remote.json`) as readonly RemoteEntry[])
        : [],
    })),
    lookups: named('.lookup.json').map(({ name, content }) => ({
      name,
      ...(content as Omit<LookupCase, 'name'>),
    })),
    state: files.includes('state.json')
      ? new Map(json('state.json') as [string, unknown][])
      : undefined,
    follows: files.includes('follows.json') ? (json('follows.json') as readonly Followed[]) : [],
    codes: {
      ...surroundings.codes,
      ...(files.includes('codes.json') && (json('codes.json') as Subject['codes'])),
    },
  }
}

/** A fixture is a CloudEvent; the hub calls its `id` eventId, because a message has an id of its own. */
function toMessage(event: unknown): IncomingMessage {
  const { id, source, type, subject, time, dataschema, data } = event as Record<string, string>
  if (!id || !source || !type || !subject || !time)
    throw new Error('A fixture needs id, source, type, subject and time')
  return { eventId: id, source, type, subject, time, ...(dataschema && { dataschema }), data }
}
