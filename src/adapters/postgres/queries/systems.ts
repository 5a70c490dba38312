import type { Configuration } from '../../../domain/configuration.ts'
import type { Words } from '../../../domain/errors.ts'
import { type Reach, reachesSystem } from '../../../domain/unit.ts'
import type { PauseView, PullView, SystemView } from '../../../engine/ports.ts'
import type { Database } from '../database.ts'
import { codeOf, iso } from './rows.ts'
import { type PauseRow, pauseOf, systemSituation, systemStates } from './situations.ts'

/** Counting stops at this many: a list shows "10.000+", it does not scan a million rows for a number. */
const countLimit = 10_000

const counts = `
select s.id as system,
  (select count(*)::int from (select 1 from hub.lane l where l.system = s.id and l.wake_at is not null
     limit ${countLimit}) w) as waiting,
  (select count(*)::int from (select 1 from hub.failure f where f.system = s.id limit ${countLimit}) f) as failed,
  (select extract(epoch from now() - l.wake_at)::float8 from hub.lane l
     where l.system = s.id and l.wake_at <= now() order by l.wake_at limit 1) as oldest_due
from unnest($1::text[]) as s (id)`

interface CountRow {
  system: string
  waiting: number
  failed: number
  oldest_due: number | null
}

export async function listSystems(
  database: Database,
  configuration: Configuration | undefined,
  problemOf: (system: string) => Words | null,
  reach?: Reach,
): Promise<SystemView[]> {
  const all = configuration?.systems ?? []
  const systems = reach ? all.filter(({ id }) => reachesSystem(reach, id)) : all
  const [states, rows] = await Promise.all([
    systemStates(database),
    database.run<CountRow>('query-system-counts', counts, [systems.map((system) => system.id)]),
  ])
  const now = new Date()
  return systems.map((system) => {
    const state = states.get(system.id)
    const count = rows.find((row) => row.system === system.id)
    const { maintenance } = systemSituation(configuration, states, system.id, now)
    return {
      id: system.id,
      connector: system.connector,
      title: system.title,
      paused: state ? pauseOf(state, now) : null,
      circuit: state?.circuit ?? 'closed',
      circuitSince: state?.circuit === 'open' ? iso(state.circuit_at) : null,
      maintenance: maintenance
        ? { reason: maintenance.reason, until: new Date(maintenance.untilMs).toISOString() }
        : null,
      problem: problemOf(system.id),
      waiting: count?.waiting ?? 0,
      failed: count?.failed ?? 0,
      oldestDueSeconds: count?.oldest_due ?? null,
    }
  })
}

interface PullRow extends PauseRow {
  job: string
  next_run_at: Date
  running: boolean
  last_run_at: Date | null
  last_code: string | null
  last_messages: number
  skipped_at: Date | null
}

/** When a pull is planned to run next, as its row says. */
export interface PullPlan {
  readonly job: string
  readonly nextRunAt: Date
  readonly paused: PauseView | null
}

export async function listPulls(
  database: Database,
  nextRuns: (plan: PullPlan) => readonly string[] = () => [],
): Promise<PullView[]> {
  const rows = await database.run<PullRow>(
    'query-pulls',
    'select *, coalesce(lease_until > now(), false) as running from hub.pull order by job',
    [],
  )
  const now = new Date()
  return rows.map((row) => {
    const paused = pauseOf(row, now)
    return {
      job: row.job,
      nextRunAt: row.next_run_at.toISOString(),
      nextRuns: nextRuns({ job: row.job, nextRunAt: row.next_run_at, paused }),
      running: row.running,
      paused,
      skippedAt: iso(row.skipped_at),
      lastRunAt: iso(row.last_run_at),
      lastCode: codeOf(row.last_code),
      lastMessages: row.last_messages,
    }
  })
}
