import type { Message } from '../../../domain/message.ts'
import type { Reach } from '../../../domain/unit.ts'
import type { ContentMode } from '../../../engine/ports/accept.ts'
import type { Cipher } from '../../../engine/ports/crypto.ts'
import type { MessageView } from '../../../engine/ports/deliveries.ts'
import type { Database } from '../database.ts'
import { reachedMessage, reachedSystem, reachValues } from './reach.ts'
import { type DeliveryRow, deliveryColumns, summaryOf } from './rows.ts'

export interface MessageRow {
  id: string
  source: string
  event_id: string
  type: string
  subject: string
  time: string
  dataschema: string | null
  mode: ContentMode
  client: string
  size: number
  sha256: Buffer
  accepted_at: Date
  key_id: number | null
  bytes: Buffer | null
}

export const attributesOf = (row: MessageRow) => ({
  source: row.source,
  eventId: row.event_id,
  type: row.type,
  subject: row.subject,
  time: row.time,
  ...(row.dataschema !== null && { dataschema: row.dataschema }),
})

const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)

interface Links {
  corrects: string | null
  corrected_by: string[] | null
}

export async function findMessage(
  database: Database,
  id: string,
  reach?: Reach,
): Promise<MessageView | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await database.run<MessageRow & Links>(
    'query-message',
    `select m.*, b.key_id, (select array_agg(c.id order by c.id desc) from hub.message c
       where c.corrects = m.id) as corrected_by from hub.message m left join hub.body b on b.message_id = m.id
     where m.id = $1 and ${reachedMessage('m', 2)}`,
    [id, ...reachValues(reach)],
  )
  if (!row) return undefined
  const deliveries = await database.run<DeliveryRow>(
    'query-message-deliveries',
    `select ${deliveryColumns} from hub.delivery d join hub.message m on m.id = d.message_id
     where d.message_id = $1 and ${reachedSystem('d.system', 2)} order by d.system`,
    [id, reachValues(reach)[0]],
  )
  return {
    ...attributesOf(row),
    id: row.id,
    acceptedAt: row.accepted_at.toISOString(),
    client: row.client,
    size: row.size,
    sha256: row.sha256.toString('hex'),
    bodyPurged: row.key_id === null,
    ...(row.corrects !== null && { corrects: row.corrects }),
    ...(row.corrected_by && { correctedBy: row.corrected_by }),
    deliveries: deliveries.map(summaryOf),
  }
}

export function openMessage(cipher: Cipher, row: MessageRow | undefined): Message | undefined {
  if (!row?.bytes) return undefined
  const plain = cipher.decrypt(row.key_id ?? 0, row.bytes, row.id)
  const parsed: unknown = JSON.parse(new TextDecoder().decode(plain))
  const data = row.mode === 'structured' ? (parsed as { readonly data: unknown }).data : parsed
  return { ...attributesOf(row), id: row.id, data }
}

/** A message whose body is gone is found too: an older one that still has its own must not pass for it. */
export const withBody =
  'select m.*, b.key_id, b.bytes from hub.message m left join hub.body b on b.message_id = m.id'

export async function readBody(
  database: Database,
  cipher: Cipher,
  id: string,
  reach?: Reach,
): Promise<Message | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await database.run<MessageRow>(
    'query-body',
    `${withBody} where m.id = $1 and ${reachedMessage('m', 2)}`,
    [id, ...reachValues(reach)],
  )
  return openMessage(cipher, row)
}

export async function latestMessage(
  database: Database,
  cipher: Cipher,
  subject: string,
  types: readonly string[],
): Promise<Message | undefined> {
  const [row] = await database.run<MessageRow>(
    'query-latest',
    `${withBody} where m.subject = $1 and m.type = any ($2) order by m.id desc limit 1`,
    [subject, types],
  )
  return openMessage(cipher, row)
}
