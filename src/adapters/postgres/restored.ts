import type { RestoreStore } from '../../engine/ports.ts'
import { addAudit } from './audit.ts'
import type { Database } from './database.ts'

/**
 * Nothing is sent before the sources have said again what was lost: a system may be further than this
 * store, and what it was told last must be here before it is asked about anything older.
 */
const pauseAll = `
insert into hub.system_state as s (system, paused_at, paused_by, paused_reason)
select unnest($1::text[]), now(), $2, $3
on conflict (system) do update set paused_at = coalesce(s.paused_at, now()), paused_by = $2,
  paused_reason = $3, paused_code = null, resume_at = null`

/**
 * What waited may have been sent since the backup. Lanes that are stopped for a person keep theirs as
 * they are: with something in doubt behind it their head could not be sent again; the person is told.
 */
const doubt = `
with doubted as (
  update hub.delivery d set state = 'unknown', asked = 0, code = 'worker-lost'
  from hub.lane l where l.id = d.lane and not l.blocked and d.number >= l.head_number
    and d.state = 'waiting'
  returning d.lane
), woken as (
  update hub.lane set wake_at = now(), owner = null, lease_until = null, fence = fence + 1
  where id in (select lane from doubted)
)
select (select count(*)::int from doubted) as doubted,
  (select count(*)::int from hub.lane where blocked) as stopped`

/** The newest of each source that has sent something in the week before the last. */
const lastOfEach = `
select distinct on (source) source, event_id, accepted_at
from hub.message
where accepted_at > (select accepted_at from hub.message order by id desc limit 1) - interval '7 days'
order by source, id desc`

interface Last {
  source: string
  event_id: string
  accepted_at: Date
}

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
    restored: (lostUntil, systems, act) =>
      database.transaction(async (run) => {
        const running = await run<{ id: string }>(
          'restored-running',
          `select id from hub.process where seen_at > now() - interval '30 seconds'`,
          [],
        )
        if (running.length > 0) return { kind: 'running', processes: running.map(({ id }) => id) }
        await run('restored-note', 'insert into hub.restoration (lost_until) values ($1)', [
          lostUntil,
        ])
        await run('', pauseAll, [systems, act.actor, act.reason])
        const [counts] = await run<{ doubted: number; stopped: number }>('', doubt, [])
        const last = await run<Last>('', lastOfEach, [])
        await addAudit(run, {
          actor: act.actor,
          action: 'store.restored',
          object: lostUntil.toISOString(),
          detail: act.reason,
        })
        for (const system of systems)
          await addAudit(run, {
            actor: act.actor,
            action: 'system.paused',
            object: system,
            detail: act.reason,
          })
        return {
          kind: 'done',
          doubted: counts?.doubted ?? 0,
          stopped: counts?.stopped ?? 0,
          sources: last.map((row) => ({
            source: row.source,
            lastEvent: row.event_id,
            lastAcceptedAt: row.accepted_at.toISOString(),
          })),
        }
      }, 'patient'),
  }
}
