/** The one-stop system's connector as the hub would make it, and a hub's side of its doors. */
import { createHash, createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import createConnector from '../../connectors/tthc/index.ts'
import { createCodeTables } from '../../src/adapters/connectors/code-tables.ts'
import { createContext } from '../../src/adapters/connectors/context.ts'
import { createHttpClient, type SystemHttpClient } from '../../src/adapters/http/client.ts'
import { decryptBytes, encryptBytes } from '../../src/adapters/system/encryption.ts'
import type {
  AcceptResult,
  Connector,
  Door,
  DoorRequest,
  DoorResponse,
  Dossier,
  IncomingMessage,
  Message,
} from '../../src/connector/index.ts'
import type { CodeRow } from '../../src/domain/configuration.ts'
import { HubError } from '../../src/domain/errors.ts'
import { toSubmission } from '../../src/engine/accept/accept.ts'
import { codeRows, readJson, registry } from './dvcqg.ts'
import { quietLogger } from './quiet-logger.ts'

const key = createSecretKey(randomBytes(32))
const steady = new AbortController().signal

export interface Rig {
  readonly connector: Connector
  readonly http: SystemHttpClient
  /** Moves the connector's clock. */
  later(ms: number): void
  close(): Promise<void>
}

export interface RigOptions {
  readonly system?: string
  readonly address?: string
  /** Code tables instead of, or beside, those of the demo province. */
  readonly more?: Readonly<Record<string, readonly CodeRow[]>>
  readonly timeoutMs?: number
}

/** With an API key, the door account of the manifest's first example, and whatever is given. */
export function createRig(
  more: Readonly<Record<string, unknown>> = {},
  {
    system = 'mot-cua',
    address = 'http://127.0.0.1:9',
    more: tables = {},
    timeoutMs = 2000,
  }: RigOptions = {},
): Rig {
  const http = createHttpClient({ allowedOrigins: [address], timeoutMs })
  let offsetMs = 0
  const context = createContext({
    system,
    options: {
      baseUrl: address,
      apiKey: 'not-a-real-key',
      agencyCode: '000.00.00.H99',
      doorAccount: { username: 'tinh-demo', password: 'not-a-real-secret' },
      ...more,
    },
    province: 'H99',
    publicUrl: 'https://hub.h99.example',
    http,
    clock: { now: () => new Date(Date.parse('2026-03-05T08:00:00+07:00') + offsetMs) },
    log: quietLogger,
    codes: createCodeTables({ ...codeRows(), ...tables }),
    validate: registry.validate,
    seal: (text) => encryptBytes(key, Buffer.from(text), 'link').toString('base64url'),
    open(sealed) {
      const plain = decryptBytes(key, Buffer.from(sealed, 'base64url'), 'link')
      if (!plain) throw new HubError('body-unreadable')
      return plain.toString('utf8')
    },
  })
  const connector = createConnector(context)
  return {
    connector,
    http,
    later(ms) {
      offsetMs += ms
    },
    async close() {
      await connector.close()
      http.close()
    },
  }
}

/** The hub as a door sees it: checks by the real schemas, natural keys, and what was newest. */
export interface DoorHub {
  /** In order of acceptance, duplicates not repeated. */
  readonly accepted: readonly IncomingMessage[]
  /** Thrown by the next accept. */
  away: Error | undefined
  /** Bodies are gone, natural keys stay, as retention leaves it. */
  forgetBodies(): void
  /** Calls a door with a JSON body. */
  call(connector: Connector, path: string, body: unknown, query?: string): Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly headers: DoorResponse['headers']
  readonly body: Readonly<Record<string, unknown>>
}

export function createDoorHub(
  now: () => Date = () => new Date('2026-03-05T08:00:00+07:00'),
): DoorHub {
  const kept = new Map<string, { sha256: string; id: string; acceptedAt: string }>()
  let readable: Message[] = []
  const accepted: IncomingMessage[] = []

  const accept = (message: IncomingMessage): AcceptResult => {
    const faults = registry.validateMessage(message.type, message.data) ?? []
    if (faults.length > 0)
      return {
        ok: false,
        code: 'schema-violation',
        detail: { vi: 'Dữ liệu không khớp lược đồ', en: '' },
        faults,
      }
    const natural = `${message.source} ${message.eventId}`
    const sha256 = createHash('sha256').update(toSubmission(message).bytes).digest('hex')
    const known = kept.get(natural)
    if (known && known.sha256 !== sha256)
      return {
        ok: false,
        code: 'message-conflict',
        detail: { vi: 'Mã sự kiện đã dùng', en: '' },
        faults: [],
      }
    const receipt = known ?? { sha256, id: randomUUID(), acceptedAt: now().toISOString() }
    if (!known) {
      kept.set(natural, receipt)
      readable.push({ ...message, id: receipt.id })
      accepted.push(message)
    }
    return { ok: true, receipt: { ...receipt, duplicate: known !== undefined, deliveries: [] } }
  }

  const hub: DoorHub = {
    accepted,
    away: undefined,
    forgetBodies() {
      readable = []
    },
    async call(connector, path, body, query = '') {
      const door = doorAt(connector, path)
      const request: DoorRequest = {
        parameters: {},
        query: new URLSearchParams(query),
        headers: {},
        body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
        json() {
          if (typeof body !== 'string') return structuredClone(body)
          throw new HubError('body-not-json')
        },
        async accept(messages) {
          if (hub.away) throw hub.away
          return messages.map(accept)
        },
        async latest(subject, types) {
          return readable.findLast((one) => one.subject === subject && types.includes(one.type))
        },
      }
      const { status, headers, body: answer } = await door.handle(request, steady)
      return { status, headers, body: JSON.parse(String(answer)) }
    },
  }
  return hub
}

function doorAt(connector: Connector, path: string): Door {
  const door = connector.doors?.find((one) => one.path === path)
  if (!door) throw new Error(`there is no door ${path}`)
  return door
}

export type Json = Record<string, unknown>

const example = <T>(schema: string, name: string): T =>
  readJson<T>(`schemas/tthc-legacy/${schema}/examples/valid/${name}.json`)

/** Records as software sends them; each is a fresh copy. */
export const legacyExample = {
  dossier: (): Json => example<Json[]>('dossier-sync', 'doi-2')[0] ?? {},
  firstGeneration: (): Json => example<Json[]>('dossier-sync', 'doi-1')[0] ?? {},
  progress: (): Json => example<Json[]>('progress-sync', 'hai-dong')[0] ?? {},
  document: (): Json => example<Json>('sync-document', 'dang-xu-ly'),
  returnedDocument: (): Json => example<Json>('sync-document', 'da-tra'),
  trace: (): Json => example<Json[]>('document-traces', 'mot-buoc')[0] ?? {},
}

/** What an operator states about software that lacks the fields of the second generation. */
export const legacyConstants = {
  channel: 'direct',
  submittedFrom: 'province',
  returnMethod: 'direct',
  digitised: false,
  verifiedByVNeID: false,
  onlinePayment: 'none',
  databasesConsulted: [],
  submittedAt: 'accepted-at',
  feeCollection: 'upfront',
  component: { digitised: false, reuse: 'none', fromPortalStore: false },
} as const

export const dossiersOf = (hub: DoorHub): readonly Dossier[] =>
  hub.accepted.flatMap(({ data }) => (data as { dossier?: Dossier }).dossier ?? [])

/** Sends dossiers to the gateway by query, as province H99's software does. */
export const pushToGateway = (hub: DoorHub, rig: Rig, ...items: readonly Json[]): Promise<Answer> =>
  hub.call(rig.connector, gatewayPath, items, gatewayQuery)

export const gatewayPath = '/api/SynsTTHCC/DongBoHoSoMC'
export const gatewayQuery = 'MaDinhDanhDV=000.00.01.H99&isUpdating=False'
