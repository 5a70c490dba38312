/**
 * A hub in memory, for the HTTP API alone: it keeps what it accepts, answers from lists that a test
 * fills, and can lose its store. It checks nothing the real hub's own tests check.
 */
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { maskPersonal } from '../../src/adapters/ajv/mask-personal.ts'
import { createSchemaRegistry } from '../../src/adapters/ajv/schema-registry.ts'
import type { DryRunReport, DryRunRequest, Hub } from '../../src/app/hub.ts'
import type { CheckStep } from '../../src/connector/contract.ts'
import type { AcceptResult } from '../../src/connector/door.ts'
import type { Configuration } from '../../src/domain/configuration.ts'
import { canMove, deliveryId, interventions } from '../../src/domain/delivery.ts'
import { type ErrorCode, errorTable, type Fault, HubError } from '../../src/domain/errors.ts'
import type { Receipt } from '../../src/domain/message.ts'
import { type Submission, toSubmission } from '../../src/engine/accept/accept.ts'
import type { LookupAnswer } from '../../src/engine/lookups/lookup.ts'
import type { Client } from '../../src/engine/ports/accept.ts'
import type {
  CatalogueEntryView,
  CatalogueFilter,
  CatalogueState,
} from '../../src/engine/ports/catalogues.ts'
import type {
  DeliveryFilter,
  DeliveryView,
  DossierView,
  MessageView,
} from '../../src/engine/ports/deliveries.ts'
import type { Act } from '../../src/engine/ports/interventions.ts'
import type { LookupUsage, LookupView } from '../../src/engine/ports/lookups.ts'
import type { ProblemView } from '../../src/engine/ports/problems.ts'
import type { FollowView, PullView } from '../../src/engine/ports/pulls.ts'
import type { Queries } from '../../src/engine/ports/queries.ts'
import type { SystemView } from '../../src/engine/ports/systems.ts'
import { createFakeCodes } from './fake-codes.ts'
import { createFakeConfiguration } from './fake-configuration.ts'
import { createFakeCorrections, type FakeCorrections } from './fake-corrections.ts'
import { createFakeLive } from './fake-live.ts'
import { createFakeClients, fakeAbout, fakeAudit } from './fake-office.ts'
import { createFakePeople } from './fake-people.ts'
import { createFakePlans, type FakePlans } from './fake-plans.ts'
import { createFakeSystems, fakeNow } from './fake-systems.ts'
import { createFilesInMemory, type FilesInMemory } from './files.ts'
import { keepingLogger, type LogLine } from './quiet-logger.ts'

export interface FakeHub extends Omit<Hub, 'dryRuns'> {
  readonly fakePlans: FakePlans
  readonly fakeCorrections: FakeCorrections
  /** With what it was asked for. */
  readonly dryRuns: Hub['dryRuns'] & { readonly asked: unknown[] }
  /** What was accepted, in order, duplicates not repeated. */
  readonly accepted: Submission[]
  readonly lines: LogLine[]
  readonly acts: { readonly what: string; readonly act: Act }[]
  readonly filters: DeliveryFilter[]
  readonly kept: FilesInMemory
  readonly catalogueFilters: CatalogueFilter[]
  /** The signal of the last connection test. */
  checkSignal: AbortSignal | undefined
  /** What a test may change at any time. */
  readonly world: World
  /** Makes a key for a client with these scopes. */
  key(...scopes: readonly string[]): string
}

export interface World {
  storeAway: boolean
  /** Thrown by the next question, once. */
  bug: Error | undefined
  doors: ReturnType<Hub['systems']['doors']>
  messages: MessageView[]
  dossiers: DossierView[]
  deliveries: DeliveryView[]
  systems: SystemView[]
  problems: ProblemView[]
  pulls: PullView[]
  follows: FollowView[]
  lookups: LookupView[]
  catalogues: CatalogueState[]
  usage: LookupUsage[]
  /** To every lookup. */
  answer: LookupAnswer
  check: (signal: AbortSignal) => Promise<readonly CheckStep[]>
  dryRun: (request: DryRunRequest, signal: AbortSignal) => Promise<DryRunReport>
  ready: boolean
}

