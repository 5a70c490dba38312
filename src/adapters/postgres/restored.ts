import type { RestoreStore } from '../../engine/ports/upkeep.ts'
import { addAudit } from './audit.ts'
import type { Database } from './database.ts'

/**
 * Nothing is sent before the sources have said again what was lost: a system may be further than this
 * store, and what it was told last must be here before it is asked about anything older. What is paused
 * already keeps its reason.
 */
const pauseAll = `
insert into hub.system_state as s (system, paused_at, paused_by, paused_reason)
select id, now(), $1, $2 from (
  select system as id from hub.lane
  union select t.value ->> 'id' from hub.revision r, jsonb_array_elements(r.content -> 'systems') t
  where r.id = (select max(id) from hub.revision)
) known
on conflict (system) do update set paused_at = now(), paused_by = $1, paused_reason = $2,
  paused_code = null, resume_at = null
where s.paused_at is null or s.resume_at is not null
returning system`

/**
 * What waits may have been sent since the backup. To whoever sends it next it is no first try. What was being
 * sent, or asked about, may have been given up since, and a later one have arrived.
 */
const doubt = `
with doubted as (
  update hub.delivery set doubtful = true, tries = greatest(tries, 1)
  where state in ('waiting', 'held', 'dead', 'sending', 'unknown') returning state
)
select count(*) filter (where state = 'waiting')::int as waiting,
  count(*) filter (where state in ('held', 'dead'))::int as stopped from doubted`

/** Hub processes have connections of their own, named by their role; commands are called otherwise. */
const runningNow = `
select distinct application_name as name from pg_stat_activity
where datname = current_database() and application_name in ('hub api', 'hub worker', 'hub all')`

/** Replays of what was lost come in the days after; what comes later with an old time is no replay. */
const replays = `interval '30 days'`

export function createRestoreStore(database: Database): RestoreStore {
  return {
    async lostUntil() {
      const [row] = await database.run<{ lost_until: Date }>(
        'restored-read',
        `select lost_until from hub.restoration where at > now() - ${replays}
         order by lost_until desc limit 1`,
        [],
      )
      return row?.lost_until
    },
    restored: (lostUntil, act) =>
      database.transaction(async (run) => {
        const running = await run<{ name: string }>('restored-running', runningNow, [])
        if (running.length > 0)
          return { kind: 'running', processes: running.map(({ name }) => name) }
        const [clock] = await run<{ now: Date; newest: Date | null }>(
          'restored-clock',
          `select now(), (select accepted_at from hub.message order by id desc limit 1) as newest`,
          [],
        )
        if (!clock) throw new Error('the store told no time')
        const { now, newest } = clock
        const until = lostUntil ?? new Date(now.getTime() + clockMarginMs)
        if ((newest && until < newest) || until.getTime() > now.getTime() + dayMs)
          return { kind: 'impossible', newest, now }
        await run('restored-note', 'insert into hub.restoration (lost_until) values ($1)', [until])
        // Whoever signed out, or was disabled, since the backup must not be signed in again by it.
        await run('restored-sessions', 'delete from hub.web_session', [])
        const paused = await run<{ system: string }>('', pauseAll, [act.actor, act.reason])
        const [doubted] = await run<{ waiting: number; stopped: number }>('', doubt, [])
        await addAudit(run, {
          actor: act.actor,
          action: 'store.restored',
          object: until.toISOString(),
          detail: act.reason,
        })
        for (const { system } of paused)
          await addAudit(run, {
            actor: act.actor,
            action: 'system.paused',
            object: system,
            detail: act.reason,
          })
        return {
          kind: 'done',
          lostUntil: until.toISOString(),
          newestLeft: newest?.toISOString() ?? null,
          doubted: doubted?.waiting ?? 0,
          stopped: doubted?.stopped ?? 0,
          paused: paused.map(({ system }) => system),
        }
      }, 'patient'),
  }
}

const dayMs = 86_400_000
/** Clocks of sources may be ahead. */
const clockMarginMs = 5 * 60_000
