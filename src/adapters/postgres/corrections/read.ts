/** Reads what corrections are made of: originals, and drafts that are not sent yet. */
import { correcting } from '../../../domain/correction.ts'
import type { DeliveryPlace, DeliveryState } from '../../../domain/delivery.ts'
import { HubError } from '../../../domain/errors.ts'
import type { Message } from '../../../domain/message.ts'
import type { Reach } from '../../../domain/unit.ts'
import type {
  CorrectionPlace,
  CorrectionStore,
  Draft,
  Original,
} from '../../../engine/ports/corrections.ts'
import type { Cipher } from '../../../engine/ports/crypto.ts'
import type { Database } from '../database.ts'
import { readSelection } from '../plan-selection.ts'
import { type MessageRow, openMessage, readBody, withBody } from '../queries/messages.ts'
import { reachedSystem, reachValues } from '../queries/reach.ts'

export interface BodyKeys {
  readonly keyring: Cipher
  withKeys<T>(keyIds: readonly number[], work: () => T): Promise<T>
}

interface PlaceRow extends DeliveryPlace {
  message_id: string
  system: string
  job: string
  state: DeliveryState
}

const placeOf = ({ message_id: _, ...place }: PlaceRow): CorrectionPlace => place

const replaceable = correcting.from.map((state) => `'${state}'`).join(', ')

/** Reads bodies so many at a time. */
const page = 100

async function messagesOf(
  database: Database,
  keys: BodyKeys,
  ids: readonly string[],
): Promise<Map<string, Message>> {
  const found = new Map<string, Message>()
  for (let at = 0; at < ids.length; at += page) {
    const rows = await database.run<MessageRow>(
      'correction-bodies',
      `${withBody} where m.id = any ($1::uuid[])`,
      [ids.slice(at, at + page)],
    )
    const keyIds = rows.flatMap((row) => (row.key_id === null ? [] : [row.key_id]))
    await keys.withKeys(keyIds, () => {
      for (const row of rows) {
        const message = openMessage(keys.keyring, row)
        if (message) found.set(row.id, message)
      }
    })
  }
  return found
}

interface DraftRow {
  message_id: string
  new_id: string
  key_id: number | null
  bytes: Buffer | null
}

/** The event as `toSubmission` has written it. */
function dataOf(cipher: Cipher, row: DraftRow): unknown {
  if (!row.bytes || row.key_id === null) throw new HubError('state-conflict')
  const plain = cipher.decrypt(row.key_id, row.bytes, row.new_id)
  return (JSON.parse(new TextDecoder().decode(plain)) as { readonly data: unknown }).data
}

function chosenFrom(rows: readonly PlaceRow[], most: number): Map<string, PlaceRow[]> {
  const byMessage = new Map<string, PlaceRow[]>()
  for (const row of rows) {
    const known = byMessage.get(row.message_id)
    if (known) known.push(row)
    else if (byMessage.size < most) byMessage.set(row.message_id, [row])
  }
  return byMessage
}

export function createCorrectionReading(
  database: Database,
  keys: BodyKeys,
): Pick<CorrectionStore, 'original' | 'chosen' | 'draft'> {
  const placesOf = async (ids: readonly string[], reach: Reach): Promise<PlaceRow[]> =>
    database.run<PlaceRow>(
      'correction-deliveries',
      `select lane, number, message_id, system, job, state from hub.delivery d
       where message_id = any ($1::uuid[]) and state in (${replaceable})
         and ${reachedSystem('d.system', 2)} order by lane, number`,
      [ids, reachValues(reach)[0]],
    )

  return {
    async original(id, reach) {
      const message = await readBody(database, keys.keyring, id, reach)
      if (!message) return undefined
      return { message, places: (await placesOf([message.id], reach)).map(placeOf) }
    },

    async chosen(filter, reach, most) {
      const rows: PlaceRow[] = []
      let after = { lane: '0', number: 0 }
      let more = true
      while (more && rows.length <= most) {
        const read = await readSelection(database, filter, reach, after, 'infinity', page)
        rows.push(...read.rows)
        after = read.rows.at(-1) ?? after
        more = read.more
      }
      const open = rows.filter(({ state }) =>
        (correcting.from as readonly string[]).includes(state),
      )
      const byMessage = chosenFrom(open, most)
      const messages = await messagesOf(database, keys, [...byMessage.keys()])
      const originals: Original[] = [...byMessage].flatMap(([id, places]) => {
        const message = messages.get(id)
        return message ? [{ message, places: places.map(placeOf) }] : []
      })
      const left = new Set(open.map((row) => row.message_id)).size > byMessage.size
      return { originals, more: more || left }
    },

    async draft(id, most = 1_000_000): Promise<Draft | undefined> {
      const [head] = await database.run<{ kind: 'one' | 'many' }>(
        'correction-kind',
        'select kind from hub.correction where id = $1',
        [id],
      )
      if (!head) return undefined
      const rows = await database.run<DraftRow>(
        'correction-drafts',
        `select message_id, new_id, key_id, bytes from hub.correction_message
         where correction = $1 and faults is null order by message_id limit $2`,
        [id, most],
      )
      const originals = await messagesOf(
        database,
        keys,
        rows.map((row) => row.message_id),
      )
      const places = await database.run<PlaceRow>(
        'correction-draft-places',
        `select p.lane, p.number, p.message_id, p.system, p.job, d.state from hub.correction_place p
         join hub.delivery d on d.lane = p.lane and d.number = p.number where p.correction = $1`,
        [id],
      )
      const keyIds = rows.flatMap((row) => (row.key_id === null ? [] : [row.key_id]))
      const messages = await keys.withKeys(keyIds, () =>
        rows.map((row) => {
          const message = originals.get(row.message_id)
          if (!message) throw new HubError('not-found')
          const own = places.filter((place) => place.message_id === row.message_id)
          return {
            original: { message, places: own.map(placeOf) },
            data: dataOf(keys.keyring, row),
          }
        }),
      )
      return { kind: head.kind, messages }
    },
  }
}
