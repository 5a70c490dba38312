/** The engine on a real store: one system, a scripted target, and as many workers as a test wants. */
import { createSecretKey, randomBytes } from 'node:crypto'
import { type BullWakeups, createWakeups } from '../../src/adapters/bullmq/wakeups.ts'
import { createAcceptStore } from '../../src/adapters/postgres/accept.ts'
import { createClaim } from '../../src/adapters/postgres/claim.ts'
import type { Database } from '../../src/adapters/postgres/database.ts'
import { createInterveneStore } from '../../src/adapters/postgres/intervene.ts'
import { createKeepLate } from '../../src/adapters/postgres/keep-late.ts'
import { createRenew } from '../../src/adapters/postgres/renew.ts'
import { createSettle } from '../../src/adapters/postgres/settle.ts'
import { createGateStore, createSweepStore } from '../../src/adapters/postgres/sweep.ts'
import { verifyStore } from '../../src/adapters/postgres/verify.ts'
import { digest } from '../../src/adapters/system/digest.ts'
import { decryptBytes, encryptBytes } from '../../src/adapters/system/encryption.ts'
import { uuidv7 } from '../../src/adapters/system/ids.ts'
import type { AcceptResult } from '../../src/connector/door.ts'
import { defaultCircuitRule } from '../../src/domain/circuit.ts'
import type { PushJob, Revision, System } from '../../src/domain/configuration.ts'
import type { DeliveryPlace, Intervention, LanePolicy } from '../../src/domain/delivery.ts'
import { HubError } from '../../src/domain/errors.ts'
import type { Logger } from '../../src/domain/log-events.ts'
import { type Accept, createAccept, type Submission } from '../../src/engine/accept/accept.ts'
import { createDrain, type Drain } from '../../src/engine/lanes/drain.ts'
import { createGate, type Gate } from '../../src/engine/lanes/gate.ts'
import { createSweep, type Sweep } from '../../src/engine/lanes/sweep.ts'
import type { Client } from '../../src/engine/ports/accept.ts'
import type { Clock } from '../../src/engine/ports/clock.ts'
import type { Cipher } from '../../src/engine/ports/crypto.ts'
import type { DrainStore, GateStore } from '../../src/engine/ports/lanes.ts'
import type { Metrics } from '../../src/engine/ports/metrics.ts'
import type { TestDatabase } from './database.ts'
import { keepingLogger, type LogLine } from './quiet-logger.ts'
import type { TestTarget } from './target.ts'
import { waitUntil } from './wait.ts'

export type WakeupKind = 'postgres' | 'redis' | 'none'

export const clock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() }
export const everything: Client = { id: 'tests', scopes: [], sources: ['*'], types: ['*'] }
export const silentMetrics: Metrics = {
  accepted: () => undefined,
  committed: () => undefined,
  attempted: () => undefined,
  delivered: () => undefined,
  died: () => undefined,
  leaseLost: () => undefined,
  systems: () => undefined,
}

export function createTestCipher(): Cipher {
  const key = createSecretKey(randomBytes(32))
  return {
    encrypt: (plain, aad) => ({ keyId: 1, bytes: encryptBytes(key, plain, aad) }),
    decrypt(_, bytes, aad) {
      const plain = decryptBytes(key, bytes, aad)
      if (!plain) throw new HubError('body-unreadable')
      return plain
    },
  }
}

/** When the event with this number happened. */
export const eventTime = (n: number): Date => new Date(Date.UTC(2026, 2, 2, 1) + n * 60_000)

export const submission = (
  subject: string,
  n: number,
  change: Partial<Submission['attributes']> & { data?: object } = {},
): Submission => {
  const { data = { n }, ...attributes } = change
  const all = {
    source: 'urn:tests',
    eventId: `${subject}-${n}`,
    type: 'progress',
    subject,
    time: eventTime(n).toISOString(),
    ...attributes,
  }
  const bytes = new TextEncoder().encode(JSON.stringify({ ...all, data }))
  return { attributes: all, data, bytes, mode: 'structured' }
}

