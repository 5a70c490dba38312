import type { Cipher } from '../../engine/ports/crypto.ts'
import type { Act } from '../../engine/ports/interventions.ts'
import { addAudit } from './audit.ts'
import type { Database, Run } from './database.ts'

const keysLock = 0x4b455953

/** A data key as a row keeps it: wrapped by a master key. */
export interface WrappedKey {
  readonly wrapped: Uint8Array
  readonly masterKid: string
}
export type KeyRow = WrappedKey & { readonly id: number; readonly retired: boolean }

/** The cryptography, which is not this folder's business. */
export interface KeyTools<Ring> {
  create(): WrappedKey
  /** Undefined when the row is already wrapped by the current master key. */
  rewrap(row: WrappedKey): WrappedKey | undefined
  open(rows: readonly KeyRow[]): Ring
}

interface Ring extends Cipher {
  has(keyId: number): boolean
  load(rows: readonly KeyRow[]): void
}

export interface KeyStore<R extends Ring> {
  readonly keyring: R
  /** Reads the rows again: another process may have made a new key. */
  refresh(): Promise<void>
  /** Runs `work`; when it meets a key this process does not know yet, once more after a refresh. */
  withKeys<T>(keyIds: readonly number[], work: () => T): Promise<T>
  /**
   * A new data key for everything from now on; the older ones rewrapped by the current master key;
   * bodies under older keys encrypted anew, page by page. Killed anywhere, the next run goes on.
   * Waits `noticeMs` first: until then other processes may still write under the key they know.
   */
  rotate(act: Act): Promise<{ keyId: number; rewrapped: number; reencrypted: number }>
}

const readKeys = (run: Run): Promise<KeyRow[]> =>
  run<KeyRow>(
    'keys-read',
    `select id, wrapped, master_kid as "masterKid", retired_at is not null as retired
     from hub.data_key order by id`,
    [],
  )

/** Whether anything in this store was ever encrypted. */
export const holdsKeys = async (database: Database): Promise<boolean> =>
  (await readKeys(database.run)).length > 0

async function addKey(run: Run, fresh: WrappedKey): Promise<number> {
  const { wrapped, masterKid } = fresh
  const [row] = await run<{ id: number }>(
    'keys-add',
    'insert into hub.data_key (wrapped, master_kid) values ($1, $2) returning id',
    [Buffer.from(wrapped), masterKid],
  )
  if (!row) throw new Error('the new data key has no id')
  return row.id
}

const lock = (run: Run) => run('keys-lock', 'select pg_advisory_xact_lock($1)', [keysLock])

/** The first process to start makes the first key. */
const ensureKey = (database: Database, create: () => WrappedKey): Promise<KeyRow[]> =>
  database.transaction(async (run) => {
    await lock(run)
    const rows = await readKeys(run)
    if (rows.some((row) => !row.retired)) return rows
    await addKey(run, create())
    return readKeys(run)
  })

const rewrapAll = (
  database: Database,
  rewrap: (row: WrappedKey) => WrappedKey | undefined,
): Promise<number> =>
  database.transaction(async (run) => {
    await lock(run)
    let count = 0
    for (const row of await readKeys(run)) {
      const fresh = rewrap(row)
      if (!fresh) continue
      await run(
        'keys-rewrap',
        'update hub.data_key set wrapped = $2, master_kid = $3 where id = $1',
        [row.id, Buffer.from(fresh.wrapped), fresh.masterKid],
      )
      count++
    }
    return count
  })

interface BodyRow {
  message_id: string
  key_id: number
  bytes: Buffer
}

/**
 * Re-encrypts one page of bodies under keys older than `newest`; returns the last id looked at. What
 * is under a newer one belongs to another rotation, and is left to it.
 */
async function reencryptPage(
  database: Database,
  cipher: Cipher,
  newest: number,
  after: string,
): Promise<{ last: string | undefined; count: number }> {
  return database.transaction(async (run) => {
    const rows = await run<BodyRow>(
      'keys-page',
      `select message_id, key_id, bytes from hub.body
       where message_id > $1 order by message_id limit 500 for update`,
      [after],
    )
    let count = 0
    for (const row of rows) {
      if (row.key_id >= newest) continue
      const sealed = cipher.encrypt(
        cipher.decrypt(row.key_id, row.bytes, row.message_id),
        row.message_id,
      )
      await run('keys-body', 'update hub.body set key_id = $2, bytes = $3 where message_id = $1', [
        row.message_id,
        sealed.keyId,
        sealed.bytes,
      ])
      count++
    }
    return { last: rows.at(-1)?.message_id, count }
  })
}

interface EvidenceRow {
  ctid: string
  lane: string
  number: number
  key_id: number
  evidence: Buffer
  at: string
}

