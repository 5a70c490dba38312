/**
 * The one place that decides what becomes of a delivery after an attempt: delivered, again later,
 * ask the system, or a person. Pure: time and chance come in.
 */
import type { ManifestOperation } from '../../connector/manifest.ts'
import type { System } from '../../domain/configuration.ts'
import type { LanePolicy } from '../../domain/delivery.ts'
import type { ErrorCode } from '../../domain/errors.ts'
import type { Outcome, Verdict } from '../../domain/outcome.ts'
import { nextTryMs } from '../../domain/retry-schedule.ts'

export interface Decision {
  readonly state: 'delivered' | 'waiting' | 'unknown' | 'dead'
  readonly code: ErrorCode | undefined
  /** When the lane is due again, if this delivery is where it stops; null: when a person has acted. */
  readonly wakeMs: number | null
  /** Whether the lane goes on to the next delivery. */
  readonly passes: boolean
  /** False when it is as if it had not been tried (the system was to blame, not the message). */
  readonly tried: boolean
}

export interface Circumstances {
  readonly system: Pick<System, 'retry' | 'settleMs'>
  readonly repeat: ManifestOperation['repeat']
  readonly policy: LanePolicy
  readonly tries: number
  /** In [0, 1). */
  readonly random: number
}

/** Questions that the system could not answer, after which a person is asked instead. */
const questionsBeforePerson = 3

const dead = (code: ErrorCode, policy: LanePolicy): Decision => ({
  state: 'dead',
  code,
  wakeMs: policy === 'skip' ? 0 : null,
  passes: policy === 'skip',
  tried: true,
})

const again = (code: ErrorCode, at: Circumstances, retryAfterMs?: number): Decision => {
  const wakeMs = nextTryMs(at.system.retry, at.tries, at.random, retryAfterMs)
  if (wakeMs === undefined) return dead('retries-exhausted', at.policy)
  return { state: 'waiting', code, wakeMs, passes: false, tried: true }
}

const open = (code: ErrorCode, wakeMs: number | null): Decision => ({
  state: 'unknown',
  code,
  wakeMs,
  passes: false,
  tried: true,
})

export const delivered: Decision = {
  state: 'delivered',
  code: undefined,
  wakeMs: 0,
  passes: true,
  tried: true,
}

/** After a send. */
export function afterSend(outcome: Outcome, at: Circumstances): Decision {
  switch (outcome.kind) {
    case 'delivered':
      return delivered
    case 'permanent':
      return dead(outcome.code, at.policy)
    case 'retry':
      // Our own stop is not a failed try.
      if (outcome.code === 'interrupted')
        return { state: 'waiting', code: outcome.code, wakeMs: 0, passes: false, tried: false }
      return again(outcome.code, at, outcome.retryAfterMs)
    case 'auth':
      // The system gets paused; the message has done nothing wrong and waits as it was.
      return { state: 'waiting', code: outcome.code, wakeMs: 0, passes: false, tried: false }
    case 'unknown':
      return afterLoss(outcome.code, at, outcome.retryAfterMs)
  }
}

/** After an attempt whose result is not known, or a worker that was lost in the middle of one. */
export function afterLoss(code: ErrorCode, at: Circumstances, retryAfterMs?: number): Decision {
  if (at.repeat === 'harmless') return again(code, at, retryAfterMs)
  return open(code, at.repeat === 'ask' ? at.system.settleMs : null)
}

/** After the system has been asked. `asked` counts this question. */
export function afterQuestion(
  answer: Verdict | { readonly failed: ErrorCode },
  at: Circumstances & { readonly asked: number },
): Decision {
  if (answer === 'applied') return delivered
  if (answer === 'not-applied') {
    // Surely not there: send again, at once the first time, then at the pace of the schedule.
    if (at.tries <= 1)
      return { state: 'waiting', code: 'outcome-unknown', wakeMs: 0, passes: false, tried: true }
    return again('outcome-unknown', { ...at, tries: at.tries - 1 })
  }
  if (answer === 'cannot-tell') {
    const enough = at.asked >= questionsBeforePerson
    return open('outcome-unknown', enough ? null : at.system.settleMs)
  }
  // A failed question says nothing about the message. Ask again for as long as one would retry.
  const wakeMs = nextTryMs(at.system.retry, at.asked, at.random)
  return open(answer.failed, wakeMs ?? null)
}
