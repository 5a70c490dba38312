import type { CorrectionState } from '../../../domain/correction.ts'
import { deliveryId } from '../../../domain/delivery.ts'
import type { Fault } from '../../../domain/errors.ts'
import { differencesBetween } from '../../../domain/json-difference.ts'
import type { Reach } from '../../../domain/unit.ts'
import type {
  CorrectionItemView,
  CorrectionQueries,
  CorrectionView,
} from '../../../engine/ports/corrections.ts'
import type { Cipher } from '../../../engine/ports/crypto.ts'
import type { Database } from '../database.ts'
import { badCursor } from './keyset.ts'
import { type MessageRow, openMessage, withBody } from './messages.ts'
import { reachedSystem, reachedUnit, reachValues } from './reach.ts'
import { iso } from './rows.ts'

interface Keys {
  readonly keyring: Cipher
  withKeys<T>(keyIds: readonly number[], work: () => T): Promise<T>
}

/** Nothing of it lies beyond: whom its messages concern, and where they go. */
const reached = (at: number): string => `
  not exists (select 1 from hub.correction_message c join hub.message m on m.id = c.message_id
    where c.correction = k.id and not ${reachedUnit("coalesce(m.unit, '')", at)})
  and not exists (select 1 from hub.correction_place p where p.correction = k.id
    and not ${reachedSystem('p.system', at)})`

const columns = `k.id, k.kind, k.state, k.reason, k.author, k.created_at, k.personal, k.needs_approval,
  k.pointers, k.more, k.decided_at, k.decided_by, k.decided_why, k.ended_at, k.ended_by, k.plan,
  n.messages, n.faulty, r.deliveries, r.replaced, f.type, f.subject`

const from = `hub.correction k
  cross join lateral (select count(*)::int as messages, count(faults)::int as faulty
    from hub.correction_message where correction = k.id) n
  cross join lateral (select count(*)::int as deliveries, count(moved_to)::int as replaced
    from hub.correction_place where correction = k.id) r
  left join lateral (select m.type, m.subject from hub.correction_message c
    join hub.message m on m.id = c.message_id where c.correction = k.id
    order by c.message_id limit 1) f on true`

interface Row {
  id: number
  kind: CorrectionView['kind']
  state: CorrectionState
  reason: string
  author: string
  created_at: Date
  personal: boolean
  needs_approval: boolean
  pointers: string[]
  more: boolean
  decided_at: Date | null
  decided_by: string | null
  decided_why: string | null
  ended_at: Date | null
  ended_by: string | null
  plan: number | null
  messages: number
  faulty: number
  deliveries: number
  replaced: number
  type: string | null
  subject: string | null
}

const viewOf = (row: Row): CorrectionView => ({
  ...{ id: row.id, kind: row.kind, state: row.state, reason: row.reason, author: row.author },
  createdAt: row.created_at.toISOString(),
  ...{ personal: row.personal, needsApproval: row.needs_approval, pointers: row.pointers },
  more: row.more,
  ...{ decidedAt: iso(row.decided_at), decidedBy: row.decided_by, decidedWhy: row.decided_why },
  ...{ endedAt: iso(row.ended_at), endedBy: row.ended_by, plan: row.plan },
  counts: {
    ...{ messages: row.messages, faulty: row.faulty },
    ...{ deliveries: row.deliveries, replaced: row.replaced },
  },
  ...{ subject: row.subject, type: row.type },
})

interface ItemRow {
  message_id: string
  new_id: string
  subject: string
  type: string
  pointers: string[]
  faults: Fault[] | null
  key_id: number | null
  bytes: Buffer | null
  places: { lane: string; number: number; system: string; moved_to: number | null }[]
}

const items = `
select c.message_id, c.new_id, m.subject, m.type, c.pointers, c.faults, c.key_id, c.bytes, (
    select json_agg(json_build_object('lane', p.lane::text, 'number', p.number, 'system', p.system,
      'moved_to', p.moved_to) order by p.lane, p.number)
    from hub.correction_place p where p.correction = c.correction and p.message_id = c.message_id) as places
from hub.correction_message c join hub.message m on m.id = c.message_id
where c.correction = $1 and c.message_id > $2 and ($3::bool is null or (c.faults is not null) = $3)
order by c.message_id limit $4`

const start = '00000000-0000-0000-0000-000000000000'

/** The events of a page, old and new; what is kept no more is missing. */
async function dataOf(
  database: Database,
  keys: Keys,
  rows: readonly ItemRow[],
): Promise<Map<string, unknown>> {
  const ids = rows.flatMap((row) => [row.message_id, row.new_id])
  const bodies = await database.run<MessageRow>(
    'query-correction-bodies',
    `${withBody} where m.id = any ($1::uuid[])`,
    [ids],
  )
  const keyIds = [...bodies, ...rows].flatMap((row) => (row.key_id === null ? [] : [row.key_id]))
  return keys.withKeys(keyIds, () => {
    const data = new Map<string, unknown>()
    for (const row of bodies) {
      const message = openMessage(keys.keyring, row)
      if (message) data.set(row.id, message.data)
    }
    for (const row of rows) {
      if (!row.bytes || row.key_id === null) continue
      const text = new TextDecoder().decode(keys.keyring.decrypt(row.key_id, row.bytes, row.new_id))
      data.set(row.new_id, (JSON.parse(text) as { readonly data: unknown }).data)
    }
    return data
  })
}

function itemOf(row: ItemRow, data: ReadonlyMap<string, unknown>): CorrectionItemView {
  const isReadable = data.has(row.message_id) && data.has(row.new_id)
  const places = row.places ?? []
  return {
    message: row.message_id,
    corrected: places.some((place) => place.moved_to !== null) ? row.new_id : null,
    ...{ subject: row.subject, type: row.type },
    deliveries: places.map(({ lane, number, system, moved_to }) => ({
      ...{ id: deliveryId({ lane, number }), system },
      replaced: moved_to === null ? null : deliveryId({ lane, number: moved_to }),
    })),
    pointers: row.pointers,
    changes: isReadable ? differencesBetween(data.get(row.message_id), data.get(row.new_id)) : null,
    faults: row.faults ?? [],
  }
}

export const createCorrectionQueries = (database: Database, keys: Keys): CorrectionQueries => ({
  async corrections({ state, reach, cursor, limit }) {
    if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) throw badCursor()
    const rows = await database.run<Row>(
      'query-corrections',
      `select ${columns} from ${from}
       where ($4::text is null or k.state = $4) and k.id < coalesce($5, 2147483647) and ${reached(1)}
       order by k.id desc limit $6`,
      [...reachValues(reach), state ?? null, cursor ?? null, limit + 1],
    )
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: page.map(viewOf),
      next: rows.length > page.length && last ? String(last.id) : null,
    }
  },
  async correction(id, reach?: Reach) {
    const [row] = await database.run<Row>(
      'query-correction',
      `select ${columns} from ${from} where k.id = $4 and ${reached(1)}`,
      [...reachValues(reach), id],
    )
    return row && viewOf(row)
  },
  async correctionItems(id, { faulty, cursor, limit }) {
    if (cursor !== undefined && !/^[0-9a-f-]{36}$/.test(cursor)) throw badCursor()
    const rows = await database.run<ItemRow>('query-correction-items', items, [
      ...[id, cursor ?? start, faulty ?? null, limit + 1],
    ])
    const page = rows.slice(0, limit)
    const data = await dataOf(database, keys, page)
    const next = rows.length > page.length ? (page.at(-1)?.message_id ?? null) : null
    return { items: page.map((row) => itemOf(row, data)), next }
  },
})