/** Of the first file that is kept. */
export const firstFileId = '7d3f1c52-0000-4000-8000-000000000001'
export const knownType = 'vn.tthc.dossier.progressed.v1'
const eventSchema: unknown = JSON.parse(
  readFileSync(new URL('../../schemas/cloudevents/event/v1.schema.json', import.meta.url), 'utf8'),
)
const dossierSchema = {
  $id: 'https://lien-thong.example/schemas/test/dossier/v1',
  title: 'Hồ sơ thử / Test dossier',
  $defs: { code: { title: 'Mã / Code', type: 'string', pattern: '^H99' } },
}
const progressSchema = {
  $id: 'https://lien-thong.example/schemas/test/progressed/v1',
  title: 'Diễn biến thử / Test progress',
  description: 'Một bước xử lý. / One step.',
  type: 'object',
  additionalProperties: false,
  required: ['code', 'step'],
  properties: {
    code: { $ref: '../dossier/v1#/$defs/code' },
    step: { title: 'Bước / Step', description: 'Tên bước xử lý.', type: 'string', minLength: 1 },
    note: { title: 'Ghi chú / Note' },
  },
}
/** The same without a reference, so that it can be compiled alone. */
const flatProgress = {
  ...progressSchema,
  properties: { ...progressSchema.properties, code: dossierSchema.$defs.code },
}
const schemas = new Map<string, object>([
  ['https://lien-thong.example/schemas/cloudevents/event/v1', eventSchema as object],
  [dossierSchema.$id, dossierSchema],
  [progressSchema.$id, progressSchema],
])

const aConfiguration: Configuration = {
  hub: {
    ...{ province: 'H99', publicUrl: 'https://hub.example.test' },
    retention: { bodiesDays: 90, evidenceDays: 90, filesDays: 90 },
  },
  ...{ systems: [], jobs: [], codes: {} },
}
const emptyDryRun: DryRunReport = {
  ...{ job: '', revision: 3, hasCandidate: false, at: '2026-11-22T01:00:00.000Z', kind: 'push' },
  summary: {
    ...{ messages: 0, verdicts: {}, purged: 0, more: false },
    ...{ untranslated: [], faults: [], changes: [] },
  },
  ...{ items: [], itemsLeft: 0, complete: true },
}

const registry = createSchemaRegistry([])

/** The validator the real hub uses. */
export const compile = (schema: object) => (value: unknown) =>
  registry.validateAgainst(schema, value)

const refuse = (code: ErrorCode, faults: readonly Fault[] = []): AcceptResult => ({
  ok: false,
  code,
  detail: errorTable[code].title,
  faults,
})

function createIntake(accepted: Submission[]) {
  const receipts = new Map<string, { receipt: Receipt; sha256: string }>()
  return (submission: Submission, client: Client): AcceptResult => {
    const { attributes, bytes, data } = submission
    if (!client.sources.some((source) => source === '*' || source === attributes.source))
      return refuse('source-forbidden')
    if (attributes.type !== knownType) return refuse('type-unknown')
    const faults = registry.validateAgainst(flatProgress, data)
    if (faults.length > 0) return refuse('schema-violation', faults)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const name = `${attributes.source}\n${attributes.eventId}`
    const known = receipts.get(name)
    if (known && known.sha256 !== sha256) return refuse('message-conflict')
    if (known) return { ok: true, receipt: { ...known.receipt, duplicate: true } }
    const receipt = {
      id: randomUUID(),
      duplicate: false,
      acceptedAt: '2026-11-22T01:00:00.000Z',
      sha256,
      deliveries: [{ id: `${receipts.size + 1}.1`, system: 'dvcqg' }],
    }
    receipts.set(name, { receipt, sha256 })
    accepted.push(submission)
    return { ok: true, receipt }
  }
}

