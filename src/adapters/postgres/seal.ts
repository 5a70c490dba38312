import { createHash } from 'node:crypto'
import {
  type AuditLink,
  type AuditRow,
  type ChainFault,
  type ChainVerdict,
  createChainVerifier,
  sealRange,
} from '../../domain/audit.ts'
import type { AuditStore } from '../../engine/ports/upkeep.ts'
import type { Database, Run } from './database.ts'

const sealerLock = 0x5345414c
const rowsPerLink = 10_000

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

const rowColumns = `id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  actor, action, object, detail`

interface LinkRow {
  from_id: string
  to_id: string
  count: number
  rows_hash: Buffer
  prev_hash: Buffer
  hash: Buffer
}

const linkOf = (row: LinkRow): AuditLink => ({
  from: BigInt(row.from_id),
  to: BigInt(row.to_id),
  count: row.count,
  rowsHash: row.rows_hash,
  previous: row.prev_hash,
  hash: row.hash,
})

async function readRows(run: Run, from: bigint, to: bigint): Promise<AuditRow[]> {
  const rows = await run<Omit<AuditRow, 'id'> & { id: string }>(
    'audit-rows',
    `select ${rowColumns} from hub.audit where id between $1 and $2 order by id`,
    [from.toString(), to.toString()],
  )
  return rows.map((row) => ({ ...row, id: BigInt(row.id) }))
}

async function addLink(run: Run, limit: bigint): Promise<number> {
  const [last] = await run<LinkRow>(
    'audit-last-link',
    'select * from hub.audit_link order by id desc limit 1',
    [],
  )
  const before = last && linkOf(last)
  const from = (before?.to ?? 0n) + 1n
  const [end] = await run<{ id: string | null }>(
    'audit-range',
    `select max(id) as id from (
       select id from hub.audit where id between $1 and $2 order by id limit $3) as range`,
    [from.toString(), limit.toString(), rowsPerLink],
  )
  if (!end?.id) return 0
  const rows = await readRows(run, from, BigInt(end.id))
  const link = sealRange(before, rows, BigInt(end.id), hash)
  await run(
    'audit-link-add',
    `insert into hub.audit_link (from_id, to_id, count, rows_hash, prev_hash, hash)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      link.from.toString(),
      link.to.toString(),
      link.count,
      link.rowsHash,
      link.previous,
      link.hash,
    ].map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value)),
  )
  return rows.length
}

/**
 * A row may be sealed once no open transaction can still add one with a lower id. Ids are drawn
 * inside transactions, so: note the newest id and which transactions are open; when all of those
 * have ended, everything up to that id is final.
 */
export function createAuditStore(database: Database): AuditStore {
  let noted: { id: bigint; xmax: bigint } | undefined
  let final = 0n

  const advance = async (): Promise<void> => {
    const [now] = await database.run<{ id: string; xmin: string; xmax: string }>(
      'audit-horizon',
      `select coalesce(max(id), 0) as id, pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
         pg_snapshot_xmax(pg_current_snapshot())::text as xmax from hub.audit`,
      [],
    )
    if (!now) return
    if (noted && BigInt(now.xmin) >= noted.xmax) {
      final = noted.id
      noted = undefined
    }
    noted ??= { id: BigInt(now.id), xmax: BigInt(now.xmax) }
  }

  return {
    async seal() {
      await advance()
      let sealed = 0
      for (;;) {
        const rows = await database.transaction(async (run) => {
          const [lock] = await run<{ got: boolean }>(
            'audit-lock',
            'select pg_try_advisory_xact_lock($1) as got',
            [sealerLock],
          )
          return lock?.got ? addLink(run, final) : 0
        })
        sealed += rows
        if (rows < rowsPerLink) break
      }
      const [head] =
        sealed > 0
          ? await database.run<{ hash: Buffer }>(
              'audit-head',
              'select hash from hub.audit_link order by id desc limit 1',
              [],
            )
          : []
      return { rows: sealed, head: head?.hash.toString('hex') }
    },
  }
}

/** Reads the whole chain, one link at a time. `anchor`: a head in hex that must still be in it. */
export async function verifyAudit(
  database: Database,
  anchor?: string,
): Promise<ChainVerdict & { unsealed: number }> {
  const verifier = createChainVerifier(hash, anchor ? Buffer.from(anchor, 'hex') : undefined)
  let after = '0'
  for (;;) {
    const links = await database.run<LinkRow & { id: string }>(
      'audit-links',
      'select * from hub.audit_link where id > $1 order by id limit 100',
      [after],
    )
    let sound = links.length > 0
    for (const row of links) {
      const link = linkOf(row)
      sound = verifier.add({ link, rows: await readRows(database.run, link.from, link.to) })
      if (!sound) break
      after = row.id
    }
    if (!sound) break
  }
  const verdict = verifier.finish()
  const [rest] = await database.run<{ unsealed: number; before: string | null }>(
    'audit-rest',
    `select (select count(*)::int from hub.audit where id > $1) as unsealed,
       (select min(id) from hub.audit where id < 1) as before`,
    [verdict.to.toString()],
  )
  // Ids begin at 1: what lies below was slipped in where no range reaches.
  const before: ChainFault | undefined = rest?.before
    ? { kind: 'order', from: BigInt(rest.before), to: 0n }
    : undefined
  return { ...verdict, fault: verdict.fault ?? before, unsealed: rest?.unsealed ?? 0 }
}
