import type { Beat, GateStore, SweepStore, SystemGate } from '../../engine/ports/lanes.ts'
import { addAudit } from './audit.ts'
import type { Database } from './database.ts'
import { isPaused } from './paused.ts'

/** A process not seen for this long is gone; its lanes are free by then too. */
const goneAfter = `interval '6 seconds'`

const sign = `
insert into hub.process (id, role) values ($1, $2)
on conflict (id) do update set seen_at = now()`

const look = `
select s.id as system,
  coalesce(${isPaused('t.')}, false) as paused,
  coalesce(t.circuit, 'closed') as circuit,
  greatest(extract(epoch from t.probe_at - now()) * 1000, 0)::float8 as probe_ms,
  coalesce(extract(epoch from now() - t.circuit_at) * 1000, 1e12)::float8 as circuit_ms,
  (select greatest(extract(epoch from now() - min(l.wake_at)) * 1000, 0)::float8
   from hub.lane l where l.system = s.id and l.wake_at <= now()) as oldest_ms,
  exists (
    select 1 from hub.lane l where l.system = s.id and l.wake_at <= now()
      and (l.lease_until is null or l.lease_until < now())
  ) as due,
  (select greatest(extract(epoch from min(l.wake_at) - now()) * 1000, 0)::float8
   from hub.lane l where l.system = s.id and l.wake_at > now()) as next_ms
from unnest($1::text[]) as s (id) left join hub.system_state t on t.system = s.id`

interface LookRow {
  system: string
  paused: boolean
  circuit: SystemGate['circuit']
  probe_ms: number | null
  circuit_ms: number
  oldest_ms: number | null
  due: boolean
  next_ms: number | null
}

const gateOf = (row: LookRow): SystemGate => ({
  system: row.system,
  paused: row.paused,
  circuit: row.circuit,
  probeInMs: row.probe_ms ?? 0,
  closedForMs: row.circuit === 'closed' ? row.circuit_ms : 0,
  oldestDueMs: row.oldest_ms ?? 0,
})

export function createSweepStore(database: Database): SweepStore {
  return {
    async beat(process, systems): Promise<Beat> {
      await database.run('beat-sign', sign, [process.id, process.role])
      const [workers, revision, rows] = await Promise.all([
        database.run<{ id: string }>(
          'beat-workers',
          `select id from hub.process where role <> 'api' and seen_at > now() - ${goneAfter} order by id`,
          [],
        ),
        database.run<{ id: number | null }>(
          'beat-revision',
          'select max(id) as id from hub.revision',
          [],
        ),
        database.run<LookRow>('beat-look', look, [systems]),
      ])
      return {
        revision: revision[0]?.id ?? 0,
        workers: workers.map((worker) => worker.id),
        gates: rows.map(gateOf),
        due: rows.filter((row) => row.due).map((row) => row.system),
        nextDueMs: new Map(
          rows.flatMap((row) => (row.next_ms === null ? [] : [[row.system, row.next_ms] as const])),
        ),
      }
    },
    async leave(process) {
      await database.run('beat-leave', 'delete from hub.process where id = $1', [process])
      await database.run(
        'beat-forget',
        `delete from hub.process where seen_at < now() - interval '1 day'`,
        [],
      )
    },
  }
}

export function createGateStore(database: Database): GateStore {
  /** Changes the row and writes the audit row in one commit; false when nothing changed. */
  const change = (
    name: string,
    text: string,
    values: unknown[],
    audit: { actor: string; action: string; detail: string },
  ): Promise<boolean> =>
    database.transaction(async (run) => {
      await run(
        'gate-row',
        'insert into hub.system_state (system) values ($1) on conflict do nothing',
        [values[0]],
      )
      const rows = await run(name, text, values)
      if (rows.length > 0) await addAudit(run, { ...audit, object: String(values[0]) })
      return rows.length > 0
    })

  return {
    openCircuit: (system, probeAfterMs, reason) =>
      change(
        'circuit-open',
        `update hub.system_state set circuit = 'open', circuit_at = now(), circuit_code = $3,
           probe_at = now() + $2 * interval '1 millisecond'
         where system = $1 and circuit = 'closed' returning system`,
        [system, probeAfterMs, reason],
        { actor: 'hub', action: 'circuit.opened', detail: reason },
      ),
    async takeProbe(system, probeAfterMs) {
      const rows = await database.run(
        'circuit-probe',
        `update hub.system_state set probe_at = now() + $2 * interval '1 millisecond'
         where system = $1 and circuit = 'open' and probe_at <= now() returning system`,
        [system, probeAfterMs],
      )
      return rows.length > 0
    },
    closeCircuit: (system) =>
      change(
        'circuit-close',
        `update hub.system_state set circuit = 'closed', circuit_at = now(), circuit_code = null,
           probe_at = null where system = $1 and circuit = 'open' returning system`,
        [system],
        { actor: 'hub', action: 'circuit.closed', detail: '' },
      ),
    pause: (system, by, resumeAt, code) =>
      change(
        'pause',
        `update hub.system_state set paused_at = now(), paused_by = $2, paused_reason = $3,
           paused_code = $4, resume_at = $5
         where system = $1 and not ${isPaused()} returning system`,
        [system, by.actor, by.reason, code ?? null, resumeAt ?? null],
        { actor: by.actor, action: 'system.paused', detail: by.reason },
      ),
    resume: (system, by) =>
      change(
        'resume',
        `update hub.system_state set paused_at = null, paused_by = null, paused_reason = null,
           paused_code = null, resume_at = null
         where system = $1 and paused_at is not null returning system`,
        [system],
        { actor: by.actor, action: 'system.resumed', detail: by.reason },
      ),
  }
}
