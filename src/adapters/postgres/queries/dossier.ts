import type { Configuration } from '../../../domain/configuration.ts'
import { deliveryId } from '../../../domain/delivery.ts'
import { errorTable, type Words } from '../../../domain/errors.ts'
import type { Reach } from '../../../domain/unit.ts'
import { laneWaitsFor } from '../../../domain/waiting.ts'
import type { DossierView } from '../../../engine/ports/deliveries.ts'
import type { Database } from '../database.ts'
import { type ProblemWords, tableWords } from './problem-words.ts'
import { reachedMessage, reachedSystem, reachedUnit, reachValues } from './reach.ts'
import { codeOf, failureOf, iso } from './rows.ts'
import {
  type LaneRow,
  laneColumns,
  laneHead,
  situationOf,
  systemSituation,
  systemStates,
} from './situations.ts'

const maxEntries = 500

const lanesOf = `
select l.system, c.accepted, ${laneColumns}, c.delivered, c.open, c.last_delivered_at
from hub.lane l ${laneHead}
cross join lateral (
  select count(*)::int as accepted,
    count(*) filter (where d.state = 'delivered')::int as delivered,
    count(*) filter (where d.state not in ('delivered', 'superseded', 'discarded'))::int as open,
    max(d.finished_at) filter (where d.state = 'delivered') as last_delivered_at
  from hub.delivery d where d.lane = l.id and ($3::text[] is null or exists (
    select 1 from hub.message m where m.id = d.message_id and ${reachedUnit('m.unit', 2)}))
) c
where l.subject = $1 and c.accepted > 0 and ${reachedSystem('l.system', 2)} order by l.system`

const reached = `${reachedSystem('d.system', 3)} and ${reachedUnit('m.unit', 3)}`

/** Everything that happened to a dossier, newest first here so that the limit keeps the newest. */
const timelineOf = `
(select m.accepted_at as at, 'accepted' as what, null as system, null::bigint as lane, null::int as number,
   m.id as message, m.type, 'accepted' as state, null as code
 from hub.message m where m.subject = $1 and ${reachedMessage('m', 3)} order by m.id desc limit $2)
union all
(select a.started_at, 'attempt', d.system, d.lane, d.number, d.message_id, m.type, a.outcome, a.code
 from hub.lane l join hub.delivery d on d.lane = l.id join hub.message m on m.id = d.message_id
 join hub.attempt a on a.lane = d.lane and a.number = d.number
 where l.subject = $1 and ${reached} order by a.started_at desc limit $2)
union all
(select d.finished_at, 'finished', d.system, d.lane, d.number, d.message_id, m.type, d.state::text, d.code
 from hub.lane l join hub.delivery d on d.lane = l.id join hub.message m on m.id = d.message_id
 where l.subject = $1 and d.state in ('superseded', 'discarded') and ${reached} order by d.finished_at desc limit $2)
union all
(select a.at, 'intervention', d.system, d.lane, d.number, d.message_id, m.type,
   substring(a.action from length('delivery.') + 1), null
 from hub.lane l join hub.delivery d on d.lane = l.id join hub.message m on m.id = d.message_id
 join hub.audit a on a.object = d.lane || '.' || d.number and a.action like 'delivery.%'
 where l.subject = $1 and ${reached} order by a.at desc limit $2)
order by at desc limit $2`

interface DossierLaneRow extends LaneRow {
  system: string
  accepted: number
  delivered: number
  open: number
  last_delivered_at: Date | null
}

interface EntryRow {
  at: Date
  what: DossierView['timeline'][number]['what']
  system: string | null
  lane: string | null
  number: number | null
  message: string
  type: string
  state: string
  code: string | null
}

const outcomes: Readonly<Record<string, Words>> = {
  redrive: { vi: 'Quản trị cho gửi lại', en: 'Redriven by an administrator' },
  discard: { vi: 'Quản trị quyết định bỏ', en: 'An administrator decided to discard it' },
  hold: { vi: 'Quản trị giữ lại', en: 'Held by an administrator' },
  release: { vi: 'Quản trị cho đi tiếp', en: 'Released by an administrator' },
  'confirm-delivered': {
    vi: 'Quản trị xác nhận đã tới',
    en: 'An administrator confirmed it arrived',
  },
  'send-again': { vi: 'Quản trị cho gửi lại', en: 'An administrator had it sent again' },
  'give-up': { vi: 'Quản trị thôi chờ', en: 'Given up by an administrator' },
  corrected: { vi: 'Bản sửa thế chỗ bản gốc', en: 'A corrected message took its place' },
  accepted: { vi: 'Liên thông đã nhận và lưu', en: 'Accepted and kept by the hub' },
  delivered: { vi: 'Đã đồng bộ', en: 'Delivered' },
  permanent: { vi: 'Bị từ chối', en: 'Refused' },
  retry: { vi: 'Chưa gửi được, sẽ gửi lại', en: 'Not sent, will be sent again' },
  auth: { vi: 'Hệ thống đích từ chối phiên làm việc', en: 'The session was refused' },
  unknown: { vi: 'Chưa rõ kết quả', en: 'The result is not known' },
  superseded: { vi: 'Được thay bằng bản mới hơn', en: 'Replaced by a newer one' },
  discarded: { vi: 'Đã bỏ theo quyết định của quản trị', en: 'Discarded by an administrator' },
}

function wordsOf(row: EntryRow): Words {
  const said = outcomes[row.state] ?? { vi: row.state, en: row.state }
  const code = codeOf(row.code)
  if (!code) return said
  const why = errorTable[code].title
  return { vi: `${said.vi}: ${why.vi}`, en: `${said.en}: ${why.en}` }
}

export async function findDossier(
  database: Database,
  configuration: Configuration | undefined,
  code: string,
  problemOf?: (system: string) => Words | null,
  reach?: Reach,
  words: ProblemWords = tableWords,
): Promise<DossierView | undefined> {
  const [lanes, entries, states] = await Promise.all([
    database.run<DossierLaneRow>('query-dossier-lanes', lanesOf, [code, ...reachValues(reach)]),
    database.run<EntryRow>('query-dossier-timeline', timelineOf, [
      ...[code, maxEntries + 1],
      ...reachValues(reach),
    ]),
    systemStates(database),
  ])
  if (entries.length === 0) return undefined
  const now = new Date()
  return {
    code,
    systems: lanes.map((row) => ({
      system: row.system,
      lane: row.lane,
      accepted: row.accepted,
      delivered: row.delivered,
      open: row.open,
      lastDeliveredAt: iso(row.last_delivered_at),
      waitsFor: laneWaitsFor(
        situationOf(row),
        systemSituation(configuration, states, row.system, now, problemOf),
        now,
      ),
      failure:
        row.head_number === null
          ? null
          : failureOf({ ...row, number: row.head_number, state: row.head_state }, words),
    })),
    timeline: entries
      .slice(0, maxEntries)
      .reverse()
      .map((row) => ({
        at: row.at.toISOString(),
        what: row.what,
        system: row.system,
        delivery:
          row.lane !== null && row.number !== null
            ? deliveryId({ lane: row.lane, number: row.number })
            : null,
        message: row.message,
        type: row.type,
        state: row.state,
        code: codeOf(row.code),
        words: wordsOf(row),
      })),
    truncated: entries.length > maxEntries,
  }
}
