import type { PruneStore } from '../../engine/ports/upkeep.ts'
import { addAudit } from './audit.ts'
import type { Database } from './database.ts'

/**
 * Bodies go once every delivery of the message has been final for the configured time. Rows, hashes
 * and attempts stay. Walks in the order of acceptance and remembers where it was, so that old open
 * messages at the front are not looked at again in every round; and ends where the time of the ids
 * (UUIDv7) is too young, so that the rest of the table is not looked at in search of a full page.
 */
const pruneBodies = `
with old as (
  select b.message_id from hub.body b join hub.message m on m.id = b.message_id
  where b.message_id > $1
    and b.message_id < (lpad(to_hex((greatest(extract(epoch from now() - $2 * interval '1 day'), 0)
      * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
    and m.accepted_at < now() - $2 * interval '1 day'
  order by b.message_id limit $3
), gone as (
  delete from hub.body b using old o
  where b.message_id = o.message_id and not exists (
    select 1 from hub.delivery d where d.message_id = o.message_id and (
      d.state not in ('delivered', 'superseded', 'discarded')
      or d.finished_at > now() - $2 * interval '1 day'))
  returning b.message_id
)
select (select max(message_id::text) from old) as last, (select count(*)::int from gone) as gone`

const start = '00000000-0000-0000-0000-000000000000'

export function createPruneStore(database: Database): PruneStore {
  let after = start
  return {
    async pruneBodies(olderThanDays, limit) {
      const [row] = await database.run<{ last: string | null; gone: number }>(
        'prune-bodies',
        pruneBodies,
        [after, olderThanDays, limit],
      )
      after = row?.last ?? start
      return row?.gone ?? 0
    },
    async pruneEvidence(olderThanDays, limit) {
      const rows = await database.run(
        'prune-evidence',
        `update hub.attempt set evidence = null, key_id = null where ctid = any (array(
           select ctid from hub.attempt
           where evidence is not null and started_at < now() - $1 * interval '1 day' limit $2))
         returning 1`,
        [olderThanDays, limit],
      )
      return rows.length
    },
    async prunePlans(olderThanDays, limit) {
      await database.run(
        'prune-plans',
        `update hub.plan set items_pruned = true where not items_pruned
           and ended_at < now() - $1 * interval '1 day' and done = ok + failed`,
        [olderThanDays],
      )
      const rows = await database.run(
        'prune-plan-items',
        `delete from hub.plan_item where ctid = any (array(
           select i.ctid from hub.plan p join hub.plan_item i on i.plan = p.id
           where p.items_pruned limit $1))
         returning 1`,
        [limit],
      )
      return rows.length
    },
    pruneCorrections: (olderThanDays) =>
      database.transaction(async (run) => {
        const rows = await run<{ id: number }>(
          'prune-corrections',
          `update hub.correction set state = 'withdrawn', ended_at = now(), ended_by = 'hub'
           where state in ('draft', 'asked', 'approved')
             and created_at < now() - $1 * interval '1 day' returning id`,
          [olderThanDays],
        )
        for (const { id } of rows)
          await addAudit(run, {
            ...{ actor: 'hub', action: 'correction.withdrawn', object: `correction:${id}` },
            detail: 'retention',
          })
        // Those of a plan that was cancelled are left over; one that still goes on needs them.
        await run(
          'prune-correction-bodies',
          `update hub.correction_message c set bytes = null, key_id = null from hub.correction k
           where k.id = c.correction and c.bytes is not null
             and (k.state = 'withdrawn' or k.state = 'sent' and k.ended_at < now() - $1 * interval '1 day'
               and not exists (select 1 from hub.plan p where p.id = k.plan and p.ended_at is null))`,
          [olderThanDays],
        )
        return rows.length
      }),
  }
}
