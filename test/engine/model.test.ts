/**
 * Random histories of a hub: messages that come once, twice or in contradiction, targets that fail in
 * every way, people who act on what is left over, workers that are killed, pauses, new revisions, new
 * keys, a queue that is wiped. Whatever the history, the store keeps its promises, and the target has
 * each message once and in order.
 *
 * `MODEL_RUNS` sets the number of histories, `MODEL_SEED` repeats one.
 */
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { AcceptResult } from '../../src/connector/door.ts'
import {
  type Intervention,
  interventions,
  type LanePolicy,
  lanePolicies,
} from '../../src/domain/delivery.ts'
import { HubError } from '../../src/domain/errors.ts'
import { useDatabase } from '../support/database.ts'
import {
  createWorld,
  everything,
  type Row,
  submission,
  type TestWorker,
  type World,
} from '../support/engine.ts'
import { useKeys } from '../support/keys.ts'
import {
  appliedUnheard,
  busy,
  createTarget,
  delivered,
  lost,
  rejected,
  type Step,
  type TestTarget,
} from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'
import { emptyWakeupTables } from '../support/wakeup-tables.ts'

const runs = Number(process.env.MODEL_RUNS ?? 500)
const seed = process.env.MODEL_SEED
const database = useDatabase()
const keys = useKeys(database)

const subjects = ['A', 'B', 'C'] as const
type Subject = (typeof subjects)[number]

/** What the sender knows: which numbers of a dossier it has sent, and as what. */
interface Model {
  readonly sent: Record<Subject, ('progress' | 'snapshot')[]>
}

interface Real {
  readonly world: World
  readonly target: TestTarget
  readonly hung: { count: number }
  worker: TestWorker
  paused: boolean
  readonly receipts: Map<string, string>
}

const steps = {
  delivered: () => delivered,
  rejected: () => rejected,
  busy: () => busy,
  lost: () => lost,
  appliedUnheard: () => appliedUnheard,
} satisfies Record<string, () => Step>
type StepName = keyof typeof steps | 'hangs' | 'appliesAndHangs'
const stepNames: StepName[] = ['hangs', 'appliesAndHangs', ...(Object.keys(steps) as StepName[])]

function stepOf(name: StepName, { hung }: Pick<Real, 'hung'>): Step {
  if (name !== 'hangs' && name !== 'appliesAndHangs') return steps[name]()
  return {
    applies: name === 'hangs' ? 'never' : 'now',
    get until() {
      hung.count += 1
      return new Promise(() => undefined)
    },
  }
}

const startWorker = (world: World): Promise<TestWorker> =>
  // Without a queue its beats are far apart: what goes on at once must go on by itself.
  world.worker({ beatMs: world.hasQueue ? 100 : 60_000, leaseMs: 60_000 })

/** Works until nothing moves by itself any more, but for what hangs. */
async function work({ world, worker, hung, paused }: Real): Promise<void> {
  if (paused) return
  await waitUntil('nothing moves any more', async () => {
    if (!world.hasQueue) worker.drain.wake()
    const [row] = await database().sql<{ due: number; leased: number }>(
      `select count(*) filter (where wake_at is not null and lease_until is null)::int as due,
         count(lease_until)::int as leased
       from hub.lane where system = $1`,
      [world.system.id],
    )
    return row?.due === 0 && row.leased === hung.count && worker.drain.open().length === hung.count
  })
}

/** kill -9, and enough time for the leases to run out. */
async function crash(real: Real): Promise<void> {
  await real.worker.kill()
  real.hung.count = 0
  await database().sql(
    `update hub.lane set lease_until = now() - interval '1 second'
     where system = $1 and lease_until is not null`,
    [real.world.system.id],
  )
  real.worker = await startWorker(real.world)
}

const wasApplied = (real: Real, subject: string, number: number): boolean =>
  real.target.applied(subject).includes(number)

/** A person who has looked at the target before deciding. */
async function decide(real: Real, subject: Subject, row: Row): Promise<void> {
  const applied = wasApplied(real, subject, row.number)
  const options: readonly Intervention[] =
    row.state === 'unknown'
      ? [applied ? 'confirm-delivered' : 'send-again']
      : row.state === 'dead'
        ? applied
          ? ['discard']
          : ['redrive', 'discard']
        : row.state === 'held'
          ? ['release']
          : []
  for (const option of options) {
    try {
      return await real.world.intervene(subject, row.number, option)
    } catch (error) {
      if (!(error instanceof HubError)) throw error
    }
  }
}

