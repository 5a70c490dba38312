import { deliveryId } from '../../domain/delivery.ts'
import type { Receipt } from '../../domain/message.ts'
import type { AcceptStore, NewMessage, Stored } from '../../engine/ports/accept.ts'
import type { PullCursor } from '../../engine/ports/pulls.ts'
import { writeCatalogue } from './catalogues.ts'
import type { Database, Run } from './database.ts'
import { packBytes } from './pack.ts'
import { moveCursor } from './pull.ts'
import { supersedeOlder } from './supersede.ts'

/**
 * A whole micro-batch in one statement and one commit. Lanes are touched in (subject, system) order,
 * the order in which settle locks them too, so the two never deadlock. A message missing from the
 * answer was there already: the unique index decides that, not a look before the insert.
 */
const insertBatch = `
with input as (
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
    $7::text[], $8::text[], $9::text[], $10::int[], $11::int[], $12::int[], $13::int[], $14::int[],
    $22::bool[], $23::text[])
    with ordinality as t (id, source, event_id, type, subject, time, dataschema, client, mode,
      revision, size, key_id, cipher_at, cipher_size, doubtful, unit, ord)
), fresh as (
  insert into hub.message
    (id, source, event_id, type, subject, time, dataschema, client, mode, revision, size, unit,
     sha256)
  select id, source, event_id, type, subject, time, dataschema, client, mode, revision, size, unit,
    substring($15::bytea from ((ord - 1) * 32 + 1)::int for 32)
  from input order by ord
  on conflict (source, event_id) do nothing
  returning id, accepted_at
), bodies as (
  insert into hub.body (message_id, key_id, bytes)
  select i.id, i.key_id, substring($16::bytea from i.cipher_at for i.cipher_size)
  from input i join fresh f on f.id = i.id order by i.ord
), routed as (
  select i.id, i.revision, i.subject, i.doubtful, r.system, r.job, r.policy, r.snapshot,
    row_number() over (partition by i.subject, r.system order by i.ord) as rank,
    count(*) over (partition by i.subject, r.system) as total
  from unnest($17::int[], $18::text[], $19::text[], $20::text[], $21::bool[])
    as r (ord, system, job, policy, snapshot)
  join input i on i.ord = r.ord join fresh f on f.id = i.id
), lanes as (
  insert into hub.lane as l (system, subject, last_number, wake_at)
  select system, subject, count(*), now() from routed group by subject, system order by subject, system
  on conflict (subject, system) do update set
    last_number = l.last_number + excluded.last_number,
    wake_at = case when l.blocked then null else coalesce(l.wake_at, now()) end
  returning l.id, l.system, l.subject, l.last_number
), deliveries as (
  insert into hub.delivery (lane, number, message_id, system, job, revision, policy, snapshot, doubtful,
    tries)
  select l.id, l.last_number - r.total + r.rank, r.id, r.system, r.job, r.revision, r.policy, r.snapshot,
    r.doubtful, r.doubtful::int
  from routed r join lanes l on l.subject = r.subject and l.system = r.system
  returning lane, number, message_id, system
), audited as (
  insert into hub.audit (actor, action, object, detail)
  select 'client:' || i.client, 'message.accepted', i.id::text,
    encode(substring($15::bytea from ((i.ord - 1) * 32 + 1)::int for 32), 'hex')
  from input i join fresh f on f.id = i.id order by i.ord
)
select f.id, f.accepted_at, d.lane, d.number, d.system
from fresh f left join deliveries d on d.message_id = f.id
order by d.system`

const findDuplicates = `
select m.source, m.event_id, m.id, m.accepted_at, m.sha256, d.lane, d.number, d.system
from (select distinct * from unnest($1::text[], $2::text[]) as t (source, event_id)) k
join hub.message m on m.source = k.source and m.event_id = k.event_id
left join hub.delivery d on d.message_id = m.id
order by d.system`

interface ReceiptRow {
  id: string
  accepted_at: Date
  lane: string | null
  number: number | null
  system: string | null
}
type DuplicateRow = ReceiptRow & { source: string; event_id: string; sha256: Buffer }

const placesOf = (rows: readonly ReceiptRow[]): Receipt['deliveries'] =>
  rows.flatMap((row) =>
    row.lane !== null && row.number !== null && row.system !== null
      ? [{ id: deliveryId({ lane: row.lane, number: row.number }), system: row.system }]
      : [],
  )

