/** What a random history is about: a hub with its workers, a target, and what the sender knows. */

import type { KeyStore } from '../../../src/adapters/postgres/keys.ts'
import { createRestoreStore } from '../../../src/adapters/postgres/restored.ts'
import type { Keyring } from '../../../src/adapters/system/keyring.ts'
import type { LanePolicy } from '../../../src/domain/delivery.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createWorld, type TestWorker, type World } from '../../support/engine.ts'
import { createTarget, type TestTarget } from '../../support/target.ts'
import { waitUntil } from '../../support/wait.ts'
import { type Backup, emptyStore } from './backup.ts'

export const subjects = ['A', 'B', 'C'] as const
export type Subject = (typeof subjects)[number]
export const types = ['progress', 'snapshot'] as const
export type Type = (typeof types)[number]

/** What stays as it is for the whole of a history. */
export interface Setting {
  readonly policy: LanePolicy
  readonly repeat: 'ask' | 'harmless' | 'person'
  readonly queue: 'postgres' | 'none'
  /** How many may travel in one request; 1: the system takes no batches. */
  readonly batch: number
  readonly workers: 1 | 2
  /** Whether backups are made and put back. */
  readonly backups: boolean
}

/** What the sender knows: which numbers of a dossier it has sent, and as what. */
export interface Model {
  readonly setting: Setting
  readonly sent: Record<Subject, Type[]>
  backedUp: boolean
}

export interface Real {
  readonly setting: Setting
  readonly database: TestDatabase
  readonly keys: KeyStore<Keyring>
  readonly world: World
  readonly target: TestTarget
  readonly workers: TestWorker[]
  /** Workers that are gone, and whose leases still hold. */
  readonly gone: Set<string>
  paused: boolean
  receipts: Map<string, string>
  backup: Backup | undefined
  /** For each backup that was put back: how much each subject had at the target by then. */
  readonly restores: Readonly<Record<Subject, number>>[]
}

export const act = { actor: 'user:tests', reason: 'lý do thử' }

export const modelOf = (setting: Setting): Model => ({
  setting,
  sent: { A: [], B: [], C: [] },
  backedUp: false,
})

/** Each history begins with an empty store; the audit trail and the keys go on. */
export async function openReal(
  setting: Setting,
  database: TestDatabase,
  keys: KeyStore<Keyring>,
): Promise<Real> {
  await emptyStore(database)
  const { batch, policy, queue, repeat } = setting
  const target = createTarget({
    repeat,
    ...(batch > 1 && { batch: { max: batch, maxWaitMs: 3 } }),
  })
  const world = await createWorld({
    database,
    target,
    policy,
    wakeups: queue,
    cipher: keys.keyring,
    system: { settleMs: 1, retry: { stepsSeconds: [0.002], giveUpAfterHours: 1 } },
  })
  const real: Real = {
    setting,
    database,
    keys,
    world,
    target,
    workers: [],
    gone: new Set(),
    paused: false,
    receipts: new Map(),
    backup: undefined,
    restores: [],
  }
  await startWorkers(real)
  return real
}

/** As many as the setting wants. */
export async function startWorkers({ setting, workers, world }: Real): Promise<void> {
  while (workers.length < setting.workers)
    // Without a queue their beats are far apart: what goes on at once must go on by itself.
    workers.push(await world.worker({ beatMs: world.hasQueue ? 100 : 60_000, leaseMs: 60_000 }))
}

/** The leases of workers that are gone run out. */
export async function endLeases({ database, gone, world }: Real): Promise<void> {
  await database.sql(
    `update hub.lane set lease_until = now() - interval '1 second'
     where system = $1 and lease_until is not null and owner = any ($2)`,
    [world.system.id, [...gone]],
  )
  gone.clear()
}

/** kill -9, or SIGTERM without patience. Its leases hold until `endLeases`. */
export async function endWorker(
  real: Real,
  nth: number,
  how: 'killed' | 'stopped',
): Promise<TestWorker | undefined> {
  const [worker] = real.workers.splice(nth % Math.max(1, real.workers.length), 1)
  if (!worker) return undefined
  await (how === 'killed' ? worker.kill() : worker.stop(0))
  real.gone.add(worker.id)
  return worker
}

export async function setPaused(real: Real, paused: boolean): Promise<void> {
  const { gates, system } = real.world
  await (paused ? gates.pause(system.id, act) : gates.resume(system.id, act))
  real.paused = paused
  await Promise.all(real.workers.map((worker) => worker.sweep.beat()))
}

/** Works until nothing moves by itself any more, but for what hangs. */
export async function work({
  database,
  gone,
  paused,
  target,
  workers,
  world,
}: Real): Promise<void> {
  if (paused || workers.length === 0) return
  await waitUntil(
    'nothing moves any more',
    async () => {
      if (!world.hasQueue) for (const worker of workers) worker.drain.wake()
      const [row] = await database.sql<{ due: string[]; leased: string[] }>(
        `select coalesce(array_agg(subject) filter (where lease_until is null), '{}') as due,
           coalesce(array_agg(subject) filter (where lease_until is not null), '{}') as leased
         from hub.lane where system = $1 and wake_at is not null
           and not (lease_until is not null and owner = any ($2))`,
        [world.system.id, [...gone]],
      )
      const open = workers.reduce((sum, { drain }) => sum + drain.open().length, 0)
      return { ...row, open, held: target.held() }
    },
    ({ due = [], leased = [], open, held }) =>
      due.length === 0 &&
      open === held.length &&
      leased.toSorted().join() === held.toSorted().join(),
  )
}

export const wasApplied = ({ target }: Real, subject: string, number: number): boolean =>
  target.applied(subject).includes(number)

export const restoreStore = ({ world }: Real) => createRestoreStore(world.database)