function createQueries(
  world: World,
  filters: DeliveryFilter[],
  catalogueFilters: CatalogueFilter[],
): Queries {
  const ask = <T>(answer: () => T): Promise<T> => {
    const { bug } = world
    world.bug = undefined
    if (bug) return Promise.reject(bug)
    if (world.storeAway)
      return Promise.reject(new HubError('store-unavailable', { retryAfterSeconds: 7 }))
    return Promise.resolve(answer())
  }
  return {
    message: (id) => ask(() => world.messages.find((message) => message.id === id)),
    body: (id) =>
      ask(() => {
        const message = world.messages.find((candidate) => candidate.id === id)
        return message && !message.bodyPurged
          ? { ...message, data: { code: 'H99.1', note: 'Nguyễn Thị Thử' } }
          : undefined
      }),
    latest: () => ask(() => undefined),
    search: async (text) =>
      world.dossiers.flatMap(({ code }) =>
        code.startsWith(text) ? [{ kind: 'dossier' as const, id: code, subject: code }] : [],
      ),
    dossier: (code) => ask(() => world.dossiers.find((dossier) => dossier.code === code)),
    deliveries: (filter) =>
      ask(() => {
        filters.push(filter)
        if (filter.cursor === 'broken') throw new HubError('request-invalid')
        const items = world.deliveries
          .filter(({ state }) => filter.state === undefined || state === filter.state)
          .slice(0, filter.limit)
          .map(({ waitsFor: _, attempts: __, failure: ___, ...summary }) => summary)
        return { items, next: null }
      }),
    blocked: ({ system }) =>
      ask(() => ({
        items: world.deliveries.flatMap(({ waitsFor: _, attempts: __, failure, ...summary }) =>
          failure && (system === undefined || summary.system === system)
            ? [{ ...summary, failure, owner: 'lan', behind: 2 }]
            : [],
        ),
        next: null,
      })),
    delivery: (place) =>
      ask(() => world.deliveries.find((delivery) => delivery.id === deliveryId(place))),
    systems: () => ask(() => world.systems),
    ...fakeNow,
    problems: ({ system, status }) =>
      ask(() => ({
        items: world.problems.filter(
          (one) =>
            (system === undefined || one.system === system) &&
            (status === undefined ? one.status !== 'resolved' : one.status === status),
        ),
        next: null,
      })),
    problem: (id) =>
      ask(() => {
        const found = world.problems.find((one) => one.id === id)
        const sample = world.deliveries[0]?.id ?? null
        return (
          found && {
            ...{ ...found, sample, notes: [], trend: { hours: [], days: [] } },
            ...{ changes: [], similar: [] },
          }
        )
      }),
    pulls: () => ask(() => world.pulls),
    follows: ({ system }) =>
      ask(() => ({
        items: world.follows.filter((one) => system === undefined || one.system === system),
        next: null,
      })),
    lookups: () => ask(() => ({ items: world.lookups, next: null })),
    lookupUsage: () => ask(() => world.usage),
    catalogues: () =>
      ask(() =>
        world.catalogues.map((state) => ({
          ...state,
          ...{ source: 'file', items: 1, vanished: 0, problems: 0, ageSeconds: 60 },
        })),
      ),
    catalogueState: (name) => ask(() => world.catalogues.find((one) => one.name === name)),
    catalogue: (_, filter) =>
      ask(() => {
        catalogueFilters.push(filter)
        return { items: [catalogueEntry], next: null }
      }),
    catalogueCode: (_, code) =>
      ask(() => (code === catalogueEntry.code ? [{ ...catalogueEntry, until: null }] : [])),
    catalogueProblems: () =>
      ask(() => [
        {
          ...{ code: '99002', kind: 'vanished' as const, since: catalogueEntry.since },
          ...{ successors: [], codeTables: ['dvcqg-agency'], jobs: ['dossiers-to-dvcqg'] },
        },
      ]),
  }
}