type Command = fc.AsyncCommand<Model, Real>

const accepts = (subject: Subject, type: 'progress' | 'snapshot'): Command => ({
  check: () => true,
  toString: () => `accept ${type} of ${subject}`,
  async run(model, real) {
    const n = model.sent[subject].push(type)
    const accept = type === 'snapshot' ? real.world.acceptSnapshot : real.world.accept
    const [result] = await accept(subject, n)
    if (!result?.ok) throw new Error(`${subject}/${n} was refused`)
    expect(result.receipt.duplicate).toBe(false)
    real.receipts.set(`${subject}/${n}`, result.receipt.id)
  },
})

const repeats = (subject: Subject, nth: number, changed: boolean): Command => ({
  check: (model) => model.sent[subject].length > 0,
  toString: () => `repeat ${nth} of ${subject}${changed ? ' with other bytes' : ''}`,
  async run(model, real) {
    const n = 1 + (nth % model.sent[subject].length)
    const type = model.sent[subject][n - 1] ?? 'progress'
    const again = submission(subject, n, {
      type,
      eventId: `${real.world.system.id}-${subject}-${n}`,
      data: changed ? { n, changed } : { n },
    })
    const [result]: readonly AcceptResult[] = await real.world.accepting.accept([again], everything)
    if (changed) expect(result).toMatchObject({ ok: false, code: 'message-conflict' })
    else
      expect(result).toMatchObject({
        ok: true,
        receipt: { duplicate: true, id: real.receipts.get(`${subject}/${n}`) },
      })
  },
})

const scripts = (subject: Subject, n: number, names: readonly StepName[]): Command => ({
  check: () => true,
  toString: () => `${subject}/${n} will be ${names.join(', ')}`,
  async run(_, real) {
    real.target.script(subject, n, ...names.map((name) => stepOf(name, real)))
  },
})

const works: Command = {
  check: () => true,
  toString: () => 'work',
  run: (_, real) => work(real),
}

const crashes = (afterWork: boolean): Command => ({
  check: () => true,
  toString: () => (afterWork ? 'work, then crash' : 'crash'),
  async run(_, real) {
    real.worker.drain.wake()
    if (afterWork) await work(real)
    await crash(real)
  },
})

const stops: Command = {
  check: () => true,
  toString: () => 'stop and start',
  async run(_, real) {
    await real.worker.stop(0)
    real.hung.count = 0
    real.worker = await startWorker(real.world)
  },
}

const act = { actor: 'user:tests', reason: 'lý do thử' }

async function setPaused(real: Real, paused: boolean): Promise<void> {
  const { gates, system } = real.world
  await (paused ? gates.pause(system.id, act) : gates.resume(system.id, act))
  real.paused = paused
  await real.worker.sweep.beat()
}

const pauses = (paused: boolean): Command => ({
  check: () => true,
  toString: () => (paused ? 'pause' : 'resume'),
  run: (_, real) => setPaused(real, paused),
})

const revises = (runAhead: number, policy: LanePolicy): Command => ({
  check: () => true,
  toString: () => `new revision: run-ahead ${runAhead}, policy ${policy}`,
  run: (_, { world }) => world.revise({ runAhead }, policy),
})

const rotates: Command = {
  check: () => true,
  toString: () => 'new data key, everything encrypted anew',
  async run() {
    const { reencrypted } = await keys().rotate(act)
    expect(reencrypted).toBeGreaterThanOrEqual(0)
  },
}

const wipes: Command = {
  check: () => true,
  toString: () => 'wipe the queue',
  async run(_, { world }) {
    if (world.hasQueue) await emptyWakeupTables(database().sql, 'without notes')
  },
}

/** Somebody tries something, sensible or not, but never against what the target says. */
const intervenes = (subject: Subject, nth: number, what: Intervention): Command => ({
  check: (model) => model.sent[subject].length > 0,
  toString: () => `${what} ${nth} of ${subject}`,
  async run(model, real) {
    const number = 1 + (nth % model.sent[subject].length)
    const applied = wasApplied(real, subject, number)
    const lies =
      (what === 'confirm-delivered' && !applied) ||
      (['send-again', 'redrive'].includes(what) && applied)
    if (lies) return
    try {
      await real.world.intervene(subject, number, what)
    } catch (error) {
      if (!(error instanceof HubError)) throw error
      expect(['state-conflict', 'order-would-break']).toContain(error.code)
    }
  },
})

