/**
 * The provincial one-stop system in miniature: takes events (each id once), says whether it has one,
 * lists what changed, serves files, and gives tokens. Invented data only.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  createSimulatorTokens,
  type IncomingMessage,
  type Simulator,
  type SimulatorCall,
  type SimulatorMode,
  type SimulatorOptions,
  type SimulatorRequest,
  type SimulatorTokens,
} from '../../src/connector/index.ts'
import {
  createDossierStore,
  type DossierRecord,
  type DossierStore,
  type PagingFault,
} from './simulator/dossier-store.ts'
import { createEventStore, type EventStore, type HeldEvent } from './simulator/event-store.ts'

export interface TthcSimulator extends Simulator {
  /** The software's own clerks do something: the dossier changes and the next pull shows it. */
  apply(message: IncomingMessage): void
  /** Puts a dossier as it is, also with a change time long gone: a late commit. */
  put(record: DossierRecord): void
  /** From now on paging goes wrong in this way; undefined: not any more. */
  misbehavePaging(fault: PagingFault | undefined): void
}

const modes: readonly SimulatorMode[] = [
  'slow',
  'timeout-before',
  'timeout-after',
  'late-apply',
  'refuse',
  'busy',
  'rate-limit',
  'session-expired',
  'html-200',
  'half-body',
  'duplicate',
  'server-error',
  'reset-before',
  'unknown-words',
]

const client = { id: 'lien-thong-h99', secret: 'not-a-real-secret' }
const apiKey = 'not-a-real-key'
const events = '/api/lien-thong/v1/events'
const changes = '/api/lien-thong/v1/changes'

const operations: Readonly<Record<string, string>> = {
  'vn.tthc.dossier.submitted.v1': 'push-submitted',
  'vn.tthc.question.asked.v1': 'push-question',
  'vn.tthc.dossier.progressed.v1': 'push-sectoral',
  'vn.tthc.dossier.result-issued.v1': 'push-sectoral',
  'vn.tthc.civil-status.registered.v1': 'push-sectoral',
  'vn.tthc.business-registration.changed.v1': 'push-business-registration',
  'vn.tthc.postal.status-changed.v1': 'push-postal-status',
  'vn.tthc.payment.link-issued.v1': 'push-payment',
  'vn.tthc.payment.settled.v1': 'push-payment',
  'vn.tthc.payment.disputed.v1': 'push-payment',
  'vn.catalogue.item.changed.v1': 'push-catalogue-change',
  'vn.tthc.land-dossier.numbered.v1': 'push-sectoral',
  'vn.tthc.land-dossier.reported.v1': 'push-sectoral',
  'vn.tthc.land-tax.notified.v1': 'push-sectoral',
  'vn.tthc.land-tax.assessed.v1': 'push-sectoral',
  'vn.tthc.land-tax.voucher-received.v1': 'push-sectoral',
  'vn.tthc.criminal-record.issued.v1': 'push-sectoral',
}

interface Office {
  readonly dossiers: DossierStore
  readonly events: EventStore
  readonly tokens: SimulatorTokens
}

export const createTthcSimulator = async (options: SimulatorOptions): Promise<TthcSimulator> => {
  const held = [...(options.state ?? new Map<string, unknown>()).values()]
  const office: Office = {
    dossiers: createDossierStore(held.filter(isRecord)),
    events: createEventStore(held.filter(isEvents).flatMap((each) => each.events)),
    tokens: createSimulatorTokens(client),
  }
  const server = await createSimulatorServer(options, {
    modes,
    handle: (request) => handle(office, request),
    state: () =>
      new Map<string, unknown>([
        ...office.dossiers.records,
        ...[...office.events.bySubject()].map(
          ([subject, list]) => [subject, { events: list }] as const,
        ),
      ]),
    forgetSessions: () => office.tokens.forget(),
  })
  return {
    ...server,
    apply: (message) => office.dossiers.apply(message),
    put: (record) => office.dossiers.put(record),
    misbehavePaging: (fault) => office.dossiers.misbehave(fault),
  }
}

const createSimulator: CreateSimulator = createTthcSimulator
export default createSimulator

const isRecord = (value: unknown): value is DossierRecord =>
  typeof value === 'object' && value !== null && 'version' in value
const isEvents = (value: unknown): value is { events: HeldEvent[] } =>
  typeof value === 'object' && value !== null && 'events' in value

function handle(office: Office, request: SimulatorRequest): SimulatorCall {
  const { method, path } = request
  if (method === 'POST' && path === '/oauth2/token') return office.tokens.give(request)
  if (method === 'GET' && path.startsWith('/files/')) return giveFile(path.slice('/files/'.length))
  const known = isKnown(office, request)
  if (method === 'POST' && path === events) return takeEvent(office, request, known)
  if (method === 'GET' && path.startsWith(`${events}/`))
    return tellStatus(office, decodeURIComponent(path.slice(events.length + 1)), known)
  if (method === 'GET' && path === changes) return listChanges(office, request, known)
  return { kind: 'read', run: () => ({ status: 404, body: 'no such page' }) }
}

/** Asked when the call runs, so that sessions can have been forgotten meanwhile. */
const isKnown =
  ({ tokens }: Office, request: SimulatorRequest) =>
  (): boolean =>
    request.headers['x-api-key'] === apiKey || tokens.isKnown(request)

const stranger = { status: 401, body: { code: 'unauthorised', message: 'Chưa đăng nhập' } }

function takeEvent(office: Office, request: SimulatorRequest, known: () => boolean): SimulatorCall {
  const { id, type, subject, data } = request.json() as Record<
    'id' | 'type' | 'subject',
    string
  > & {
    data: unknown
  }
  const event: HeldEvent = { id, type, subject, data }
  return {
    kind: 'write',
    items: [{ subject, operation: operations[type] ?? type, idempotencyKey: id, content: data }],
    run() {
      if (!known()) return stranger
      const status = office.events.apply(event)
      if (status === 'conflict')
        return { status: 409, body: { id, code: 'conflict', message: 'Khoá đã có nội dung khác' } }
      return { body: { id, status }, applied: status === 'accepted' }
    },
    refuse: () => ({
      status: 422,
      body: { id, code: 'refused', message: 'Thủ tục không còn hiệu lực' },
    }),
    duplicate: () => ({ body: { id, status: 'duplicate' } }),
    unknownWords: () => ({ body: { id, status: 'da-ghi-so' } }),
  }
}

const tellStatus = (office: Office, id: string, known: () => boolean): SimulatorCall => ({
  kind: 'read',
  run() {
    if (!known()) return stranger
    const has = office.events.has(id)
    return { status: has ? 200 : 404, body: { id, status: has ? 'applied' : 'unknown' } }
  },
})

const listChanges = (
  office: Office,
  request: SimulatorRequest,
  known: () => boolean,
): SimulatorCall => ({
  kind: 'read',
  run() {
    if (!known()) return stranger
    const since = request.query.get('since') ?? undefined
    const limit = Number(request.query.get('limit') ?? 100)
    return { body: office.dossiers.page(since, request.query.get('after') ?? '', limit) }
  },
})

/** Every file is a page with its own name on it. */
const giveFile = (name: string): SimulatorCall => ({
  kind: 'read',
  run: () => ({
    headers: { 'content-type': 'application/pdf' },
    body: Buffer.from(`%PDF-1.4\n% ${decodeURIComponent(name)}\n%%EOF\n`),
  }),
})