function filesOf({ files }: FilesInMemory, world: World): Hub['files'] {
  const found = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
    if (world.storeAway) throw new HubError('store-unavailable', { retryAfterSeconds: 7 })
    const answer = await ask()
    if (answer === undefined) throw new HubError('not-found')
    return answer
  }
  return {
    keep: (...upload) => found(() => files.keep(...upload)),
    openLink: (token) => found(() => files.openLink(token)),
    prune: (...when) => files.prune(...when),
    // Whose file it is, is not asked here.
    find: (id) => found(() => files.find(id, undefined)),
    open: (id) => found(() => files.open(id, undefined)),
    link: async (id, _, by, until) =>
      `https://hub.example.test/files/${await found(() => files.link(id, undefined, by, until))}`,
  }
}

const catalogueEntry: CatalogueEntryView = {
  ...{ code: '99001', version: 1, change: 'added', vanished: false },
  ...{ validFrom: '2025-07-01', validTo: null, hash: '0'.repeat(64) },
  since: '2026-01-01T00:00:00.000Z',
  content: { name: 'Xã An Thử' },
}

const missing = (): Promise<never> => Promise.reject(new Error('not part of the HTTP API'))

export function createFakeHub(given: Partial<World> = {}): FakeHub {
  const world: World = {
    storeAway: false,
    bug: undefined,
    doors: [],
    messages: [],
    dossiers: [],
    deliveries: [],
    systems: [],
    problems: [],
    pulls: [],
    follows: [],
    lookups: [],
    catalogues: [],
    usage: [],
    answer: { id: 'l1', found: true, values: {} },
    check: () => Promise.resolve([]),
    dryRun: async ({ job, candidate }) => ({ ...emptyDryRun, job, hasCandidate: !!candidate }),
    ready: true,
    ...given,
  }
  const accepted: Submission[] = []
  const { log, lines } = keepingLogger()
  const acts: { what: string; act: Act }[] = []
  const filters: DeliveryFilter[] = []
  const kept = createFilesInMemory([firstFileId])
  kept.now = new Date()
  const catalogueFilters: CatalogueFilter[] = []
  const keys = new Map<string, Client>()
  const intake = createIntake(accepted)
  const fakePlans = createFakePlans(acts)
  const fakeCorrections = createFakeCorrections(acts)
  const queries = {
    ...createQueries(world, filters, catalogueFilters),
    ...fakePlans.queries,
    ...fakeCorrections.queries,
    ...fakeAudit,
  }

  const accept = async (submissions: readonly Submission[], client: Client) => {
    if (world.storeAway) throw new HubError('store-unavailable', { retryAfterSeconds: 7 })
    return submissions.map((submission) => intake(submission, client))
  }
  const system = (id: string): SystemView => {
    const found = world.systems.find((candidate) => candidate.id === id)
    if (!found) throw new HubError('not-found')
    return found
  }
  const pull = (id: string): PullView => {
    const found = world.pulls.find(({ job }) => job === id)
    if (!found) throw new HubError('not-found')
    return found
  }

  const hub: FakeHub = {
    served: () => undefined,
    fakePlans,
    fakeCorrections,
    plans: fakePlans.desk,
    corrections: fakeCorrections.desk,
    accepted,
    lines,
    acts,
    filters,
    kept,
    catalogueFilters,
    world,
    checkSignal: undefined,
    key(...scopes) {
      const key = `hub_test_${randomUUID()}`
      keys.set(key, { id: `client-${keys.size + 1}`, scopes, sources: ['*'], types: ['*'] })
      return key
    },
    log,
    accept,
    acceptMessages: (messages, client) => accept(messages.map(toSubmission), client),
    queries,
    async intervene(place, intervention, act) {
      const delivery = await queries.delivery(place)
      if (!delivery) throw new HubError('not-found')
      const { from, to } = interventions[intervention]
      if (!(from as readonly string[]).includes(delivery.state) || !canMove(delivery.state, to))
        throw new HubError('state-conflict')
      acts.push({ what: `${intervention} ${delivery.id}`, act })
      world.deliveries = world.deliveries.map((one) =>
        one === delivery ? { ...delivery, state: to } : one,
      )
    },
    problems: {
      async change(id, { action }, act) {
        if (!world.problems.some((one) => one.id === id)) throw new HubError('not-found')
        acts.push({ what: `${action} problem ${id}`, act })
      },
    },
    lookups: {
      async ask(request, client) {
        acts.push({
          what: `ask ${request.system}`,
          act: { actor: client.id, reason: request.purpose },
        })
        return world.answer
      },
      citizenHash: (number) => number.padStart(64, '0'),
    },
    files: filesOf(kept, world),
    catalogues: {
      async load(name, file, { shrink }, act) {
        acts.push({ what: `load ${name} ${file.bytes.length} ${shrink}`, act })
        return { entries: 3, added: 1, changed: 1, reissued: 0, vanished: 1 }
      },
      async allowShrink(name, act) {
        if (!world.catalogues.some((one) => one.name === name)) throw new HubError('not-found')
        acts.push({ what: `allow ${name}`, act })
      },
      async closeProblem(name, code, act) {
        if (code === '404') throw new HubError('not-found')
        acts.push({ what: `close ${name}/${code}`, act })
      },
    },
    codeTables: createFakeCodes(acts),
    live: createFakeLive(),
    configuration: createFakeConfiguration(acts),
    systems: {
      ...createFakeSystems(
        () => world.systems,
        acts,
        (signal) => {
          hub.checkSignal = signal
          return world.check(signal)
        },
      ),
      async pause(id, act, resumeAt) {
        system(id)
        acts.push({ what: `pause ${id} ${resumeAt?.toISOString() ?? 'open'}`, act })
      },
      async resume(id, act) {
        system(id)
        acts.push({ what: `resume ${id}`, act })
      },
      doors: () => world.doors,
    },
    clients: {
      ...createFakeClients(acts),
      async authenticate(key) {
        if (key === undefined || key === '') throw new HubError('key-missing')
        if (world.storeAway) throw new HubError('store-unavailable')
        const client = keys.get(key)
        if (!client) throw new HubError('key-invalid')
        return client
      },
      byId: async (id) => ({ id, scopes: [], sources: ['*'], types: ['*'] }),
    },
    people: createFakePeople(acts),
    revisions: {
      current: missing,
      apply: missing,
      list: missing,
      get: missing,
      running: () => undefined,
    },
    schemas: {
      messageTypes: () => [
        { type: knownType, schemaId: progressSchema.$id, title: progressSchema.title },
      ],
      schema: (id) => schemas.get(id),
      maskPersonal: (_, data) => maskPersonal(schemas, progressSchema.$id, data),
    },
    keys: { rotate: missing },
    restored: missing,
    start: missing,
    pulls: {
      async runNow(id) {
        if (pull(id).paused) throw new HubError('state-conflict')
      },
      async pause(id, act, resumeAt) {
        pull(id)
        acts.push({ what: `pause pull ${id} ${resumeAt?.toISOString() ?? 'open'}`, act })
      },
      async resume(id, act) {
        pull(id)
        acts.push({ what: `resume pull ${id}`, act })
      },
      async rewind(id, to, act) {
        pull(id)
        acts.push({ what: `rewind pull ${id} ${to === 'start' ? to : to.toISOString()}`, act })
      },
    },
    dryRuns: {
      candidate(parts) {
        hub.dryRuns.asked.push(parts)
        return aConfiguration
      },
      async run(request, act, signal) {
        hub.dryRuns.asked.push(request)
        acts.push({ what: `dry-run ${request.job}`, act })
        return world.dryRun(request, signal)
      },
      asked: [],
    },
    about: fakeAbout,
    audit: {
      verify: async () => ({ ok: true, sealed: 9, unsealed: 0, head: null, broken: null }),
      async note({ actor, action, object, detail }) {
        acts.push({ what: `${action} ${object}`, act: { actor, reason: detail } })
      },
    },
    verify: async () => [],
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'hub_up 1\n' }),
    ready: async () => ({ ready: world.ready, checks: { store: world.ready } }),
    close: async () => {},
  }
  return hub
}