/**
 * The same for what systems answered, in the order of its time, so that no page looks again at what
 * came before it. Rows of attempts are never changed otherwise, so ctid holds.
 */
async function reencryptEvidence(
  database: Database,
  cipher: Cipher,
  newest: number,
  after: string,
): Promise<{ last: string | undefined; count: number }> {
  return database.transaction(async (run) => {
    const rows = await run<EvidenceRow>(
      'keys-evidence-page',
      `select ctid::text, lane, coalesce(sealed_number, number) as number, key_id, evidence,
         started_at::text as at from hub.attempt
       where evidence is not null and key_id < $1 and started_at >= $2
       order by started_at limit 500 for update`,
      [newest, after],
    )
    for (const row of rows) {
      const aad = `attempt:${row.lane}.${row.number}`
      const sealed = cipher.encrypt(cipher.decrypt(row.key_id, row.evidence, aad), aad)
      await run(
        'keys-evidence',
        'update hub.attempt set key_id = $2, evidence = $3 where ctid = $1::tid',
        [row.ctid, sealed.keyId, sealed.bytes],
      )
    }
    return { last: rows.at(-1)?.at, count: rows.length }
  })
}

interface FileRow {
  id: string
  key_id: number
  sealed: Buffer
}

/** The same for files: each has a key of its own, so only that (and the name) is encrypted anew. */
async function reencryptFiles(
  database: Database,
  cipher: Cipher,
  newest: number,
  after: string,
): Promise<{ last: string | undefined; count: number }> {
  return database.transaction(async (run) => {
    const rows = await run<FileRow>(
      'keys-file-page',
      `select id, key_id, sealed from hub.file
       where key_id is not null and id > $1 order by id limit 500 for update`,
      [after],
    )
    const old = rows.filter((row) => row.key_id < newest)
    for (const row of old) {
      const aad = `file:${row.id}`
      const sealed = cipher.encrypt(cipher.decrypt(row.key_id, row.sealed, aad), aad)
      await run('keys-file', 'update hub.file set key_id = $2, sealed = $3 where id = $1', [
        row.id,
        sealed.keyId,
        sealed.bytes,
      ])
    }
    return { last: rows.at(-1)?.id, count: old.length }
  })
}

/** Keys that nothing is encrypted under any more; their rows stay, the first is the root of peppers. */
const retireUnused = `
update hub.data_key k set retired_at = now()
where k.id < $1 and k.retired_at is null
  and not exists (select 1 from hub.body b where b.key_id = k.id)
  and not exists (select 1 from hub.attempt a where a.key_id = k.id)
  and not exists (select 1 from hub.file f where f.key_id = k.id)
  and not exists (select 1 from hub.correction_message c where c.key_id = k.id)`

/** Reads every body's row to the end, which takes longer than a statement has. */
const retireOlder = (database: Database, newest: number): Promise<void> =>
  database.transaction(async (run) => {
    await run('keys-retire', retireUnused, [newest])
  }, 'patient')

const firstId = '00000000-0000-0000-0000-000000000000'

type Page = (after: string) => Promise<{ last: string | undefined; count: number }>

async function walk(start: string, page: Page): Promise<number> {
  let count = 0
  for (let after: string | undefined = start; after !== undefined; ) {
    const looked = await page(after)
    count += looked.count
    after = looked.last
  }
  return count
}

export async function createKeyStore<R extends Ring>(
  database: Database,
  tools: KeyTools<R>,
  noticeMs = 0,
): Promise<KeyStore<R>> {
  const keyring = tools.open(await ensureKey(database, tools.create))
  const refresh = async (): Promise<void> => keyring.load(await readKeys(database.run))

  return {
    keyring,
    refresh,
    async withKeys(keyIds, work) {
      if (keyIds.some((id) => !keyring.has(id))) await refresh()
      return work()
    },
    async rotate(act) {
      const rewrapped = await rewrapAll(database, tools.rewrap)
      const keyId = await database.transaction(async (run) => {
        await lock(run)
        const id = await addKey(run, tools.create())
        await addAudit(run, {
          actor: act.actor,
          action: 'key.rotated',
          object: String(id),
          detail: act.reason,
        })
        return id
      })
      await refresh()
      await new Promise((resolve) => setTimeout(resolve, noticeMs))
      const bodies = await walk(firstId, (after) => reencryptPage(database, keyring, keyId, after))
      const files = await walk(firstId, (after) => reencryptFiles(database, keyring, keyId, after))
      const evidence = await walk('-infinity', (after) =>
        reencryptEvidence(database, keyring, keyId, after),
      )
      await retireOlder(database, keyId)
      return { keyId, rewrapped, reencrypted: bodies + evidence + files }
    },
  }
}
