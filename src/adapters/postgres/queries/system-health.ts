/** Figures of systems, from the counts by minute; and what the hub does right now. */
import type { Configuration } from '../../../domain/configuration.ts'
import { noTraffic, quantileMs, type Traffic, together } from '../../../domain/traffic.ts'
import { isLimited, type Reach, reachesSystem } from '../../../domain/unit.ts'
import type {
  CertificateSeen,
  CheckStepView,
  CheckView,
  NowView,
  SystemHealth,
  TrafficSpan,
  TrafficView,
} from '../../../engine/ports/systems.ts'
import type { Database } from '../database.ts'
import { certificatesAt } from '../systems.ts'
import { countBlocked } from './blocked.ts'

/** A minute of a system; `ago` counts minutes back from the one that is not over yet. */
interface MinuteRow extends Omit<Traffic, 'slots'> {
  system: string
  ago: number
  slots: number[]
}

const lastMinutes = `
select system, (extract(epoch from date_trunc('minute', now()) - minute) / 60)::int as ago,
  attempts, failed, refused, delivered, slots
from hub.system_minute
where minute >= date_trunc('minute', now()) - interval '60 minutes' and system = any($1)`

/** A worker signs every second; what is gone for so long is not alive. */
const aliveFor = `interval '10 seconds'`
const workersAlive = `
select count(*) filter (where seen_at > now() - ${aliveFor})::int as alive, max(seen_at) as last_seen
from hub.process where role in ('worker', 'all')`

export interface Measured {
  of(system: string): Pick<SystemHealth, 'last15Minutes' | 'lastHour' | 'deliveredPerMinute'> & {
    readonly check: CheckView | null
  }
  readonly hasWorkers: boolean
}

const viewOf = (minutes: readonly MinuteRow[]): TrafficView => {
  const all = minutes.length === 0 ? noTraffic : together(minutes)
  const { attempts, failed, refused } = all
  return {
    ...{ attempts, failed, refused, errorRate: attempts === 0 ? null : failed / attempts },
    ...{ p50Ms: quantileMs(all, 0.5), p95Ms: quantileMs(all, 0.95) },
  }
}

const rateMinutes = 5

/** The minute that is not over counts by its seconds. */
function perMinute(
  minutes: readonly Pick<MinuteRow, 'ago' | 'delivered'>[],
  secondsOfMinute: number,
): number {
  const delivered = minutes
    .filter(({ ago }) => ago <= rateMinutes)
    .reduce((sum, row) => sum + row.delivered, 0)
  return Math.round((delivered / (rateMinutes + secondsOfMinute / 60)) * 10) / 10
}

interface CheckRow {
  system: string
  at: Date
  actor: string
  ok: boolean
  steps: CheckStepView[]
  certificates: CertificateSeen[]
}

const checkOf = (row: CheckRow, now: Date): CheckView => ({
  ...{ at: row.at.toISOString(), by: row.actor, ok: row.ok, steps: row.steps },
  certificates: certificatesAt(row.certificates, now),
})

const minutesOf = (database: Database, systems: readonly string[]): Promise<MinuteRow[]> =>
  database.run<MinuteRow>('query-system-minutes', lastMinutes, [systems])

async function workers(database: Database): Promise<NowView['workers']> {
  const [row] = await database.run<{ alive: number; last_seen: Date | null }>(
    'query-workers',
    workersAlive,
    [],
  )
  return { alive: row?.alive ?? 0, lastSeen: row?.last_seen?.toISOString() ?? null }
}

export async function measure(
  database: Database,
  systems: readonly string[],
  now: Date,
): Promise<Measured> {
  const [minutes, checks, { alive }] = await Promise.all([
    minutesOf(database, systems),
    database.run<CheckRow>(
      'query-system-checks',
      'select * from hub.system_check where system = any($1)',
      [systems],
    ),
    workers(database),
  ])
  return {
    hasWorkers: alive > 0,
    of(system) {
      const own = minutes.filter((row) => row.system === system)
      const check = checks.find((row) => row.system === system)
      return {
        last15Minutes: viewOf(own.filter(({ ago }) => ago <= 15)),
        lastHour: viewOf(own),
        deliveredPerMinute: perMinute(own, (now.getTime() / 1_000) % 60),
        check: check ? checkOf(check, now) : null,
      }
    },
  }
}

const spanMinutes = 5
const spans = 12

/** The last hour of a system in spans of five minutes, the newest last. */
export async function systemTrend(
  database: Database,
  system: string,
): Promise<readonly TrafficSpan[]> {
  const minutes = await minutesOf(database, [system])
  const thisMinute = Math.floor(Date.now() / 60_000)
  return Array.from({ length: spans }, (_, index) => {
    const oldest = (spans - index) * spanMinutes - 1
    const { attempts, failed, delivered } = together(
      minutes.filter(({ ago }) => ago <= oldest && ago > oldest - spanMinutes),
    )
    const from = new Date((thisMinute - oldest) * 60_000).toISOString()
    return { from, attempts, failed, delivered }
  })
}

/** Of so many of the newest messages the pace is told; older ones say nothing about now. */
const paceOf = 2_000

/** By the order of the ids, which is the order of acceptance: of a full store no more is read than of an empty one. */
const acceptedPace = `
select count(*)::int as count, extract(epoch from now() - min(accepted_at))::float8 as seconds
from (select accepted_at from hub.message order by id desc limit ${paceOf}) newest
where accepted_at > now() - interval '5 minutes'`

const deliveredPace = `
select 0 as ago, coalesce(sum(delivered), 0)::int as delivered from hub.system_minute
where minute >= date_trunc('minute', now()) - interval '${rateMinutes} minutes' and system = any($1)`

export async function lookAtNow(
  database: Database,
  configuration: Configuration | undefined,
  reach?: Reach,
): Promise<NowView> {
  const systems = (configuration?.systems ?? [])
    .map(({ id }) => id)
    .filter((id) => !reach || reachesSystem(reach, id))
  const now = new Date()
  const [[pace], blockedDossiers, minutes, alive] = await Promise.all([
    database.run<{ count: number; seconds: number | null }>('query-pace', acceptedPace, []),
    countBlocked(database, systems, reach),
    database.run<{ ago: number; delivered: number }>('query-delivered-pace', deliveredPace, [
      systems,
    ]),
    workers(database),
  ])
  const isFull = (pace?.count ?? 0) >= paceOf
  const elapsed = isFull ? (pace?.seconds ?? 1) / 60 : rateMinutes
  const accepted = Math.round(((pace?.count ?? 0) / Math.max(elapsed, 1 / 60)) * 10) / 10
  return {
    acceptedPerMinute: reach && isLimited(reach) ? null : accepted,
    deliveredPerMinute: perMinute(minutes, (now.getTime() / 1_000) % 60),
    blockedDossiers,
    workers: alive,
  }
}
