import { deadAndBlocking } from './blocking.ts'
import type { Database } from './database.ts'

/** One promise, as a query that returns the places where it does not hold. */
interface Promised {
  readonly name: string
  readonly query: string
}

/**
 * Conservation and order from the database alone. Each reads its tables once, in one snapshot, and
 * may run beside a live hub.
 */
const promises: readonly Promised[] = [
  {
    // By the configuration that was in force when the message was accepted.
    name: 'every-message-goes-where-its-jobs-say',
    query: `select m.id || ' ' || (j->>'to') as place from hub.message m
      join hub.revision r on r.id = m.revision
      cross join lateral jsonb_array_elements(r.content->'jobs') j
      where j->>'kind' = 'push' and (j->>'enabled')::boolean and j->'types' ? m.type
        and (jsonb_array_length(j->'sources') = 0 or j->'sources' ? m.source) and m.corrects is null
        and not exists (select 1 from hub.delivery d where d.message_id = m.id and d.system = j->>'to')`,
  },
  {
    name: 'every-message-has-its-revision',
    query: `select m.id::text as place from hub.message m
      where not exists (select 1 from hub.revision r where r.id = m.revision)`,
  },
  {
    name: 'every-delivery-has-its-message',
    query: `select d.lane || '.' || d.number as place from hub.delivery d
      where not exists (select 1 from hub.message m where m.id = d.message_id)`,
  },
  {
    name: 'one-delivery-per-message-and-system',
    query: `select message_id::text || ' ' || system as place from hub.delivery
      group by message_id, system having count(*) > 1`,
  },
  {
    name: 'lanes-are-numbered-without-gap',
    query: `select l.id::text as place from hub.lane l join (
        select lane, count(*) as n, min(number) as low, max(number) as high from hub.delivery group by lane
      ) d on d.lane = l.id
      where d.low <> 1 or d.high <> d.n or d.high <> l.last_number
      union all
      select l.id::text from hub.lane l where not exists (select 1 from hub.delivery d where d.lane = l.id)`,
  },
  {
    name: 'open-deliveries-have-their-body',
    query: `select d.lane || '.' || d.number as place from hub.delivery d
      where d.state not in ('delivered', 'superseded', 'discarded')
        and not exists (select 1 from hub.body b where b.message_id = d.message_id)`,
  },
  {
    name: 'nothing-open-lies-behind-the-head',
    query: `select d.lane || '.' || d.number as place from hub.delivery d join hub.lane l on l.id = d.lane
      where d.number < l.head_number and d.state in ('waiting', 'sending', 'unknown', 'held')`,
  },
  {
    name: 'no-lane-has-passed-its-dead-letter',
    query: `select d.lane || '.' || d.number as place from hub.delivery d join hub.lane l on l.id = d.lane
      where d.number < l.head_number and ${deadAndBlocking}`,
  },
  {
    name: 'nothing-was-sent-past-an-open-one',
    query: `select place from (
        select lane::text as place,
          min(number) filter (where state in ('waiting', 'sending', 'held')) as open,
          max(number) filter (where state = 'delivered') as done
        from hub.delivery group by lane
      ) d where done > open`,
  },
  {
    // The moment of sending, not of finishing: a person may confirm the newest of several first.
    name: 'deliveries-were-sent-in-order',
    query: `select place from (
        select lane || '.' || number as place, sent_at,
          lag(sent_at) over (partition by lane order by number) as before
        from hub.delivery where state = 'delivered'
      ) d where sent_at < before`,
  },
  {
    name: 'every-lane-with-work-is-woken-or-waits-for-a-person',
    query: `select l.id::text as place from hub.lane l
      where l.wake_at is null and not l.blocked and exists (
        select 1 from hub.delivery h where h.lane = l.id and h.number >= l.head_number
          and h.state in ('waiting', 'sending', 'unknown'))`,
  },
  {
    name: 'a-blocked-lane-has-what-blocks-it',
    query: `select l.id::text as place from hub.lane l where l.blocked and not exists (
        select 1 from hub.delivery h where h.lane = l.id and h.number = l.head_number
          and (h.state in ('dead', 'held') or (h.state = 'unknown' and exists (
            select 1 from hub.failure f where f.lane = h.lane and f.number = h.number))))`,
  },
  {
    name: 'what-needs-a-person-is-listed',
    query: `select d.lane || '.' || d.number as place from hub.delivery d
      where d.state in ('dead', 'held') and not exists (
        select 1 from hub.failure f where f.lane = d.lane and f.number = d.number)
      union all
      select f.lane || '.' || f.number from hub.failure f join hub.delivery d
        on d.lane = f.lane and d.number = f.number
      where d.state not in ('dead', 'held', 'unknown')`,
  },
  {
    name: 'a-correction-has-the-place-of-what-it-replaced',
    query: `select c.id::text as place from hub.message c where c.corrects is not null
      and not exists (select 1 from hub.delivery d join hub.delivery o on o.lane = d.lane
        where d.message_id = c.id and o.message_id = c.corrects and o.state = 'superseded')`,
  },
  {
    name: 'plans-count-what-they-hold',
    query: `select p.id::text as place from hub.plan p left join lateral (
        select count(*) as total, count(*) filter (where result in ('moved', 'ok', 'failed')) as done,
          count(*) filter (where result = 'ok') as ok, count(*) filter (where result = 'failed') as failed,
          count(*) filter (where result = 'skipped') as skipped
        from hub.plan_item where plan = p.id) i on true
      where not p.items_pruned and (p.total, p.done, p.ok, p.failed, p.skipped)
        is distinct from (i.total, i.done, i.ok, i.failed, i.skipped)`,
  },
  {
    name: 'sending-is-leased-or-will-be-found',
    query: `select d.lane || '.' || d.number as place from hub.delivery d join hub.lane l on l.id = d.lane
      where d.state = 'sending' and l.wake_at is null`,
  },
]

export async function verifyStore(
  database: Database,
): Promise<{ name: string; ok: boolean; count: number; examples: string[] }[]> {
  const client = await database.pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    // Each is about whole tables, other than all that the hub asks while it works.
    await client.query(
      `set local statement_timeout = 0; set local enable_seqscan = on; set local enable_bitmapscan = on;
       set local plan_cache_mode = auto`,
    )
    const verdicts = []
    for (const { name, query } of promises) {
      const { rows } = await client.query<{ count: number; examples: string[] | null }>(
        `with broken as (${query})
         select (select count(*)::int from broken) as count,
           (select array_agg(place) from (select place from broken limit 5) few) as examples`,
      )
      const count = rows[0]?.count ?? 0
      verdicts.push({ name, ok: count === 0, count, examples: rows[0]?.examples ?? [] })
    }
    return verdicts
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}
