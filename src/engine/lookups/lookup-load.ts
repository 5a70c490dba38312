/**
 * How much one process may ask of each system: nothing in maintenance, no more at once than the system
 * takes, and nothing for a while after it has failed again and again. Then one question at a time finds out
 * whether it is well.
 */
import { ConnectorError } from '../../connector/errors.ts'
import { type CircuitWindow, emptyWindow, record } from '../../domain/circuit.ts'
import type { System } from '../../domain/configuration.ts'
import { HubError, type Words } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import { maintenanceAt } from '../../domain/maintenance.ts'
import type { Clock } from '../ports/clock.ts'

/** One question that is under way. */
export interface LookupLoad {
  /** How it ended: what was thrown, or undefined for an answer. */
  saw(thrown: unknown): void
  leave(): void
}

interface State {
  window: CircuitWindow
  /** 0 while the circuit is closed; past it a question may be tried. */
  openUntilMs: number
  asking: number
  /** How often it has been opened. */
  trips: number
}

export const unavailable = (detail: Words, retryAfterSeconds: number): HubError =>
  new HubError('lookup-unavailable', { detail, retryAfterSeconds })

/**
 * Whether an end speaks against the system: a question that may have gone astray, or an account that it
 * refuses (asking on could have it locked). Undefined where it says nothing: our own stop, our own bug, an
 * official without a key.
 */
function speaksAgainst(thrown: unknown): boolean | undefined {
  if (thrown === undefined) return false
  if (!(thrown instanceof ConnectorError)) return undefined
  const { kind, code } = thrown.outcome
  if (kind === 'permanent')
    return code.startsWith('target-') && code !== 'target-forbidden' ? false : undefined
  return code === 'interrupted' ? undefined : true
}

export function createLookupLoads({ clock, log }: { readonly clock: Clock; readonly log: Logger }) {
  const states = new Map<string, State>()

  const stateOf = ({ id }: System): State => {
    const known = states.get(id) ?? { window: emptyWindow, openUntilMs: 0, asking: 0, trips: 0 }
    states.set(id, known)
    return known
  }

  const requireRoom = (system: System, state: State): void => {
    const now = clock.now().getTime()
    const window = maintenanceAt(system.maintenance, now)
    if (window) {
      const { reason, untilMs } = window
      throw unavailable(
        { vi: `Đang bảo trì: ${reason}`, en: `In maintenance: ${reason}` },
        Math.ceil((untilMs - now) / 1000),
      )
    }
    const restMs = state.openUntilMs - clock.monotonicMs()
    if (restMs > 0)
      throw unavailable(
        { vi: 'Hệ thống này vừa hỏng liên tiếp.', en: 'This system has just failed repeatedly.' },
        Math.ceil(restMs / 1000),
      )
    const most = state.openUntilMs > 0 ? 1 : system.concurrency
    if (state.asking >= most)
      throw unavailable(
        { vi: 'Quá nhiều tra cứu cùng lúc.', en: 'Too many lookups at the same time.' },
        1,
      )
  }

  const count = (system: System, state: State, bad: boolean): void => {
    const next = record(state.window, system.circuit, [bad], clock.monotonicMs())
    state.window = next.window
    if (!bad) state.openUntilMs = 0
    if (!next.trip) return
    state.trips += 1
    state.openUntilMs = clock.monotonicMs() + system.circuit.probeEveryMs
    // The next question decides: one more failure trips it again.
    state.window = { buckets: [], badInARow: system.circuit.consecutive - 1 }
    log.warn('circuit.opened', { system: system.id, of: 'lookups' })
  }

  return {
    /** Throws `lookup-unavailable` where there is no room. */
    enter(system: System): LookupLoad {
      const state = stateOf(system)
      requireRoom(system, state)
      state.asking += 1
      const { trips } = state
      return {
        saw(thrown) {
          const bad = speaksAgainst(thrown)
          // What was under way when the circuit opened says nothing new.
          if (bad !== undefined && trips === state.trips) count(system, state, bad)
        },
        leave() {
          state.asking -= 1
        },
      }
    },
  }
}
