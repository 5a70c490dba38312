/** A store as it is after some months: a long history, a few lanes with work, all in plain SQL. */
import type { Database } from '../../../src/adapters/postgres/database.ts'

/** So many messages, `PLAN_ROWS=3000000` for more. */
export const rowCount = Number(process.env.PLAN_ROWS ?? 200_000)
/** The newest so many wait. */
export const dueCount = 500

interface Months {
  /** Messages, each with a delivery and a dossier of its own. */
  readonly rows: number
  readonly due: number
  /** Of five messages four go to the first and one to the second. */
  readonly systems: readonly [string, string]
  /** Of so many agencies, `H99.10` and on; default none. */
  readonly units?: number
  /** Of so many one is dead, and blocks its dossier; default 1000. */
  readonly deadEvery?: number
  /** Causes of what is dead; default 1. */
  readonly problems?: number
}

const days = 148

const statementsFor = (months: Months): string[] => {
  const { rows, due: dueRows, units = 0, deadEvery = 1_000, problems = 1 } = months
  const [main, other] = months.systems
  /** `t (i, at)`: a number and a time for each message, the newest now. */
  const series = `(select i, now() - (${rows} - i) * interval '${(days * 86_400) / rows} seconds' as at
    from generate_series(1, ${rows}) i) t`
  const due = `i > ${rows - dueRows}`
  const dead = `i % ${deadEvery} = 1`
  const system = `case when i % 5 = 0 then '${other}' else '${main}' end`
  // The oldest stores know no units.
  const [unitColumn, unit] = units > 0 ? [', unit', `, 'H99.' || (10 + i % ${units})`] : ['', '']
  /** UUIDv7 of the time, unique by the number. */
  const id = `(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000'
    || '8' || lpad(to_hex(i), 15, '0'))::uuid`
  /** As it is pruned after 90 days, but for the last day. */
  const keptBody = `at > now() - interval '90 days 6 hours'`
  return [
    `insert into hub.message (id, source, event_id, type, subject, time, mode, client, revision, size,
       sha256, accepted_at${unitColumn})
     select ${id}, 'urn:tests', 'S' || i || '-1', case when i % 3 = 0 then 'snapshot' else 'progress' end,
       'S' || i, '2026-03-02T08:00:00+07:00', 'binary', 'tests', 1, 100,
       decode(repeat(md5(i::text), 2), 'hex'), at${unit} from ${series}`,
    `insert into hub.body select ${id}, 1, decode(repeat(md5(i::text), 8), 'hex') from ${series}
     where ${keptBody} or ${dead}`,
    `insert into hub.lane (system, subject, last_number, head_number, blocked, wake_at)
     select ${system}, 'S' || i, 1, case when ${due} or ${dead} then 1 else 2 end, ${dead},
       case when ${due} and not ${dead} then at end from ${series} order by i`,
    `insert into hub.delivery (lane, number, message_id, system, job, revision, policy, snapshot, state,
       tries, code, sent_at, finished_at)
     select i, 1, ${id}, ${system}, 'to-' || ${system}, 1, 'block', i % 3 = 0,
       (case when ${dead} then 'dead' when ${due} then 'waiting' else 'delivered' end)::hub.delivery_state,
       case when ${due} then 0 else 1 end, case when ${dead} then 'target-rejected' end,
       case when not ${due} then at end, case when not ${due} then at end from ${series}`,
    // The oldest stores know no fingerprints.
    problems === 1
      ? `insert into hub.problem (system, operation, code) values ('${main}', 'progress', 'target-rejected')`
      : `insert into hub.problem (system, operation, code, fingerprint)
         select '${main}', 'progress', 'target-rejected', p::text from generate_series(1, ${problems}) p`,
    `insert into hub.failure (lane, number, system, message_id, state, code, problem_id, since${unitColumn})
     select i, 1, ${system}, ${id}, 'dead', 'target-rejected',
       1 + (i / ${deadEvery}) % ${problems}, at${unit} from ${series} where ${dead}`,
    `insert into hub.attempt (lane, number, kind, try, started_at, duration_ms, outcome, code, key_id,
       evidence)
     select i, 1, 'send', 1, at, 20, case when ${dead} then 'permanent' else 'delivered' end, null,
       case when ${keptBody} then 1 end,
       case when ${keptBody} then decode(repeat(md5(i::text), 4), 'hex') end
     from ${series} where not ${due}`,
    `insert into hub.audit (at, actor, action, object, detail)
     select at, 'client:tests', 'message.accepted', ${id}::text, md5(i::text) || md5(i::text)
     from ${series} order by i`,
    `insert into hub.audit_link (from_id, to_id, count, rows_hash, prev_hash, hash)
     values (1, ${rows - dueRows}, ${rows - dueRows}, '', '', '')`,
    `insert into hub.system_state (system) values ('${main}')`,
    `insert into hub.process (id, role) values ('one', 'worker')`,
  ]
}

/** @throws as {@link Database} does; the store must be empty. */
export async function fillStore(
  database: Database,
  months: Months = { rows: rowCount, due: dueCount, systems: ['portal', 'axis'] },
): Promise<void> {
  // One transaction: the ids hang on now().
  await database.transaction(async (run) => {
    for (const [index, statement] of statementsFor(months).entries())
      await run(`fill-${index}`, statement, [])
  }, 'patient')
  const client = await database.pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query('vacuum (analyze)')
  } finally {
    client.release(true)
  }
}

/**
 * Gives so many waiting dossiers a past of so many deliveries each, and makes them the first that are
 * due. The planner is not told: it goes on believing that dossiers are short.
 */
export async function lengthen(database: Database, lanes: number, past: number): Promise<void> {
  await database.run(
    'lengthen',
    `with long as (
       update hub.lane l set head_number = $2 + 1, last_number = $2 + 1, wake_at = 'epoch'
       where id in (select id from hub.lane where system = 'portal' and wake_at is not null
         and owner is null order by id desc limit $1)
       returning l.id
     ), moved as (
       update hub.delivery d set number = $2 + 1 from long where d.lane = long.id returning d.*
     )
     insert into hub.delivery (lane, number, message_id, system, job, revision, policy, snapshot, state,
       tries, sent_at, finished_at)
     select lane, n, message_id, system, job, revision, policy, snapshot, 'delivered', 1, now(), now()
     from moved, generate_series(1, $2) n`,
    [lanes, past],
  )
}
