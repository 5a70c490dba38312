import { HubError } from '../../domain/errors.ts'
import type { FileIndex, FileRow, NewFileRow } from '../../engine/ports/files.ts'
import { addAudit } from './audit.ts'
import type { Database, Run } from './database.ts'

interface Row {
  id: string
  client: string
  created_at: Date
  sha256: Buffer
  size: string
  media_type: string
  key_id: number
  sealed: Buffer
}

const columns = 'id, client, created_at, sha256, size, media_type, key_id, sealed'

const toFile = (row: Row): FileRow => ({
  id: row.id,
  client: row.client,
  createdAt: row.created_at,
  sha256: row.sha256,
  size: Number(row.size),
  mediaType: row.media_type,
  keyId: row.key_id,
  sealed: row.sealed,
})

/** The same upload twice at once is one after the other here, so that both get the same file. */
const lock = `select pg_advisory_xact_lock(hashtextextended($1, 7))`

const findSame = `
update hub.file set used_at = now()
where state = 'kept' and client = $1 and sha256 = $2 and name_hash = $3 returning ${columns}`

const keep = `
update hub.file set state = 'kept', used_at = now(), sha256 = $2, size = $3, media_type = $4,
  name_hash = $5, key_id = $6, sealed = $7
where id = $1 and state = 'coming' returning ${columns}`

async function finish(run: Run, row: NewFileRow): Promise<{ row: FileRow; duplicate: boolean }> {
  const { id, client } = row
  const [sha256, nameHash] = [Buffer.from(row.sha256), Buffer.from(row.nameHash)]
  const hash = sha256.toString('hex')
  await run('file-lock', lock, [`${client} ${hash}`])
  const [same] = await run<Row>('file-same', findSame, [client, sha256, nameHash])
  if (same) {
    await run('file-give-up', giveUp, [id])
    return { row: toFile(same), duplicate: true }
  }
  const [kept] = await run<Row>('file-keep', keep, [
    ...[id, sha256, row.size, row.mediaType, nameHash, row.keyId],
    Buffer.from(row.sealed),
  ])
  if (!kept) throw new HubError('files-unavailable')
  await addAudit(run, { actor: actorOf(client), action: 'file.kept', object: id, detail: hash })
  return { row: toFile(kept), duplicate: false }
}

/** A connector keeps files for its system, a person at the command line under his own name. */
const actorOf = (client: string): string => (client.includes(':') ? client : `client:${client}`)

/** The sealed name and key go first: from now on nobody can read the content, wherever copies lie. */
const giveUp = `
update hub.file set state = 'leaving', sealed = null, key_id = null
where id = $1 and state in ('coming', 'kept')`

/** An upload is cut long before that. */
const stale = `interval '1 hour'`

/**
 * In two statements, because each walks an index of its own order. What was used while its row was waited for
 * is left alone: the outer condition looks once more.
 */
const expire = (condition: string): string => `
update hub.file set state = 'leaving', sealed = null, key_id = null
where ${condition}
  and id = any (array(select id from hub.file where ${condition} order by used_at limit $1))`

export function createFileIndex(database: Database): FileIndex {
  const run: Run = database.run
  return {
    async begin(id, client) {
      await run('file-begin', 'insert into hub.file (id, client) values ($1, $2)', [id, client])
    },
    finish: (row) => database.transaction((within) => finish(within, row)),
    async use(id) {
      const [row] = await run<Row & { fresh: boolean }>(
        'file-find',
        `select ${columns}, used_at > now() - interval '1 hour' as fresh
         from hub.file where id = $1 and state = 'kept'`,
        [id],
      )
      if (!row) return undefined
      // Written once an hour at most; false when it was given up in between.
      if (row.fresh) return toFile(row)
      const used = await run(
        'file-use',
        `update hub.file set used_at = now() where id = $1 and state = 'kept' returning 1`,
        [id],
      )
      return used.length > 0 ? toFile(row) : undefined
    },
    linked: (id, client, until) =>
      database.transaction((within) =>
        addAudit(within, {
          actor: actorOf(client),
          action: 'file.linked',
          object: id,
          detail: until.toISOString(),
        }),
      ),
    async giveUp(id) {
      await run('file-give-up', giveUp, [id])
    },
    async expire(unusedDays, limit) {
      await run(
        'file-expire',
        expire(`state = 'kept' and used_at < now() - $2 * interval '1 day'`),
        [limit, unusedDays],
      )
      await run('file-stale', expire(`state = 'coming' and used_at < now() - ${stale}`), [limit])
      const rows = await run<{ id: string }>(
        'file-leaving',
        `select id from hub.file where state = 'leaving' order by used_at limit $1`,
        [limit],
      )
      return rows.map(({ id }) => id)
    },
    async removed(ids) {
      // Of an upload that never ended there is nothing to remember.
      await run(
        'file-forget',
        `delete from hub.file where id = any ($1) and state = 'leaving' and sha256 is null`,
        [ids],
      )
      await run(
        'file-gone',
        `update hub.file set state = 'gone' where id = any ($1) and state = 'leaving'`,
        [ids],
      )
    },
  }
}
