/**
 * Carries bulk plans out: one process has a plan at a time, by a lease with a fence, and goes on where it
 * or another had come to. All that counts is in the store: what is done to an item and that it is done are
 * one commit, the rate goes by the store's clock. So a process can be killed anywhere.
 */
import type { System } from '../../domain/configuration.ts'
import type { Logger } from '../../domain/log-events.ts'
import { defaultPlanRate, type PlanState } from '../../domain/plan.ts'
import type { ClaimedPlan, PlanRunStore } from '../ports/plans.ts'
import type { Wakeups } from '../ports/wakeups.ts'

export interface PlanRunnerDependencies {
  readonly store: PlanRunStore
  readonly wakeups: Wakeups
  readonly log: Logger
  readonly process: string
  readonly systems: () => readonly System[]
  /** Default 15,000. */
  readonly leaseMs?: number
  /** Items that are frozen in one commit; default 1,000. */
  readonly pageSize?: number
  /** From one step to the next, unless the rate asks for more; default 200. */
  readonly stepMs?: number
  /** Between two looks at what came of moved items; default 500. */
  readonly lookMs?: number
  /** So long one of eight goes on before another that waits has its turn; default 10,000. */
  readonly turnMs?: number
}

export interface PlanRunner {
  /** Takes up what is due, up to eight side by side, and returns how many it took. */
  runDue(signal: AbortSignal): Promise<number>
  /** Resolves when nothing that was taken up runs any more. */
  idle(): Promise<void>
}

const mostAtOnce = 8
const mostInStep = 250
const mostLookedAt = 2_000
/** However slow a rate is, a change of it, or a pause, is seen within this time. */
const longestWaitMs = 1_000

type After = PlanState | 'lost'

export function createPlanRunner(deps: PlanRunnerDependencies): PlanRunner {
  const { store, leaseMs = 15_000, pageSize = 1_000, stepMs = 200, lookMs = 500 } = deps
  const { turnMs = 10_000 } = deps
  const running = new Map<string, Promise<void>>()

  const prepare = async (plan: ClaimedPlan): Promise<After> => {
    const { state, systems } = await store.prepare(plan, pageSize)
    if (!systems) return state
    const chosen = deps.systems().filter((system) => systems.includes(system.id))
    const after = await store.prepared(plan, defaultPlanRate(plan.action, chosen))
    deps.log.info('plan.prepared', { plan: plan.id, state: after })
    return after
  }

  const tell = (plan: ClaimedPlan, state: After): After => {
    if (state === 'paused') deps.log.warn('plan.paused', { plan: plan.id })
    if (state === 'finished') deps.log.info('plan.finished', { plan: plan.id })
    return state
  }

  /** Steps and looks in turn until the plan is not running any more. */
  const advance = async (plan: ClaimedPlan, signal: AbortSignal): Promise<After> => {
    let next: string | null = null
    let lookAt = 0
    const overAt = performance.now() + turnMs
    for (;;) {
      const beganMs = performance.now()
      if (beganMs >= lookAt) {
        const looked = await store.look(plan, next, mostLookedAt)
        if (looked.state !== 'running') return tell(plan, looked.state)
        next = looked.next
        lookAt = beganMs + lookMs
      }
      const { state, waitMs, wake } = await store.advance(plan, mostInStep)
      for (const system of wake) deps.wakeups.wake(system)
      if (state !== 'running') return tell(plan, state)
      const spentMs = performance.now() - beganMs
      await rest(Math.max(stepMs - spentMs, Math.min(waitMs, longestWaitMs)), signal)
      // Eight slow ones would else keep all others waiting for hours; who waits longest is claimed first.
      const isOver = performance.now() > overAt && running.size >= mostAtOnce
      if (signal.aborted || isOver) return state
    }
  }

  /** Once over all that was moved and is not known yet, when nothing more is to be done. */
  const watch = async (plan: ClaimedPlan, signal: AbortSignal): Promise<void> => {
    let next: string | null = null
    do {
      const looked = await store.look(plan, next, mostLookedAt)
      next = looked.next
      // A plan that is paused is watched again and again; that it is was said when it happened.
      if (next === null && looked.state === 'finished') tell(plan, 'finished')
    } while (next !== null && !signal.aborted)
  }

  const carryOn = async (plan: ClaimedPlan, signal: AbortSignal): Promise<void> => {
    let { state }: { state: After } = plan
    while (state === 'preparing' && !signal.aborted) state = await prepare(plan)
    if (signal.aborted || state === 'lost') return
    if (state === 'running') await advance(plan, signal)
    else await watch(plan, signal)
  }

  /** Keeps the plan this process's own while a page of a large store is read. */
  const holdOn = (plan: ClaimedPlan) => {
    const lost = new AbortController()
    let renewal: Promise<void> | undefined
    const renew = async (): Promise<void> => {
      // When the store is away the next step will say so.
      if (!(await store.renewPlan(plan, leaseMs).catch(() => true))) lost.abort()
      renewal = undefined
    }
    const timer = setInterval(() => {
      renewal ??= renew()
    }, leaseMs / 5)
    return {
      lost: lost.signal,
      async end() {
        clearInterval(timer)
        await renewal
      },
    }
  }

  const runOne = async (plan: ClaimedPlan, stopping: AbortSignal): Promise<void> => {
    const hold = holdOn(plan)
    try {
      await carryOn(plan, AbortSignal.any([stopping, hold.lost]))
    } finally {
      await hold.end()
    }
    await store.releasePlan(plan)
  }

  return {
    async runDue(signal) {
      let taken = 0
      while (!signal.aborted && running.size < mostAtOnce) {
        const plan = await store.claimPlan(deps.process, leaseMs)
        if (!plan) break
        const key = `${plan.id} ${plan.fence}`
        const run = runOne(plan, signal)
          // Its lease runs out, and it is taken up again.
          .catch((error: unknown) => deps.log.error('plan.failed', { plan: plan.id }, error))
          .finally(() => running.delete(key))
        running.set(key, run)
        taken++
      }
      return taken
    },
    async idle() {
      await Promise.all(running.values())
    },
  }
}

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
