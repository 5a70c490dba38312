import { beforeEach, describe, expect, it } from 'vitest'
import { verifyStore } from '../../../src/adapters/postgres/verify.ts'
import { useDatabase } from '../../support/database.ts'

const database = useDatabase()

/** Ids of messages by number, so that the damages can be read. */
const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`

const message = (n: number, subject: string, change: { type?: string; source?: string } = {}) =>
  database().sql(
    `insert into hub.message (id, source, event_id, type, subject, time, mode, client, revision,
       size, sha256) values ($1, $2, $3, $4, $5, '2026-03-02T08:00:00Z', 'binary', 'tests', 1, 0, '')`,
    [id(n), change.source ?? 'urn:tests', `e${n}`, change.type ?? 'progress', subject],
  )

const deliveryColumns = `(lane, number, message_id, system, job, revision, policy, snapshot, state,
  sent_at, finished_at)`
const row = (lane: number, number: number, n: number, state: string, minute = 'null'): string =>
  `(${lane}, ${number}, '${id(n)}', 'alpha', 'to-alpha', 1, 'block', false, '${state}',
    timestamptz '2026-03-02 00:00Z' + ${minute} * interval '1 minute',
    timestamptz '2026-03-02 00:00Z' + ${minute} * interval '1 minute')`
const add = (...rows: string[]): string =>
  `insert into hub.delivery ${deliveryColumns} values ${rows.join(', ')};`

const jobs = [
  { kind: 'push', enabled: true, to: 'alpha', types: ['progress'], sources: [] },
  { kind: 'push', enabled: true, to: 'beta', types: ['snapshot'], sources: ['urn:one'] },
  { kind: 'push', enabled: false, to: 'gamma', types: ['progress'], sources: [] },
  { kind: 'pull', enabled: true, from: 'delta', types: ['progress'] },
]

/**
 * Sound lanes, one of each kind: 1 in its middle, 2 blocked by a dead letter, 3 being sent,
 * 4 unknown and resting, 5 held, 6 done, 7 waiting for a person to look an unknown one up.
 */
async function putSound(): Promise<void> {
  const { sql } = database()
  await sql(`truncate hub.message, hub.body, hub.lane, hub.delivery, hub.failure, hub.revision,
    hub.plan, hub.plan_item restart identity cascade`)
  await sql(`insert into hub.revision (author, reason, content) values ('a', 'r', $1)`, [
    JSON.stringify({ jobs }),
  ])
  for (let n = 1; n <= 12; n++) await message(n, `S${n}`)
  // Wanted by no job: by its source, by its type.
  await message(20, 'S20', { type: 'snapshot', source: 'urn:two' })
  await message(21, 'S21', { type: 'other' })
  await sql(`insert into hub.body select id, 1, '' from hub.message`)
  await sql(`delete from hub.body where message_id in ('${id(1)}', '${id(11)}')`)
  await sql(
    `insert into hub.lane (system, subject, last_number, head_number, blocked, wake_at, lease_until)
     values ('alpha', 'L1', 4, 3, false, now(), null),
       ('alpha', 'L2', 2, 1, true, null, null),
       ('alpha', 'L3', 1, 1, false, now(), now() + interval '1 minute'),
       ('alpha', 'L4', 1, 1, false, now() + interval '1 hour', null),
       ('alpha', 'L5', 1, 1, true, null, null),
       ('alpha', 'L6', 2, 3, false, null, null),
       ('alpha', 'L7', 1, 1, true, null, null)`,
  )
  await sql(
    add(
      row(1, 1, 1, 'delivered', '1'),
      row(1, 2, 2, 'delivered', '2'),
      row(1, 3, 3, 'waiting'),
      row(1, 4, 4, 'waiting'),
      row(2, 1, 5, 'dead', '1'),
      row(2, 2, 6, 'waiting'),
      row(3, 1, 7, 'sending', '1'),
      row(4, 1, 8, 'unknown', '1'),
      row(5, 1, 9, 'held'),
      row(6, 1, 10, 'delivered', '1'),
      row(6, 2, 11, 'delivered', '1'),
      row(7, 1, 12, 'unknown', '1'),
    ),
  )
  await sql(`insert into hub.failure (lane, number, system, message_id, state, code)
    select lane, number, system, message_id, state, 'x' from hub.delivery
    where state in ('dead', 'held') or lane = 7`)
}

const failure = (lane: number, number: number): string =>
  `insert into hub.failure (lane, number, system, message_id, state, code)
   select lane, number, system, message_id, 'dead', 'x' from hub.delivery
   where lane = ${lane} and number = ${number};`

interface Damage {
  readonly what: string
  readonly sql: string
  readonly places: readonly string[]
}
const damage = (what: string, sql: string, ...places: string[]): Damage => ({ what, sql, places })

const newcomer = (n: number, type: string, source: string): string =>
  `insert into hub.message (id, source, event_id, type, subject, time, mode, client, revision,
     size, sha256) values ('${id(n)}', '${source}', 'e${n}', '${type}', 'S', '', 'binary', 't', 1, 0, '');`

/** For every promise what breaks it, and nothing else. */
const damages: Readonly<Record<string, readonly Damage[]>> = {
  'every-message-goes-where-its-jobs-say': [
    damage('a message without its delivery', newcomer(30, 'progress', 'urn:x'), `${id(30)} alpha`),
    damage('the same by its source', newcomer(31, 'snapshot', 'urn:one'), `${id(31)} beta`),
  ],
  'every-delivery-has-its-message': [
    damage('a message is gone', `delete from hub.message where id = '${id(10)}'`, '6.1'),
  ],
  'one-delivery-per-message-and-system': [
    damage(
      'a message twice in a lane',
      `update hub.lane set last_number = 5 where id = 1; ${add(row(1, 5, 4, 'waiting'))}`,
      `${id(4)} alpha`,
    ),
  ],
  'lanes-are-numbered-without-gap': [
    damage('a last number too high', 'update hub.lane set last_number = 9 where id = 1', '1'),
    damage(
      'a delivery is gone, with the wish for it',
      `delete from hub.delivery where lane = 6 and number = 1;
       update hub.message set type = 'other' where id = '${id(10)}'`,
      '6',
    ),
    damage(
      'a lane without any',
      `insert into hub.lane (system, subject, last_number) values ('alpha', 'L8', 1)`,
      '8',
    ),
  ],
  'open-deliveries-have-their-body': [
    damage('of one that waits', `delete from hub.body where message_id = '${id(3)}'`, '1.3'),
    damage('of one that died', `delete from hub.body where message_id = '${id(5)}'`, '2.1'),
  ],
  'nothing-open-lies-behind-the-head': [
    damage('a head too far', 'update hub.lane set head_number = 4 where id = 1', '1.3'),
  ],
  'every-message-has-its-revision': [
    damage(
      'nobody knows where it should have gone',
      `update hub.message set revision = 9 where id = '${id(21)}'`,
      id(21),
    ),
  ],
  'no-lane-has-passed-its-dead-letter': [
    damage(
      'a head behind it',
      `update hub.lane set head_number = 2, blocked = false, wake_at = now() where id = 2`,
      '2.1',
    ),
  ],
  'nothing-was-sent-past-an-open-one': [
    damage(
      'a later one was delivered',
      `update hub.delivery set state = 'delivered', sent_at = now() where lane = 1 and number = 4`,
      '1',
    ),
  ],
  'deliveries-were-sent-in-order': [
    damage(
      'the second before the first',
      `update hub.delivery set sent_at = sent_at - interval '1 day' where lane = 1 and number = 2`,
      '1.2',
    ),
  ],
  'every-lane-with-work-is-woken-or-waits-for-a-person': [
    damage('a lane asleep', 'update hub.lane set wake_at = null where id = 1', '1'),
    damage('asleep before it asks', 'update hub.lane set wake_at = null where id = 4', '4'),
  ],
  'a-blocked-lane-has-what-blocks-it': [
    damage('blocked by nothing', 'update hub.lane set blocked = true where id = 1', '1'),
    damage(
      'by an unknown one that nobody is told of',
      'update hub.lane set blocked = true where id = 4',
      '4',
    ),
    damage('though it is done', 'update hub.lane set blocked = true where id = 6', '6'),
  ],
  'what-needs-a-person-is-listed': [
    damage('a dead letter is not', 'delete from hub.failure where lane = 2', '2.1'),
    damage('a held one is not', 'delete from hub.failure where lane = 5', '5.1'),
    damage('one that needs nobody is', failure(6, 1), '6.1'),
  ],
  'a-correction-has-the-place-of-what-it-replaced': [
    damage(
      'what it stands for is not superseded',
      `update hub.message set corrects = '${id(2)}' where id = '${id(3)}'`,
      id(3),
    ),
  ],
  'plans-count-what-they-hold': [
    damage(
      'more than there is',
      `insert into hub.plan (action, filter, reason, created_by, run_by, starts, stop_after, stop_percent, total)
       values ('redrive', '{}', 'r', 'a', 'a', false, 1, 1, 1)`,
      '1',
    ),
  ],
  'sending-is-leased-or-will-be-found': [
    damage(
      'behind a dead letter, in a lane that nobody wakes',
      `update hub.delivery set state = 'sending' where lane = 2 and number = 2`,
      '2.2',
    ),
  ],
}

const broken = async () => (await verifyStore(database().database)).filter((one) => !one.ok)

describe('verify', () => {
  beforeEach(async () => {
    await database().sql('alter table hub.delivery disable trigger check_transition')
    await putSound()
  })

  it('finds nothing in a sound store, and has a damage here for every promise', async () => {
    const verdicts = await verifyStore(database().database)
    expect(verdicts.filter((one) => !one.ok)).toEqual([])
    expect(verdicts.map((one) => one.name).toSorted()).toEqual(Object.keys(damages).toSorted())
  })

  const cases = Object.entries(damages).flatMap(([name, list]) =>
    list.map((one) => ({ name, ...one })),
  )
  it.each(cases)('$name: $what', async ({ name, sql, places }) => {
    await database().sql(sql)
    expect(await broken()).toEqual([
      { name, ok: false, count: places.length, examples: [...places] },
    ])
  })

  it('counts all and shows some of what is broken', async () => {
    await database().sql(
      `insert into hub.lane (system, subject, last_number)
       select 'alpha', 'M' || n, 1 from generate_series(1, 12) n`,
    )
    const [verdict] = await broken()
    expect(verdict).toMatchObject({ name: 'lanes-are-numbered-without-gap', count: 12 })
    expect(verdict?.examples).toHaveLength(5)
  })

  it('gives its connection back as it was, after a failure too', async () => {
    const single = database().open(1)
    await verifyStore(single)
    await database().sql('alter table hub.failure rename to elsewhere')
    await expect(verifyStore(single)).rejects.toThrow('hub.failure')
    await database().sql('alter table hub.elsewhere rename to failure')
    const { rows } = await single.pool.query(
      `select current_setting('transaction_read_only') as read_only,
         current_setting('statement_timeout') as patience, pg_current_xact_id()`,
    )
    expect(rows[0]).toMatchObject({ read_only: 'off', patience: '15s' })
  })
})