const subject = fc.constantFrom(...subjects)
const place = fc.nat({ max: 9 })
const commands = fc.commands(
  [
    fc.tuple(subject, fc.constantFrom('progress', 'snapshot')).map((of) => accepts(...of)),
    fc.tuple(subject, fc.constantFrom('progress', 'snapshot')).map((of) => accepts(...of)),
    fc.tuple(subject, place, fc.boolean()).map((of) => repeats(...of)),
    fc
      .tuple(
        subject,
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.constantFrom(...stepNames), { minLength: 1, maxLength: 3 }),
      )
      .map((of) => scripts(...of)),
    fc.constant(works),
    fc.boolean().map(crashes),
    fc.constant(stops),
    fc.boolean().map(pauses),
    fc
      .tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom<LanePolicy>(...lanePolicies))
      .map((of) => revises(...of)),
    fc.constant(rotates),
    fc.constant(wipes),
    fc
      .tuple(subject, place, fc.constantFrom(...(Object.keys(interventions) as Intervention[])))
      .map((of) => intervenes(...of)),
  ],
  { maxCommands: 40 },
)

const increasing = (numbers: readonly number[]): boolean =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))

/** Everybody does what is left to do; then everything is final. */
async function comeToAnEnd(real: Real): Promise<void> {
  for (const one of subjects) for (let n = 1; n <= 60; n++) real.target.script(one, n)
  await setPaused(real, false)
  await crash(real)
  for (let round = 0; round < 100; round++) {
    await work(real)
    const open = await Promise.all(
      subjects.map(async (one) => {
        const rows = await real.world.rows(one)
        const left = rows.filter((row) =>
          ['dead', 'held', 'unknown', 'waiting'].includes(row.state),
        )
        // Newest first, as the rules of order ask for.
        for (const row of left.toReversed()) await decide(real, one, row)
        return left.length
      }),
    )
    if (open.every((count) => count === 0)) return
  }
  throw new Error('it never came to an end')
}

async function judge(model: Model, real: Real, exact: boolean): Promise<void> {
  expect(await real.world.faults()).toEqual([])
  expect(real.target.most.ofOneSubject).toBeLessThanOrEqual(1)
  for (const one of subjects) {
    const rows = await real.world.rows(one)
    expect(rows.map((row) => row.number)).toEqual(model.sent[one].map((_, index) => index + 1))
    const applied = real.target.applied(one)
    // In order, and none twice.
    expect([one, applied, increasing(applied)]).toEqual([one, applied, true])
    for (const row of rows) {
      const there = applied.includes(row.number)
      if (row.state === 'delivered')
        expect([one, row.number, there]).toEqual([one, row.number, true])
      else expect(['discarded', 'superseded']).toContain(row.state)
      if (row.state === 'superseded' && exact) expect(there).toBe(false)
    }
  }
}

/** Each history begins with an empty store; the audit trail and the keys go on. */
const emptyStore = () =>
  database().sql(
    'truncate hub.message, hub.body, hub.lane, hub.lane_memo, hub.delivery, hub.attempt, hub.failure, hub.problem cascade',
  )

describe('model', () => {
  let world: World | undefined
  afterEach(async () => {
    await world?.close()
  })

  it(
    `keeps its promises through ${runs} random histories`,
    async () => {
      const policies = fc.constantFrom<LanePolicy>(...lanePolicies)
      const kinds = fc.constantFrom('ask', 'harmless', 'person')
      // A queue takes longer to open than a history without one lasts.
      const queues = fc.nat({ max: 11 }).map((n) => (n === 0 ? 'postgres' : 'none'))
      await fc.assert(
        fc.asyncProperty(
          policies,
          kinds,
          queues,
          commands,
          async (policy, repeat, wakeups, history) => {
            await emptyStore()
            const target = createTarget({ repeat })
            world = await createWorld({
              database: database(),
              target,
              policy,
              wakeups,
              cipher: keys().keyring,
              system: { settleMs: 1, retry: { stepsSeconds: [0.002], giveUpAfterHours: 1 } },
            })
            const model: Model = { sent: { A: [], B: [], C: [] } }
            const real: Real = {
              world,
              target,
              hung: { count: 0 },
              worker: await startWorker(world),
              paused: false,
              receipts: new Map(),
            }
            try {
              await fc.asyncModelRun(() => ({ model, real }), history)
              await comeToAnEnd(real)
              await judge(model, real, repeat !== 'harmless')
            } finally {
              await world.close()
            }
          },
        ),
        { numRuns: runs, ...(seed && { seed: Number(seed) }), endOnFailure: false },
      )
    },
    120_000 + runs * 2_000,
  )
})
