import type { Configuration } from '../../../domain/configuration.ts'
import { drainOf } from '../../../domain/drain.ts'
import type { Words } from '../../../domain/errors.ts'
import { type MaintenanceWindow, occurrenceOf } from '../../../domain/maintenance.ts'
import { type Reach, reachesSystem } from '../../../domain/unit.ts'
import type { PullView } from '../../../engine/ports/pulls.ts'
import type {
  CertificateView,
  CheckView,
  PauseView,
  SystemView,
  WindowView,
} from '../../../engine/ports/systems.ts'
import type { Database } from '../database.ts'
import { reachedUnit, reachValues } from './reach.ts'
import { codeOf, iso } from './rows.ts'
import { type PauseRow, pauseOf, systemSituation, systemStates } from './situations.ts'
import { measure } from './system-health.ts'

/** Counting stops at this many: a list shows "10.000+", it does not scan a million rows for a number. */
const countLimit = 10_000

const counts = `
select s.id as system, w.waiting, w.backlog,
  (select count(*)::int from (select 1 from hub.failure f
    where f.system = s.id and ${reachedUnit('f.unit', 1)} limit ${countLimit}) f) as failed,
  (select extract(epoch from now() - l.wake_at)::float8 from hub.lane l
     where l.system = s.id and l.wake_at <= now() order by l.wake_at limit 1) as oldest_due
from unnest($1::text[]) as s (id)
cross join lateral (
  select count(*)::int as waiting, coalesce(sum(l.last_number - l.head_number + 1), 0)::int as backlog
  from (select last_number, head_number from hub.lane l where l.system = s.id and l.wake_at is not null
    limit ${countLimit}) l
) w`

interface CountRow {
  system: string
  waiting: number
  backlog: number
  failed: number
  oldest_due: number | null
}

const firstToEnd = (check: CheckView | null): CertificateView | null =>
  (check?.certificates ?? []).toSorted((a, b) => a.daysLeft - b.daysLeft)[0] ?? null

/** Those in force first, then by when they come; what is over is not shown. */
const windowsAt = (windows: readonly MaintenanceWindow[], now: Date): WindowView[] =>
  windows
    .flatMap((window) => {
      const when = occurrenceOf(window, now.getTime())
      return when ? [{ window, ...when }] : []
    })
    .sort((a, b) => a.fromMs - b.fromMs)
    .map(({ window, fromMs, untilMs }) => ({
      ...{ window, inForce: fromMs <= now.getTime() },
      ...{ from: new Date(fromMs).toISOString(), until: new Date(untilMs).toISOString() },
    }))

export async function listSystems(
  database: Database,
  configuration: Configuration | undefined,
  problemOf: (system: string) => Words | null,
  reach?: Reach,
): Promise<SystemView[]> {
  const all = configuration?.systems ?? []
  const systems = reach ? all.filter(({ id }) => reachesSystem(reach, id)) : all
  const ids = systems.map((system) => system.id)
  const now = new Date()
  const [states, rows, measured] = await Promise.all([
    systemStates(database),
    database.run<CountRow>('query-system-counts', counts, [ids, ...reachValues(reach).slice(1)]),
    measure(database, ids, now),
  ])
  return systems.map((system) => {
    const state = states.get(system.id)
    const count = rows.find((row) => row.system === system.id)
    const { maintenance } = systemSituation(configuration, states, system.id, now)
    const paused = state ? pauseOf(state, now) : null
    const problem = problemOf(system.id)
    const waiting = count?.waiting ?? 0
    const backlog = count?.backlog ?? 0
    const { check, ...traffic } = measured.of(system.id)
    const drain = drainOf({
      ...{ waiting: backlog, isMore: waiting >= countLimit },
      ...{ deliveredPerMinute: traffic.deliveredPerMinute, ratePerSecond: system.ratePerSecond },
      ...{ paused: paused !== null, circuitOpen: state?.circuit === 'open' },
      ...{ maintenance: maintenance !== undefined, problem: problem !== null },
      hasWorkers: measured.hasWorkers,
    })
    return {
      id: system.id,
      connector: system.connector,
      title: system.title,
      paused,
      circuit: state?.circuit ?? 'closed',
      circuitSince: state?.circuit === 'open' ? iso(state.circuit_at) : null,
      maintenance: maintenance
        ? { reason: maintenance.reason, until: new Date(maintenance.untilMs).toISOString() }
        : null,
      problem,
      waiting,
      failed: count?.failed ?? 0,
      oldestDueSeconds: count?.oldest_due ?? null,
      health: { ...traffic, backlog, drain, certificate: firstToEnd(check) },
      check,
      limits: { ratePerSecond: system.ratePerSecond ?? null, concurrency: system.concurrency },
      windows: windowsAt(system.maintenance, now),
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
