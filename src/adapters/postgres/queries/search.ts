/** Whatever somebody has at hand – a dossier's code or its beginning, the id of a message or delivery – and where it leads. */
import { deliveryId, parseDeliveryId } from '../../../domain/delivery.ts'
import type { Reach } from '../../../domain/unit.ts'
import type { Hit } from '../../../engine/ports/deliveries.ts'
import type { Database } from '../database.ts'
import { reachedMessage, reachedSystem, reachedUnit, reachValues } from './reach.ts'

const most = 10
/** After everything that the beginning could go on with. */
const last = '\u{10FFFF}'

const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)

const dossiersBy = `
select distinct l.subject collate "C" as subject from hub.lane l
where l.subject collate "C" >= $1 and l.subject collate "C" < $2 and ${reachedSystem('l.system', 3)}
  and ($4::text[] is null or exists (
    select 1 from hub.message m where m.subject = l.subject and ${reachedUnit('m.unit', 3)}))
order by 1 limit ${most}`

async function dossiers(database: Database, text: string, reach?: Reach): Promise<readonly Hit[]> {
  const rows = await database.run<{ subject: string }>('search-dossiers', dossiersBy, [
    ...[text, text + last],
    ...reachValues(reach),
  ])
  return rows.map(({ subject }) => ({ kind: 'dossier', id: subject, subject }))
}

async function message(database: Database, id: string, reach?: Reach): Promise<readonly Hit[]> {
  const [row] = await database.run<{ subject: string }>(
    'search-message',
    `select m.subject from hub.message m where m.id = $1 and ${reachedMessage('m', 2)}`,
    [id, ...reachValues(reach)],
  )
  return row ? [{ kind: 'message', id: id.toLowerCase(), subject: row.subject }] : []
}

async function delivery(database: Database, text: string, reach?: Reach): Promise<readonly Hit[]> {
  const place = parseDeliveryId(text)
  if (!place) return []
  const [row] = await database.run<{ subject: string }>(
    'search-delivery',
    `select m.subject from hub.delivery d join hub.message m on m.id = d.message_id
     where d.lane = $1 and d.number = $2 and ${reachedSystem('d.system', 3)} and ${reachedUnit('m.unit', 3)}`,
    [place.lane, place.number, ...reachValues(reach)],
  )
  return row ? [{ kind: 'delivery', id: deliveryId(place), subject: row.subject }] : []
}

export async function search(
  database: Database,
  text: string,
  reach?: Reach,
): Promise<readonly Hit[]> {
  const wanted = text.trim()
  if (wanted === '') return []
  if (isUuid(wanted)) return message(database, wanted, reach)
  const [own, beginning] = await Promise.all([
    delivery(database, wanted, reach),
    dossiers(database, wanted, reach),
  ])
  return [...own, ...beginning]
}