export interface WorldOptions {
  readonly database: TestDatabase
  readonly target: TestTarget
  readonly wakeups?: WakeupKind
  readonly redisUrl?: string | undefined
  readonly policy?: LanePolicy
  readonly system?: Partial<System>
  /** Otherwise one with a key of its own. */
  readonly cipher?: Cipher
}

export interface WorkerOptions {
  readonly leaseMs?: number
  readonly beatMs?: number
  /** Of this process alone; default the right one. */
  readonly clock?: Clock
  /** Stands between the engine and the store, to lose or hold what passes. */
  readonly intercept?: (store: DrainStore) => DrainStore
}

export interface TestWorker {
  readonly id: string
  readonly drain: Drain
  readonly gate: Gate
  readonly sweep: Sweep
  readonly wakeups: BullWakeups | undefined
  readonly lines: LogLine[]
  /** As on SIGTERM. */
  stop(graceMs?: number): Promise<void>
  /** As on kill -9: nothing more reaches the store. What the target has received it has. */
  kill(): Promise<void>
}

export interface Row {
  readonly lane: string
  readonly number: number
  readonly state: string
  readonly code: string | null
  readonly tries: number
  readonly asked: number
  readonly sent_at: Date | null
}

export interface World {
  readonly system: System
  /** Whether wake-ups travel at all. */
  readonly hasQueue: boolean
  readonly database: Database
  readonly target: TestTarget
  readonly cipher: Cipher
  readonly accepting: Accept
  readonly gates: GateStore
  readonly lines: LogLine[]
  /** Accepts number `n` of a subject. */
  accept(subject: string, ...numbers: readonly number[]): Promise<readonly AcceptResult[]>
  acceptSnapshot(subject: string, ...numbers: readonly number[]): Promise<readonly AcceptResult[]>
  /** As after a restore from a backup that was made before all of this; only the target remembers. */
  lose(lostUntil: Date): Promise<void>
  /** From now on it accepts as after a restore: what happened until then a lost store may have sent. */
  acceptKnowing(lostUntil: Date | undefined): void
  /** As if the process had died between its commit and its wake-up. */
  acceptSilently(subject: string, ...numbers: readonly number[]): Promise<unknown>
  worker(options?: WorkerOptions): Promise<TestWorker>
  /** Tells the workers, as a process does that has made something due. */
  wake(): void
  /** The deliveries of a subject, in order. */
  rows(subject: string): Promise<Row[]>
  /** The states of a subject's deliveries, in order: "delivered dead waiting". */
  states(subject: string): Promise<string>
  /** Waits until the states of a subject are these. */
  until(subject: string, states: string): Promise<void>
  place(subject: string, number: number): Promise<DeliveryPlace>
  intervene(subject: string, number: number, what: Intervention, reason?: string): Promise<void>
  /** A new revision of the configuration, which accepting and every worker go by from now on. */
  revise(change: Partial<System>, policy: LanePolicy): Promise<void>
  /** The places at which a promise of the store does not hold. */
  faults(): Promise<string[]>
  close(): Promise<void>
}

let systems = 0
let processes = 0

function systemOf(change: Partial<System>): System {
  systems += 1
  return {
    id: `system-${systems}`,
    connector: 'test',
    title: { vi: 'Hệ thống thử', en: 'Test system' },
    options: {},
    concurrency: 8,
    ratePerSecond: undefined,
    lookups: { timeoutMs: 1_000, perOfficialPerHour: 100, perClientPerMinute: 100 },
    runAhead: 4,
    timeoutMs: 1_000,
    settleMs: 20,
    retry: { stepsSeconds: [0.02], giveUpAfterHours: 1 },
    circuit: { ...defaultCircuitRule, consecutive: 1_000, minimum: 1_000_000 },
    maintenance: [],
    tls: undefined,
    trusted: [],
    ...change,
  }
}

export const revisionOf = (jobs: Revision['configuration']['jobs'], id = 1): Revision => ({
  id,
  configuration: {
    hub: {
      province: 'H99',
      publicUrl: 'http://127.0.0.1',
      retention: { bodiesDays: 90, evidenceDays: 90, filesDays: 90 },
    },
    systems: [],
    jobs,
    codes: {},
  },
})

/**
 * The process's way to the store; after `cut` nothing passes and nothing comes back. What had been sent
 * by then is carried out all the same: `cut` resolves when it has been.
 */
