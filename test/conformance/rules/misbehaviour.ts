/** The right outcome for every way in which a system can misbehave. */
import assert from 'node:assert/strict'
import type {
  Outcome,
  OutgoingDelivery,
  SimulatorMode,
  SimulatorModes,
} from '../../../src/connector/index.ts'
import type { ManifestOperation } from '../../../src/connector/manifest.ts'
import { appliedCount, extentOf, stateOf } from '../compare.ts'
import {
  confirm,
  firstCases,
  onStand,
  type Stand,
  send,
  sendAllButLast,
  until,
  words,
} from '../stand.ts'
import type { Case, Subject } from '../subject.ts'
import type { Rule } from './rule.ts'

/** Long enough for a loaded machine, short enough to wait for. */
const hangMs = 500

interface Trial {
  readonly stand: Stand
  readonly operation: ManifestOperation
  readonly sample: Case
  readonly delivery: OutgoingDelivery
  readonly outcome: Outcome
  /** Entries applied before the trial. */
  readonly before: number
}

/** Sends the first case of every operation under a mode, each on a stand of its own. */
async function tryAll(
  subject: Subject,
  asked: SimulatorModes,
  timeoutMs: number,
  judge: (trial: Trial) => Promise<void>,
): Promise<void> {
  const work = firstCases(subject).map(({ operation, sample }) =>
    onStand(subject, { timeoutMs }, async (stand) => {
      if (!stand.simulator.modes.includes(asked.mode)) return
      const delivery = await sendAllButLast(stand, sample)
      const before = appliedCount(stand.simulator)
      stand.simulator.misbehave(asked)
      const outcome = await send(stand, delivery)
      stand.simulator.behave()
      await judge({ stand, operation, sample, delivery, outcome, before })
    }),
  )
  await Promise.all(work)
}

const rule = (
  mode: SimulatorMode,
  title: string,
  judge: (trial: Trial) => Promise<void>,
  { timeoutMs = 5000, ...asked }: Partial<SimulatorModes> & { timeoutMs?: number } = {},
): Rule => ({
  name: `mode-${mode}`,
  title,
  check: (subject) => tryAll(subject, { mode, times: 1, ...asked }, timeoutMs, judge),
})

const expectKind =
  (...kinds: Outcome['kind'][]) =>
  async ({ sample, outcome }: Trial): Promise<void> =>
    assert(kinds.includes(outcome.kind), `${sample.name}: ${words(outcome)}`)

const laterWith =
  (askedMs: number) =>
  async (trial: Trial): Promise<void> => {
    await expectKind('retry')(trial)
    const { sample, outcome } = trial
    if (outcome.kind === 'delivered' || askedMs === 0) return
    assert(
      (outcome.retryAfterMs ?? 0) >= askedMs,
      `${sample.name}: the patience asked for was not passed on: ${words(outcome)}`,
    )
  }

/** The outcome is unknown; then the connector finds out, or the repeat does no harm. */
async function isUnknownAndResolved(trial: Trial): Promise<void> {
  await expectKind('unknown')(trial)
  await isResolved(trial)
}

async function isResolved({
  stand,
  operation,
  sample,
  delivery,
  outcome,
  before,
}: Trial): Promise<void> {
  const memo = outcome.memo ?? delivery.memo
  const again = { ...delivery, attempt: 2, memo }
  if (operation.repeat === 'person') return
  if (operation.repeat === 'ask') {
    const extent = extentOf(stand.simulator, sample.remote, before)
    const answer = await confirm(stand, { ...delivery, memo })
    if (extent === 'all') assert.equal(answer, 'applied', `${sample.name}: it was applied`)
    else assert.notEqual(answer, 'applied', `${sample.name}: it was not applied`)
    if (extent === 'nothing') assert.equal(answer, 'not-applied', `${sample.name}: it was not`)
    if (answer !== 'not-applied') return
  }
  const second = await send(stand, again)
  assert.equal(second.kind, 'delivered', `${sample.name} again: ${words(second)}`)
  const state = stateOf(stand.simulator)
  const once = await onStand(stand.subject, {}, async (other) => {
    await send(other, await sendAllButLast(other, sample))
    return stateOf(other.simulator)
  })
  assert.deepEqual(state, once, `${sample.name}: not the effect of one delivery`)
}

