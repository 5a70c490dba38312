/**
 * What can happen in a history. Each act is a line of data, `['accept', 'A', 'progress']`, so that a history
 * can be printed, kept and run again.
 */
import type fc from 'fast-check'
import { expect } from 'vitest'
import { later, unknown } from '../../../src/connector/errors.ts'
import type { Intervention, LanePolicy } from '../../../src/domain/delivery.ts'
import { HubError } from '../../../src/domain/errors.ts'
import { everything, submission } from '../../support/engine.ts'
import {
  type Answer,
  appliedUnheard,
  type BatchStep,
  busy,
  delivered,
  lost,
  rejected,
  type Step,
} from '../../support/target.ts'
import { emptyWakeupTables } from '../../support/wakeup-tables.ts'
import { backUp, putBack } from './backup.ts'
import {
  act,
  endLeases,
  endWorker,
  type Model,
  type Real,
  restoreStore,
  type Setting,
  type Subject,
  setPaused,
  startWorkers,
  subjects,
  type Type,
  wasApplied,
  work,
} from './world.ts'

const never = new Promise<unknown>(() => undefined)
export const steps = {
  delivered,
  rejected,
  busy,
  lost,
  appliedUnheard,
  hangs: { ...lost, until: never },
  appliesAndHangs: { ...appliedUnheard, until: never },
  breaks: { throws: new TypeError('x is not a function') },
} satisfies Record<string, Step>
export type StepName = keyof typeof steps

/** What happens to a batch as a whole, and not by the steps of those in it. */
export const batchSteps = {
  refused: { takes: 0, throws: later('target-busy') },
  lost: { takes: 0, throws: unknown('answer-timeout') },
  appliedUnheard: { takes: 9, throws: unknown('answer-timeout') },
  half: { takes: 1 },
  hangs: { takes: 0, throws: unknown('answer-timeout'), until: never },
  halfAndHangs: { takes: 1, throws: unknown('answer-timeout'), until: never },
  breaks: { takes: 0, throws: new TypeError('x is not a function') },
} satisfies Record<string, BatchStep>
export type BatchStepName = keyof typeof batchSteps

export const answers = {
  'cannot-tell': () => 'cannot-tell',
  hangs: () => 'hangs',
  fails() {
    throw later('target-busy')
  },
} satisfies Record<string, () => Answer>
export type AnswerName = keyof typeof answers

interface Acting {
  readonly can?: (model: Model) => boolean
  readonly run: (model: Model, real: Real) => unknown
}

const isSent =
  (subject: Subject) =>
  ({ sent }: Model): boolean =>
    sent[subject].length > 0
const only = (is: (setting: Setting) => boolean) => (model: Model) => is(model.setting)

async function accept(real: Real, subject: Subject, n: number, type: Type) {
  const [result] = await (type === 'snapshot' ? real.world.acceptSnapshot : real.world.accept)(
    subject,
    n,
  )
  if (!result?.ok) throw new Error(`${subject}/${n} was refused`)
  return result.receipt
}

/** One worker ends, and another takes its place, unless the history goes on with those that are left. */
async function end(real: Real, nth: number, how: 'killed' | 'stopped', after: After) {
  const worker = await endWorker(real, nth, how)
  if (worker && after === 'lease holds') return
  await endLeases(real)
  if (after === 'replaced' || real.setting.workers === 1) await startWorkers(real)
}
/** What comes after the end of a worker. */
export const afters = ['replaced', 'not replaced', 'lease holds'] as const
export type After = (typeof afters)[number]

/**
 * The drill of docs/operations.md: everything is stopped, the backup put back, `hub restored`, the sources send
 * everything again in the original order; resuming is an act of its own.
 */
async function restore(model: Model, real: Real): Promise<void> {
  const { backup, world } = real
  if (!backup) throw new Error('there is no backup')
  while (real.workers.length > 0) await endWorker(real, 0, 'killed')
  await putBack(real.database)
  // By the time a backup is put back, the leases in it have run out long ago.
  real.gone.clear()
  for (const id of backup.workers) real.gone.add(id)
  await endLeases(real)
  expect(await restoreStore(real).restored(undefined, act)).toMatchObject({ kind: 'done' })
  world.acceptKnowing(await restoreStore(real).lostUntil())
  // `hub restored` knows the system by its configuration; here only its lanes speak of it.
  await setPaused(real, true)
  const at = (subject: Subject): number => real.target.applied(subject).length
  real.restores.push({ A: at('A'), B: at('B'), C: at('C') })
  real.receipts = new Map(backup.receipts)
  for (const subject of subjects)
    for (const [index, type] of model.sent[subject].entries()) {
      const { duplicate, id } = await accept(real, subject, index + 1, type)
      const name = `${subject}/${index + 1}`
      expect([name, duplicate]).toEqual([name, index < (backup.sent[subject] ?? 0)])
      if (duplicate) expect(id).toBe(real.receipts.get(name))
      real.receipts.set(name, id)
    }
  await startWorkers(real)
}