function cuttable(store: DrainStore): { store: DrainStore; cut(): Promise<unknown> } {
  let isCut = false
  const never = new Promise<never>(() => undefined)
  const sent = new Set<Promise<unknown>>()
  const pass = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isCut) return never
    const working = work()
    sent.add(working)
    try {
      const result = await working
      return isCut ? never : result
    } finally {
      sent.delete(working)
    }
  }
  return {
    store: {
      claim: (request) => pass(() => store.claim(request)),
      settle: (system, lanes) => pass(() => store.settle(system, lanes)),
      keepLate: (lane, sends) => pass(() => store.keepLate(lane, sends)),
      renew: (lanes, leaseMs) => pass(() => store.renew(lanes, leaseMs)),
    },
    cut() {
      isCut = true
      return Promise.allSettled(sent)
    },
  }
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const { target, wakeups: kind = 'none' } = options
  const { database } = options.database
  const system = systemOf(options.system ?? {})
  const cipher = options.cipher ?? createTestCipher()
  const { log, lines } = keepingLogger()
  const workers: TestWorker[] = []
  const backend =
    kind === 'redis'
      ? ({ kind, url: options.redisUrl ?? '' } as const)
      : ({ kind: 'postgres', url: options.database.url } as const)
  const openWakeups = (logger: Logger, onWake?: (woken: string) => void) =>
    kind === 'none'
      ? undefined
      : createWakeups({ backend, clock, log: logger, spacingMs: 5, ...(onWake && { onWake }) })
  const line = await openWakeups(log)
  let silent = false
  const wake = (): void => {
    if (!silent) line?.wake(system.id)
  }

  let inForce = { system, manifest: target.manifest, connector: target.connector }
  const jobOf = (policy: LanePolicy): PushJob => ({
    kind: 'push',
    id: `to-${system.id}`,
    title: { vi: '', en: '' },
    enabled: true,
    sources: [],
    types: ['progress', 'snapshot'],
    to: system.id,
    policy,
  })
  const addRevision = async (policy: LanePolicy): Promise<Revision> => {
    const made = revisionOf([jobOf(policy)])
    const [row] = await options.database.sql<{ id: number }>(
      `insert into hub.revision (author, reason, content) values ('tests', 'r', $1) returning id`,
      [JSON.stringify(made.configuration)],
    )
    return { ...made, id: row?.id ?? 0 }
  }
  let revision = await addRevision(options.policy ?? 'block')
  const openAccept = (lostUntil?: Date): Accept =>
    createAccept({
      store: createAcceptStore(database),
      schemas: { validateMessage: () => [], subjectOf: () => undefined, unitOf: () => undefined },
      cipher,
      digest,
      newId: uuidv7,
      revision: () => revision,
      isSnapshot: (_, type) => type === 'snapshot',
      lostUntil,
      wakeups: { wake },
      metrics: silentMetrics,
      log,
    })
  let accepting = openAccept()
  const acceptAs = (type: string, subject: string, numbers: readonly number[]) => {
    const eventId = (n: number): string => `${system.id}-${subject}-${n}`
    return accepting.accept(
      numbers.map((n) => submission(subject, n, { type, eventId: eventId(n) })),
      everything,
    )
  }

  const rows = (subject: string) =>
    options.database.sql<Row>(
      `select d.lane, d.number, d.state, d.code, d.tries, d.asked, d.sent_at from hub.lane l
       join hub.delivery d on d.lane = l.id where l.system = $1 and l.subject = $2 order by d.number`,
      [system.id, subject],
    )
  const states = async (subject: string): Promise<string> =>
    (await rows(subject)).map((row) => row.state).join(' ')
  const place = async (subject: string, number: number): Promise<DeliveryPlace> => {
    const row = (await rows(subject)).find((one) => one.number === number)
    if (!row) throw new Error(`there is no delivery ${number} of ${subject}`)
    return { lane: row.lane, number }
  }

  const worker = async (more: WorkerOptions = {}): Promise<TestWorker> => {
    processes += 1
    const id = `process-${process.pid}-${String(processes).padStart(4, '0')}`
    const { leaseMs = 5_000, beatMs = 200, intercept = (store: DrainStore) => store } = more
    const own = { ...keepingLogger(), clock: more.clock ?? clock }
    const settle = createSettle(database, cipher)
    const way = cuttable({
      ...{ claim: createClaim(database, id), settle, renew: createRenew(database) },
      keepLate: createKeepLate(database, cipher),
    })
    const store = intercept(way.store)
    const gate = createGate(
      {
        store: createGateStore(database),
        clock: own.clock,
        log: own.log,
        process: id,
        opened: () => drain.wake(),
      },
      system,
    )
    const drain = createDrain(
      {
        cipher,
        digest,
        clock: own.clock,
        random: Math.random,
        metrics: silentMetrics,
        log: own.log,
        store,
        gate,
        leaseMs,
      },
      inForce,
    )
    const sweep = createSweep({
      store: { ...createSweepStore(database), renew: store.renew },
      clock: own.clock,
      log: own.log,
      metrics: silentMetrics,
      process: { id, role: 'worker' },
      leaseMs,
      beatMs,
      drains: () => new Map([[system.id, { drain, gate }]]),
      onBeat: () => undefined,
    })
    await sweep.beat()
    sweep.start()
    const wakeups = await openWakeups(own.log, (woken) => {
      if (woken === system.id) drain.wake()
    })
    drain.wake()
    let ended = false
    const made: TestWorker = {
      id,
      drain,
      gate,
      sweep,
      wakeups,
      lines: own.lines,
      async stop(graceMs = 2_000) {
        if (ended) return
        ended = true
        await Promise.all([drain.stop(graceMs), wakeups?.close()])
        await sweep.stop()
      },
      async kill() {
        if (ended) return
        ended = true
        const carriedOut = way.cut()
        // At once: what hangs at the target has been broken off when this returns.
        void drain.stop(-1)
        await Promise.all([carriedOut, wakeups?.close(), sweep.stop()])
      },
    }
    workers.push(made)
    return made
  }

  return {
    system,
    hasQueue: kind !== 'none',
    database,
    target,
    cipher,
    get accepting() {
      return accepting
    },
    gates: createGateStore(database),
    lines,
    accept: (subject, ...numbers) => acceptAs('progress', subject, numbers),
    acceptSnapshot: (subject, ...numbers) => acceptAs('snapshot', subject, numbers),
    async lose(lostUntil) {
      const { sql } = options.database
      await sql(
        'delete from hub.lane_memo where lane in (select id from hub.lane where system = $1)',
        [system.id],
      )
      const gone = await sql<{ id: string }>(
        'delete from hub.delivery where system = $1 returning message_id as id',
        [system.id],
      )
      await sql('delete from hub.lane where system = $1', [system.id])
      for (const [table, key] of [
        ['message', 'id'],
        ['body', 'message_id'],
      ])
        await sql(`delete from hub.${table} where ${key} = any ($1)`, [gone.map(({ id }) => id)])
      accepting = openAccept(lostUntil)
    },
    acceptKnowing(lostUntil) {
      accepting = openAccept(lostUntil)
    },
    async acceptSilently(subject, ...numbers) {
      silent = true
      await acceptAs('progress', subject, numbers)
      silent = false
    },
    worker,
    wake,
    rows,
    states,
    async until(subject, wanted) {
      const what = `${subject} is ${wanted}`
      await waitUntil(
        what,
        () => states(subject),
        (seen) => seen === wanted,
      )
    },
    place,
    async intervene(subject, number, what, reason = 'lý do thử') {
      const store = createInterveneStore(database)
      const act = { actor: 'user:tests', reason }
      const woken = await store.intervene(await place(subject, number), what, act)
      if (woken.system === system.id) wake()
    },
    async revise(change, policy) {
      inForce = { ...inForce, system: { ...inForce.system, ...change } }
      revision = await addRevision(policy)
      for (const one of workers) one.drain.retarget(inForce)
    },
    async faults() {
      const verdicts = await verifyStore(database)
      return verdicts.flatMap(({ ok, name, examples }) => (ok ? [] : [`${name}: ${examples}`]))
    },
    async close() {
      await Promise.all(workers.map((one) => one.stop()))
      await line?.close()
    },
  }
}
