import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canMove, lanePolicies } from '../../src/domain/delivery.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { defaultRetrySchedule, triesOf } from '../../src/domain/retry-schedule.ts'
import {
  afterLoss,
  afterQuestion,
  afterSend,
  type Circumstances,
  type Decision,
} from '../../src/engine/lanes/decide.ts'

const repeats = ['harmless', 'ask', 'person'] as const
const settleMs = 60_000
const lastTry = triesOf(defaultRetrySchedule)

const at = (change: Partial<Circumstances> = {}): Circumstances => ({
  system: { retry: defaultRetrySchedule, settleMs },
  repeat: 'ask',
  policy: 'block',
  tries: 1,
  random: 0,
  ...change,
})

/** "state wake passes tried": everything a decision says, on one line. */
const said = (decision: Decision): string =>
  `${decision.state} ${decision.wakeMs} ${decision.passes ? 'passes' : 'stops'} ${
    decision.tried ? 'counts' : 'free'
  } ${decision.code ?? ''}`.trim()

const outcomes: Readonly<Record<string, Outcome>> = {
  delivered: { kind: 'delivered' },
  permanent: { kind: 'permanent', code: 'target-rejected' },
  retry: { kind: 'retry', code: 'target-busy' },
  interrupted: { kind: 'retry', code: 'interrupted' },
  auth: { kind: 'auth', code: 'session-refused' },
  unknown: { kind: 'unknown', code: 'answer-timeout' },
}

/** outcome × repeat, policy block; then what another policy changes. */
const afterASend: Readonly<
  Record<string, readonly [harmless: string, ask: string, person: string]>
> = {
  delivered: [
    'delivered 0 passes counts',
    'delivered 0 passes counts',
    'delivered 0 passes counts',
  ],
  permanent: [
    'dead null stops counts target-rejected',
    'dead null stops counts target-rejected',
    'dead null stops counts target-rejected',
  ],
  retry: [
    'waiting 2500 stops counts target-busy',
    'waiting 2500 stops counts target-busy',
    'waiting 2500 stops counts target-busy',
  ],
  interrupted: [
    'waiting 0 stops free interrupted',
    'waiting 0 stops free interrupted',
    'waiting 0 stops free interrupted',
  ],
  auth: [
    'waiting 0 stops free session-refused',
    'waiting 0 stops free session-refused',
    'waiting 0 stops free session-refused',
  ],
  unknown: [
    'waiting 2500 stops counts answer-timeout',
    'unknown 60000 stops counts answer-timeout',
    'unknown null stops counts answer-timeout',
  ],
}

describe('decide', () => {
  const cases = Object.entries(afterASend).flatMap(([kind, row]) =>
    repeats.flatMap((repeat, index) =>
      lanePolicies.map((policy) => ({ kind, repeat, policy, wanted: row[index] ?? '' })),
    ),
  )
  it.each(cases)('$kind, repeat $repeat, policy $policy', ({ kind, repeat, policy, wanted }) => {
    const outcome = outcomes[kind]
    if (!outcome) throw new Error(kind)
    const skips = policy === 'skip' && kind === 'permanent'
    const expected = skips ? wanted.replace('dead null stops', 'dead 0 passes') : wanted
    expect(said(afterSend(outcome, at({ repeat, policy })))).toBe(expected)
  })

  it('gives up when the schedule is used up, by every road that counts a try', () => {
    const exhausted = 'dead null stops counts retries-exhausted'
    const last = at({ tries: lastTry })
    expect(said(afterSend(outcomes.retry as Outcome, last))).toBe(exhausted)
    expect(said(afterLoss('worker-lost', { ...last, repeat: 'harmless' }))).toBe(exhausted)
    expect(said(afterQuestion('not-applied', { ...at({ tries: lastTry + 1 }), asked: 1 }))).toBe(
      exhausted,
    )
    expect(said(afterSend(outcomes.retry as Outcome, { ...last, policy: 'skip' }))).toBe(
      'dead 0 passes counts retries-exhausted',
    )
  })

  it('never gives up for an interruption or a refused session', () => {
    for (const kind of ['interrupted', 'auth'])
      expect(afterSend(outcomes[kind] as Outcome, at({ tries: lastTry + 5 })).state).toBe('waiting')
  })

  it('waits as long as the target asks, whether it said "later" or failed', () => {
    const patient = { retryAfterMs: 90_000 }
    expect(afterSend({ kind: 'retry', code: 'target-busy', ...patient }, at()).wakeMs).toBe(90_000)
    expect(
      afterSend({ kind: 'unknown', code: 'target-failed', ...patient }, at({ repeat: 'harmless' }))
        .wakeMs,
    ).toBe(90_000)
  })

  it('sends again at once after the first "not applied", then at the pace of the schedule', () => {
    const asked = (tries: number) =>
      said(afterQuestion('not-applied', { ...at({ tries }), asked: 1 }))
    expect(asked(1)).toBe('waiting 0 stops counts outcome-unknown')
    expect(asked(2)).toBe('waiting 2500 stops counts outcome-unknown')
    expect(asked(3)).toBe('waiting 15000 stops counts outcome-unknown')
  })

  it('asks three times for an answer that the system cannot give, then a person', () => {
    const asked = (count: number) => said(afterQuestion('cannot-tell', { ...at(), asked: count }))
    expect(asked(1)).toBe('unknown 60000 stops counts outcome-unknown')
    expect(asked(2)).toBe('unknown 60000 stops counts outcome-unknown')
    expect(asked(3)).toBe('unknown null stops counts outcome-unknown')
  })

  it('never takes a failed question for "not applied"', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom(...repeats),
        fc.constantFrom(...lanePolicies),
        (asked, tries, repeat, policy) => {
          const failed = { failed: 'connection-refused' } as const
          const decision = afterQuestion(failed, { ...at({ tries, repeat, policy }), asked })
          expect(decision.state).toBe('unknown')
          expect(decision.passes).toBe(false)
          expect(decision.wakeMs === null).toBe(asked >= lastTry)
        },
      ),
    )
  })

  it('passes over nothing but what was delivered, or is dead where the policy skips', () => {
    for (const outcome of Object.values(outcomes))
      for (const repeat of repeats)
        for (const policy of lanePolicies) {
          const decision = afterSend(outcome, at({ repeat, policy }))
          const may =
            decision.state === 'delivered' || (decision.state === 'dead' && policy === 'skip')
          expect(decision.passes).toBe(may)
        }
  })

  it('decides nothing that the table of transitions lacks', () => {
    for (const outcome of Object.values(outcomes))
      for (const repeat of repeats)
        expect(canMove('sending', afterSend(outcome, at({ repeat })).state)).toBe(true)
    for (const answer of ['applied', 'not-applied', 'cannot-tell'] as const) {
      const { state } = afterQuestion(answer, { ...at(), asked: 1 })
      expect(state === 'unknown' || canMove('unknown', state)).toBe(true)
    }
  })
})