const duplicate: Rule = {
  name: 'mode-duplicate',
  title: 'takes "already there" with the same content for delivered',
  async check(subject) {
    for (const { operation, sample } of firstCases(subject)) {
      if (operation.repeat === 'person') continue
      await onStand(subject, {}, async (stand) => {
        if (!stand.simulator.modes.includes('duplicate')) return
        const delivery = await sendAllButLast(stand, sample)
        await send(stand, delivery)
        const before = stateOf(stand.simulator)
        stand.simulator.misbehave({ mode: 'duplicate', times: 1 })
        const outcome = await send(stand, { ...delivery, attempt: 2 })
        assert.equal(outcome.kind, 'delivered', `${sample.name}: ${words(outcome)}`)
        assert.deepEqual(stateOf(stand.simulator), before, `${sample.name} was applied again`)
      })
    }
  },
}

const lateApply = rule(
  'late-apply',
  'does not know when the system applies after it gave up waiting, and learns it later',
  async (trial) => {
    await expectKind('unknown')(trial)
    const { stand, sample, before } = trial
    await until(
      () => appliedCount(stand.simulator) > before,
      `${sample.name}: the simulator never applied`,
    )
    await isResolved(trial)
  },
  { ms: hangMs + 100, timeoutMs: hangMs },
)

const login: Rule = {
  name: 'login-fails',
  title: 'keeps a message for later when the login gets no answer',
  async check(subject) {
    for (const mode of ['timeout-before', 'half-body', 'server-error', 'html-200'] as const)
      await tryAll(subject, { mode, on: 'session' }, hangMs, async (trial) => {
        const { sample, outcome, stand, before } = trial
        // A connector that does not log in has nothing to lose here.
        if (outcome.kind === 'delivered') return
        assert(
          ['retry', 'auth'].includes(outcome.kind),
          `${mode} ${sample.name}: ${words(outcome)}`,
        )
        assert.equal(appliedCount(stand.simulator), before, `${mode} ${sample.name} was applied`)
      })
  },
}

const brokenQuestion: Rule = {
  name: 'confirm-fails',
  title: 'never takes a failed question for an answer',
  async check(subject) {
    const asking = firstCases(subject).filter(({ operation }) => operation.repeat === 'ask')
    const ways = [
      'html-200',
      'half-body',
      'server-error',
      'timeout-before',
      'busy',
      'closed',
    ] as const
    for (const way of ways)
      await Promise.all(
        asking.map(({ sample }) =>
          onStand(subject, { timeoutMs: hangMs }, async (stand) => {
            const delivery = await sendAllButLast(stand, sample)
            if (way === 'closed') await stand.simulator.stop()
            else if (!stand.simulator.modes.includes(way)) return
            else stand.simulator.misbehave({ mode: way, on: 'any' })
            const answer = await confirm(stand, delivery)
            assert(
              answer === undefined || answer === 'cannot-tell',
              `${way}: confirm of ${sample.name} says ${answer}`,
            )
          }),
        ),
      )
  },
}

export const misbehaviourRules: readonly Rule[] = [
  rule('slow', 'waits for a slow answer', expectKind('delivered'), { ms: 150 }),
  rule('refuse', 'gives up what the system refuses for good', expectKind('permanent')),
  rule('busy', 'comes back later, not before the system says', laterWith(7000)),
  rule('rate-limit', 'comes back later when the rate is limited', laterWith(0)),
  rule('session-expired', 'delivers after one renewal of the session', expectKind('delivered')),
  rule('timeout-before', 'does not know when no answer comes, and asks', isUnknownAndResolved, {
    timeoutMs: hangMs,
  }),
  rule('timeout-after', 'does not know when the answer is lost, and asks', isUnknownAndResolved, {
    timeoutMs: hangMs,
  }),
  lateApply,
  rule('half-body', 'does not know when the answer breaks off', isUnknownAndResolved),
  rule('html-200', 'takes a page with status 200 for no answer', isUnknownAndResolved),
  rule('server-error', 'does not know after a server error', isUnknownAndResolved),
  rule('unknown-words', 'does not guess at words in no table', isUnknownAndResolved),
  rule('reset-before', 'comes back later, or asks, when the connection is reset', async (trial) => {
    await expectKind('retry', 'unknown')(trial)
    if (trial.outcome.kind === 'unknown') await isResolved(trial)
  }),
  duplicate,
  login,
  brokenQuestion,
]
