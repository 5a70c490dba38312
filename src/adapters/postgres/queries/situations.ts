import type { Configuration } from '../../../domain/configuration.ts'
import type { DeliveryState } from '../../../domain/delivery.ts'
import type { Words } from '../../../domain/errors.ts'
import { maintenanceAt } from '../../../domain/maintenance.ts'
import type { LaneSituation, SystemSituation } from '../../../domain/waiting.ts'
import type { PauseView } from '../../../engine/ports/systems.ts'
import type { Database } from '../database.ts'
import { codeOf, iso } from './rows.ts'

/** `l` is the lane. The first delivery that is still open, and whether a person must decide on it. */
export const laneColumns = `l.id as lane, l.wake_at, coalesce(l.lease_until > now(), false) as leased,
  h.number as head_number, h.state as head_state, h.code as head_code, h.needs_person,
  h.problem_id, h.failure_code, h.failed_at`

export const laneHead = `
left join lateral (
  select e.number, e.state, e.code, f.lane is not null as needs_person, f.problem_id,
    f.code as failure_code, f.since as failed_at
  from hub.delivery e left join hub.failure f on f.lane = e.lane and f.number = e.number
  where e.lane = l.id and e.number >= l.head_number
    and e.state not in ('delivered', 'superseded', 'discarded')
  order by e.number limit 1
) h on true`

export interface LaneRow {
  lane: string
  wake_at: Date | null
  leased: boolean
  head_number: number | null
  head_state: DeliveryState | null
  head_code: string | null
  needs_person: boolean | null
  problem_id: number | null
  failure_code: string | null
  failed_at: Date | null
}

export const situationOf = (row: LaneRow): LaneSituation => ({
  lane: row.lane,
  wakeAt: row.wake_at,
  leased: row.leased,
  head:
    row.head_number !== null && row.head_state !== null
      ? {
          number: row.head_number,
          state: row.head_state,
          code: row.head_code,
          needsPerson: row.needs_person ?? false,
        }
      : undefined,
})

/** How `hub.system_state` and `hub.pull` say that a person, or the hub itself, has paused something. */
export interface PauseRow {
  paused_at: Date | null
  paused_by: string | null
  paused_reason: string | null
  paused_code?: string | null
  resume_at: Date | null
}

export interface StateRow extends PauseRow {
  system: string
  circuit: 'closed' | 'open'
  circuit_at: Date | null
}

export const isPaused = (row: PauseRow, now: Date): boolean =>
  row.paused_at !== null && (row.resume_at === null || row.resume_at > now)

export const pauseOf = (row: PauseRow, now: Date): PauseView | null =>
  row.paused_at && isPaused(row, now)
    ? {
        since: row.paused_at.toISOString(),
        by: row.paused_by ?? '',
        reason: row.paused_reason ?? '',
        resumeAt: iso(row.resume_at),
        code: codeOf(row.paused_code ?? null),
      }
    : null

export async function systemStates(database: Database): Promise<Map<string, StateRow>> {
  const rows = await database.run<StateRow>('query-states', 'select * from hub.system_state', [])
  return new Map(rows.map((row) => [row.system, row]))
}

const removed: Words = {
  vi: 'hệ thống không còn trong cấu hình.',
  en: 'it is no longer in the configuration.',
}

export function systemSituation(
  configuration: Configuration | undefined,
  states: ReadonlyMap<string, StateRow>,
  system: string,
  now: Date,
  problemOf?: (system: string) => Words | null,
): SystemSituation {
  const state = states.get(system)
  const windows = configuration?.systems.find((one) => one.id === system)?.maintenance ?? []
  return {
    paused:
      state && isPaused(state, now)
        ? { reason: state.paused_reason ?? '', resumeAt: state.resume_at }
        : undefined,
    circuitOpen: state?.circuit === 'open',
    maintenance: maintenanceAt(windows, now.getTime()),
    problem: configuration?.systems.some((one) => one.id === system)
      ? (problemOf?.(system) ?? null)
      : removed,
  }
}
