/** The portal's connector as the hub would make it, against whatever address a test gives. */
import { createSecretKey, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import createConnector from '../../connectors/dvcqg/index.ts'
import createSimulator from '../../connectors/dvcqg/simulator.ts'
import type { Held } from '../../connectors/dvcqg/simulator-portal.ts'
import { createSchemaRegistry } from '../../src/adapters/ajv/schema-registry.ts'
import { createCodeTables } from '../../src/adapters/connectors/code-tables.ts'
import { createContext } from '../../src/adapters/connectors/context.ts'
import { createHttpClient, type SystemHttpClient } from '../../src/adapters/http/client.ts'
import { decryptBytes, encryptBytes } from '../../src/adapters/system/encryption.ts'
import { isCodeRows, parseCodeTable } from '../../src/app/config/code-table.ts'
import type {
  Confirmation,
  Connector,
  ConnectorContext,
  Dossier,
  DossierProgressedStep,
  Memo,
  Outcome,
  OutgoingDelivery,
  Simulator,
} from '../../src/connector/index.ts'
import type { CodeRow } from '../../src/domain/configuration.ts'
import { HubError } from '../../src/domain/errors.ts'
import type { Logger } from '../../src/domain/log-events.ts'
import { classify } from '../../src/engine/lanes/classify.ts'

const root = join(import.meta.dirname, '../..')

export const registry = createSchemaRegistry([join(root, 'schemas')])

export const readJson = <T>(path: string): T =>
  JSON.parse(readFileSync(join(root, path), 'utf8')) as T

/** The tables as the configuration of the demo province has them. */
export function codeRows(): Record<string, readonly CodeRow[]> {
  const folder = join(root, 'config/codes')
  const tables: Record<string, readonly CodeRow[]> = {}
  for (const file of readdirSync(folder)) {
    const rows = parseCodeTable(file, readFileSync(join(folder, file)))
    if (!isCodeRows(rows)) throw new Error(`${file}: ${JSON.stringify(rows)}`)
    tables[file.replace(/\.csv$/, '')] = rows
  }
  return tables
}

const quiet: Logger = { info() {}, warn() {}, error() {}, child: () => quiet }
const key = createSecretKey(randomBytes(32))

const opened: (() => Promise<void>)[] = []

export interface Rig {
  readonly connector: Connector
  readonly context: ConnectorContext
  readonly http: SystemHttpClient
  /** Moves the connector's clock. */
  later(ms: number): void
}

export function createRig(
  address: string,
  more: Readonly<Record<string, unknown>> = {},
  origins: readonly string[] = [],
): Rig {
  const http = createHttpClient({ allowedOrigins: [address, ...origins], timeoutMs: 400 })
  let offsetMs = 0
  const context = createContext({
    system: 'cong-dvcqg',
    options: {
      adapterUrl: address,
      dstcode: 'VN:GOV:000.00.00.G22:vpcpdvcprovider',
      username: 'tinh-demo',
      password: 'not-a-real-secret',
      agencyCode: '000.00.00.H99',
      ...more,
    },
    province: 'H99',
    publicUrl: 'https://hub.h99.example',
    http,
    clock: { now: () => new Date(Date.parse('2026-03-05T08:00:00+07:00') + offsetMs) },
    log: quiet,
    codes: createCodeTables(codeRows()),
    validate: registry.validate,
    seal: (text) => encryptBytes(key, Buffer.from(text), 'link').toString('base64url'),
    open(sealed) {
      const plain = decryptBytes(key, Buffer.from(sealed, 'base64url'), 'link')
      if (!plain) throw new HubError('body-unreadable')
      return plain.toString('utf8')
    },
  })
  const connector = createConnector(context)
  opened.push(async () => {
    await connector.close()
    http.close()
  })
  return {
    connector,
    context,
    http,
    later(ms) {
      offsetMs += ms
    },
  }
}

export const types = {
  'push-dossier': 'vn.tthc.dossier.upserted.v1',
  'push-progress': 'vn.tthc.dossier.progressed.v1',
  'push-portal-status': 'vn.tthc.dossier.portal-status.v1',
  'push-rating': 'vn.tthc.dossier.rated.v1',
  'push-answer': 'vn.tthc.question.answered.v1',
} as const
export type Operation = keyof typeof types

export interface Lane {
  memo(): Memo | undefined
  /** The next delivery. */
  send(operation: Operation, data: unknown): Promise<Outcome>
  /** Another attempt of the newest delivery. */
  again(operation: Operation, data: unknown): Promise<Outcome>
  confirm(operation: Operation, data: unknown): Promise<Confirmation>
  /** As when a worker is lost: what was sent is not remembered. */
  lose(operation: Operation, data: unknown): Promise<void>
  /** A delivery that is settled without the connector. */
  skip(): void
}

/** One lane: numbers its deliveries and hands the memory on, as the engine does. */
export function createLane(connector: Connector): Lane {
  const signal = new AbortController().signal
  let memo: Memo | undefined
  let number = 0
  let attempt = 1
  const deliveryOf = (operation: Operation, data: unknown): OutgoingDelivery => ({
    id: `7.${number}`,
    idempotencyKey: `key-${number}`,
    attempt,
    operation,
    message: {
      id: `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`,
      source: '/h99/mot-cua',
      eventId: `event-${number}`,
      type: types[operation],
      subject: 'H99.14-240101-0001',
      time: '2024-03-05T08:00:00+07:00',
      data,
    },
    memo,
  })
  const attemptOf = async (operation: Operation, data: unknown): Promise<Outcome> => {
    try {
      const outcome = await connector.send?.(deliveryOf(operation, data), signal)
      if (!outcome) throw new Error('the connector cannot send')
      return outcome
    } catch (error) {
      return classify(error)
    }
  }
  const remembered = (outcome: Outcome): Outcome => {
    memo = outcome.memo ?? memo
    return outcome
  }
  return {
    memo: () => memo,
    async send(operation, data) {
      number += 1
      attempt = 1
      return remembered(await attemptOf(operation, data))
    },
    async again(operation, data) {
      attempt += 1
      return remembered(await attemptOf(operation, data))
    },
    async confirm(operation, data) {
      const answer = await connector.confirm?.(deliveryOf(operation, data), signal)
      if (!answer) throw new Error('the connector cannot confirm')
      return answer
    },
    async lose(operation, data) {
      number += 1
      attempt = 1
      await attemptOf(operation, data)
    },
    skip() {
      number += 1
    },
  }
}

/** An accepted dossier whose every code has a row in the tables of the demo province. */
export const aDossier = (changes: Partial<Dossier> = {}): Dossier => ({
  ...readJson<{ dossier: Dossier }>(
    'schemas/tthc/dossier-upserted/examples/valid/citizen-online-processing.json',
  ).dossier,
  code: 'H99.14-240101-0001',
  databasesConsulted: ['population'],
  ...changes,
})

export const steps = (count: number, from = 0): DossierProgressedStep[] =>
  Array.from({ length: count }, (_, index) => ({
    officer: 'Cán bộ Thử',
    at: `2024-01-02T08:${String(from + index).padStart(2, '0')}:00+07:00`,
    content: `Bước xử lý số ${from + index}`,
    status: 'processing' as const,
  }))

export const upserted = (changes: Partial<Dossier> = {}): { dossier: Dossier } => ({
  dossier: aDossier(changes),
})

export const progressed = (...some: DossierProgressedStep[]) => ({
  code: 'H99.14-240101-0001',
  steps: some,
})

/** The portal in miniature, a connector that speaks to it, and a lane. `cleanUp` closes all. */
export async function beginDvcqg(
  options: Readonly<Record<string, unknown>> = {},
  state?: ReadonlyMap<string, unknown>,
): Promise<{ portal: Simulator; rig: Rig; lane: Lane }> {
  const portal = await createSimulator({ port: 0, ...(state && { state }) })
  opened.push(portal.stop)
  const rig = createRig(portal.address, options)
  return { portal, rig, lane: createLane(rig.connector) }
}

export async function cleanUp(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close()
}

/** What the portal in miniature holds of the dossier of these tests. */
export const held = (portal: Simulator): Held => portal.state().get('H99.14-240101-0001') as Held