function parametersOf(messages: readonly NewMessage[]): unknown[] {
  const column = <K extends keyof NewMessage>(key: K) => messages.map((message) => message[key])
  const routes = messages.flatMap((message, index) =>
    message.routes.map((route) => ({ ord: index + 1, ...route })),
  )
  const cipher = packBytes(messages.map((message) => message.cipher))
  return [
    column('id'),
    column('source'),
    column('eventId'),
    column('type'),
    column('subject'),
    column('time'),
    messages.map((message) => message.dataschema ?? null),
    column('client'),
    column('mode'),
    column('revision'),
    column('size'),
    column('keyId'),
    cipher.offsets,
    cipher.sizes,
    packBytes(column('sha256')).bytes,
    cipher.bytes,
    routes.map((route) => route.ord),
    routes.map((route) => route.system),
    routes.map((route) => route.job),
    routes.map((route) => route.policy),
    routes.map((route) => route.snapshot),
    column('doubtful'),
    column('unit'),
  ]
}

async function answerDuplicates(
  run: Run,
  missing: readonly NewMessage[],
): Promise<Map<string, Stored>> {
  const rows = await run<DuplicateRow>('accept-duplicates', findDuplicates, [
    missing.map((message) => message.source),
    missing.map((message) => message.eventId),
  ])
  const answers = new Map<string, Stored>()
  for (const message of missing) {
    const found = rows.filter(
      (row) => row.source === message.source && row.event_id === message.eventId,
    )
    const first = found[0]
    if (!first) continue
    if (!first.sha256.equals(message.sha256)) {
      answers.set(message.id, { kind: 'conflict' })
      continue
    }
    answers.set(message.id, {
      kind: 'duplicate',
      receipt: {
        id: first.id,
        duplicate: true,
        acceptedAt: first.accepted_at.toISOString(),
        sha256: first.sha256.toString('hex'),
        deliveries: placesOf(found),
      },
    })
  }
  return answers
}

async function insert(run: Run, messages: readonly NewMessage[]): Promise<readonly Stored[]> {
  const rows = await run<ReceiptRow>('accept', insertBatch, parametersOf(messages))
  const byId = new Map<string, ReceiptRow[]>()
  for (const row of rows) {
    const known = byId.get(row.id)
    if (known) known.push(row)
    else byId.set(row.id, [row])
  }
  const missing = messages.filter((message) => !byId.has(message.id))
  const duplicates = missing.length > 0 ? await answerDuplicates(run, missing) : undefined
  return messages.map((message) => {
    const own = byId.get(message.id)
    if (own?.[0])
      return {
        kind: 'accepted',
        receipt: {
          id: message.id,
          duplicate: false,
          acceptedAt: own[0].accepted_at.toISOString(),
          sha256: Buffer.from(message.sha256).toString('hex'),
          deliveries: placesOf(own),
        },
      }
    const answer = duplicates?.get(message.id)
    if (!answer) throw new Error('a message was neither inserted nor found')
    return answer
  })
}

/**
 * A record that came again under its old id with other content is refused too, and must be seen: its
 * subject is followed as before.
 */
function withConflicts(
  page: PullCursor,
  messages: readonly NewMessage[],
  stored: readonly Stored[],
): PullCursor {
  const conflicts = messages.filter((_, index) => stored[index]?.kind === 'conflict')
  const subjects = new Set(conflicts.map(({ subject }) => subject))
  return {
    ...page,
    follows: page.follows.filter(({ subject }) => !subjects.has(subject)),
    refused: [
      ...page.refused,
      ...conflicts.map(({ eventId, subject }) => ({
        eventId,
        subject,
        code: 'message-conflict' as const,
        pointers: [],
      })),
    ],
  }
}

export function createAcceptStore(database: Database): AcceptStore {
  return {
    async accept(messages, cursor, catalogue) {
      const supersedes = messages.some((message) =>
        message.routes.some((route) => route.policy === 'supersede' && route.snapshot),
      )
      if (!cursor && !catalogue && !supersedes) return insert(database.run, messages)
      return database.transaction(async (run) => {
        const stored = messages.length > 0 ? await insert(run, messages) : []
        if (supersedes) await supersedeOlder(run, messages, stored)
        if (catalogue) await writeCatalogue(run, catalogue)
        if (cursor) await moveCursor(run, withConflicts(cursor, messages, stored))
        return stored
      })
    },
  }
}
