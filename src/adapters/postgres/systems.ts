/** What is kept of systems: what was tried there by the minute, and the newest connection test. */
import type { SystemStore } from '../../engine/ports/system-desk.ts'
import type { CertificateSeen, CheckView } from '../../engine/ports/systems.ts'
import { addAudit } from './audit.ts'
import type { Database } from './database.ts'

const addMinute = `
insert into hub.system_minute as m (minute, system, attempts, failed, refused, delivered, slots)
select date_trunc('minute', now()), t.system, t.attempts, t.failed, t.refused, t.delivered, t.slots::integer[]
from unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::int[], $6::text[])
  as t (system, attempts, failed, refused, delivered, slots)
order by t.system
on conflict (minute, system) do update set
  attempts = m.attempts + excluded.attempts, failed = m.failed + excluded.failed,
  refused = m.refused + excluded.refused, delivered = m.delivered + excluded.delivered,
  slots = (select array_agg(coalesce(s.was, 0) + coalesce(s.more, 0) order by s.place)
           from unnest(m.slots, excluded.slots) with ordinality s (was, more, place))`

const putCheck = `
insert into hub.system_check as c (system, actor, ok, steps, certificates)
values ($1, $2, $3, $4, coalesce($5::jsonb, '[]'))
on conflict (system) do update set at = now(), actor = excluded.actor, ok = excluded.ok,
  steps = excluded.steps, certificates = coalesce($5::jsonb, c.certificates)
returning at, certificates`

const dayMs = 86_400_000

export const certificatesAt = (
  seen: readonly CertificateSeen[],
  now: Date,
): CheckView['certificates'] =>
  seen.map((one) => ({
    ...one,
    daysLeft: Math.floor((Date.parse(one.expiresAt) - now.getTime()) / dayMs),
  }))

export function createSystemStore(database: Database): SystemStore {
  return {
    async addTraffic(counted) {
      const all = [...counted]
      if (all.length > 0)
        await database.run('system-minute-add', addMinute, [
          all.map(([system]) => system),
          all.map(([, { attempts }]) => attempts),
          all.map(([, { failed }]) => failed),
          all.map(([, { refused }]) => refused),
          all.map(([, { delivered }]) => delivered),
          all.map(([, { slots }]) => `{${slots.join(',')}}`),
        ])
      await database.run(
        'system-minute-forget',
        `delete from hub.system_minute where minute < now() - interval '1 day'`,
        [],
      )
    },
    keepCheck: (system, { ok, steps, certificates }, actor) =>
      database.transaction(async (run) => {
        const [row] = await run<{ at: Date; certificates: CertificateSeen[] }>(
          'system-check-put',
          putCheck,
          [system, actor, ok, JSON.stringify(steps), certificates && JSON.stringify(certificates)],
        )
        const detail = ok ? 'ok' : (steps.find((step) => !step.ok)?.name ?? '')
        await addAudit(run, { actor, action: 'system.checked', object: system, detail })
        const at = row?.at ?? new Date()
        return {
          ...{ at: at.toISOString(), by: actor, ok, steps },
          certificates: certificatesAt(row?.certificates ?? [], at),
        }
      }),
  }
}