export const acts = {
  accept: (subject: Subject, type: Type): Acting => ({
    async run(model, real) {
      const n = model.sent[subject].push(type)
      const { duplicate, id } = await accept(real, subject, n, type)
      expect(duplicate).toBe(false)
      real.receipts.set(`${subject}/${n}`, id)
    },
  }),
  repeat: (subject: Subject, nth: number, how: 'same bytes' | 'other bytes'): Acting => ({
    can: isSent(subject),
    async run(model, { receipts, world }) {
      const n = 1 + (nth % model.sent[subject].length)
      const type = model.sent[subject][n - 1] ?? 'progress'
      const data = how === 'same bytes' ? { n } : { n, changed: true }
      const again = submission(subject, n, {
        type,
        eventId: `${world.system.id}-${subject}-${n}`,
        data,
      })
      const [result] = await world.accepting.accept([again], everything)
      expect(result).toMatchObject(
        how === 'same bytes'
          ? { ok: true, receipt: { duplicate: true, id: receipts.get(`${subject}/${n}`) } }
          : { ok: false, code: 'message-conflict' },
      )
    },
  }),
  target: (subject: Subject, n: number, ...names: StepName[]): Acting => ({
    run: (_, { target }) => target.script(subject, n, ...names.map((name) => steps[name])),
  }),
  answers: (subject: Subject, n: number, ...names: AnswerName[]): Acting => ({
    can: only(({ repeat }) => repeat === 'ask'),
    run: (_, { target }) =>
      target.answerQuestions(subject, n, ...names.map((name) => answers[name])),
  }),
  batches: (...names: BatchStepName[]): Acting => ({
    can: only(({ batch }) => batch > 1),
    run: (_, { target }) => target.scriptBatches(...names.map((name) => batchSteps[name])),
  }),
  work: (): Acting => ({ run: (_, real) => work(real) }),
  crash: (nth: number, when: 'at once' | 'after work', after: After): Acting => ({
    async run(_, real) {
      for (const { drain } of real.workers) drain.wake()
      if (when === 'after work') await work(real)
      await end(real, nth, 'killed', after)
    },
  }),
  stop: (nth: number, after: After): Acting => ({
    run: (_, real) => end(real, nth, 'stopped', after),
  }),
  start: (): Acting => ({ run: (_, real) => startWorkers(real) }),
  'leases run out': (): Acting => ({ run: (_, real) => endLeases(real) }),
  pause: (): Acting => ({ run: (_, real) => setPaused(real, true) }),
  resume: (): Acting => ({ run: (_, real) => setPaused(real, false) }),
  revise: (runAhead: number, policy: LanePolicy): Acting => ({
    run: (_, { world }) => world.revise({ runAhead }, policy),
  }),
  'rotate keys': (): Acting => ({
    async run(_, { keys }) {
      const { reencrypted } = await keys.rotate(act)
      expect(reencrypted).toBeGreaterThanOrEqual(0)
    },
  }),
  'wipe queue': (): Acting => ({
    can: only(({ queue }) => queue !== 'none'),
    run: (_, { database }) => emptyWakeupTables(database.sql, 'without notes'),
  }),
  backup: (): Acting => ({
    can: only(({ backups }) => backups),
    async run(model, real) {
      const workers = [...real.workers.map(({ id }) => id), ...real.gone]
      await backUp(real.database)
      const { A, B, C } = model.sent
      const sent = { A: A.length, B: B.length, C: C.length }
      real.backup = { sent, receipts: new Map(real.receipts), workers }
      model.backedUp = true
    },
  }),
  restore: (): Acting => ({ can: ({ backedUp }) => backedUp, run: restore }),
  /** Somebody tries something, sensible or not, but never against what the target says. */
  person: (subject: Subject, nth: number, what: Intervention): Acting => ({
    can: isSent(subject),
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
  }),
} satisfies Record<string, (...given: never[]) => Acting>

type Acts = typeof acts
export type Act = { [Name in keyof Acts]: readonly [Name, ...Parameters<Acts[Name]>] }[keyof Acts]
export type Command = fc.AsyncCommand<Model, Real>

export function commandOf([name, ...given]: Act): Command {
  const acting = (acts[name] as (...given: readonly unknown[]) => Acting)(...given)
  return {
    check: acting.can ?? (() => true),
    toString: () => JSON.stringify([name, ...given]),
    run: async (model, real) => void (await acting.run(model, real)),
  }
}
