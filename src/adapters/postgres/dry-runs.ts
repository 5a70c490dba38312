import { HubError } from '../../domain/errors.ts'
import type { Cipher } from '../../engine/ports/crypto.ts'
import type { DryRunStore, HistoryMessage } from '../../engine/ports/dry-run.ts'
import { addAudit } from './audit.ts'
import type { Database } from './database.ts'
import { isPaused } from './paused.ts'
import { attributesOf, type MessageRow, openMessage, withBody } from './queries/messages.ts'

/** Bodies in memory at a time; each may have 5 MB. */
const batch = 20
/** So many messages a question walks past in search of those that fit: there is no index by type. */
const longestWalk = 5_000

const fitting = `
with walked as materialized (
  select id, type, source from hub.message where id < $1 order by id desc limit $5
), found as (
  select id from walked
  where type = any ($2::text[]) and (cardinality($3::text[]) = 0 or source = any ($3::text[]))
  order by id desc limit $4
)
select (select array_agg(id::text order by id desc) from found) as ids,
  (select id::text from walked order by id limit 1) as lowest,
  (select count(*)::int from walked) as walked`

const paused = `
select coalesce(paused_reason, '') as reason from hub.system_state
where system = $1 and ${isPaused()}`

/** Above every id that the hub gives. */
const top = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

interface Fitting {
  ids: string[] | null
  lowest: string | null
  walked: number
}

interface Keys {
  readonly keyring: Cipher
  withKeys<T>(keyIds: readonly number[], work: () => T): Promise<T>
}

export function createDryRunStore(
  database: Database,
  keys: Keys,
  walk: number = longestWalk,
): DryRunStore {
  const read = (row: MessageRow): HistoryMessage => {
    const attributes = attributesOf(row)
    try {
      const message = openMessage(keys.keyring, row)
      if (!message) return { ...attributes, unreadable: 'purged' }
      return { ...attributes, message, sha256: row.sha256 }
    } catch (error) {
      if (error instanceof HubError) return { ...attributes, unreadable: error.code }
      throw error
    }
  }
  const opened = (rows: readonly MessageRow[]): Promise<HistoryMessage[]> => {
    const keyIds = rows.flatMap((row) => (row.key_id === null ? [] : [row.key_id]))
    return keys.withKeys(keyIds, () => rows.map(read))
  }

  return {
    async pausedFor(system) {
      const [found] = await database.run<{ reason: string }>('dry-run-paused', paused, [system])
      return found?.reason
    },
    async history({ types, sources }, before, limit) {
      const most = Math.min(limit, batch)
      const [found] = await database.run<Fitting>('dry-run-fitting', fitting, [
        before ?? top,
        types,
        sources,
        most,
        walk,
      ])
      const ids = found?.ids ?? []
      const rows = await database.run<MessageRow>(
        'dry-run-bodies',
        `${withBody} where m.id = any ($1::uuid[]) order by m.id desc`,
        [ids],
      )
      const messages = await opened(rows)
      // A full batch goes on behind its last message, any other behind what was walked past.
      const isFull = ids.length === most
      const next = isFull ? ids.at(-1) : found?.walked === walk ? found.lowest : undefined
      return { messages, next: next ?? undefined }
    },
    async these(ids, { types, sources }) {
      const rows = await database.run<MessageRow>(
        'dry-run-these',
        `${withBody} where m.id = any ($1::uuid[]) and m.type = any ($2::text[])
           and (cardinality($3::text[]) = 0 or m.source = any ($3::text[])) order by m.id desc`,
        [ids, types, sources],
      )
      return opened(rows)
    },
    async known(wanted) {
      const rows = await database.run<{ source: string; event_id: string; sha256: Buffer }>(
        'dry-run-known',
        `select m.source, m.event_id, m.sha256
         from unnest($1::text[], $2::text[]) as k (source, event_id)
         join hub.message m on m.source = k.source and m.event_id = k.event_id`,
        [wanted.map(({ source }) => source), wanted.map(({ eventId }) => eventId)],
      )
      return new Map(rows.map((row) => [`${row.source}\n${row.event_id}`, row.sha256]))
    },
    async cursor(job) {
      const [row] = await database.run<{ cursor: string | null; refused: string[] }>(
        'dry-run-cursor',
        'select cursor, refused from hub.pull where job = $1',
        [job],
      )
      return row && { cursor: row.cursor ?? undefined, refused: row.refused }
    },
    begun: (job, over, { actor }) =>
      database.transaction((run) =>
        addAudit(run, { actor, action: 'job.dry-run', object: job, detail: JSON.stringify(over) }),
      ),
  }
}
