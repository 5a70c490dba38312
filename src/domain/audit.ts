/**
 * The arithmetic of the audit chain. Pure: the hash function is handed in (SHA-256 in the hub).
 *
 * Rows of the trail are plain inserts. A sealer closes ranges of ids over them, one after the other
 * and without a gap, and binds each range to the one before:
 *
 *   row bytes   = fields("hub.audit.row.1", id, at, actor, action, object, detail)
 *   rows hash   = H( H(row bytes) … of every row of the range, by id )
 *   link hash   = H( fields("hub.audit.link.1", previous, from, to, count, rows hash) )
 *
 * where fields() puts before each field its length as four bytes, big end first: no two different
 * lists of fields have the same bytes. Ids may have holes (a rolled-back insert); the count and the
 * hash say how many rows a range has, so a row that is added to a closed range is found as surely as
 * one that is changed or removed. What the chain alone cannot show is a tail cut off together with
 * its links: for that an anchor (a head written down elsewhere) must still be in the chain.
 */
export interface AuditRow {
  readonly id: bigint
  /** RFC 3339 in UTC with six decimals, as the database prints it: `2026-03-01T02:03:04.000005Z`. */
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly object: string
  readonly detail: string
}

export interface AuditLink {
  /** First id of the range: one more than the last of the link before; 1 for the first link. */
  readonly from: bigint
  /** Last id of the range, inclusive. */
  readonly to: bigint
  readonly count: number
  readonly rowsHash: Uint8Array
  /** Hash of the link before; `genesis` for the first. */
  readonly previous: Uint8Array
  readonly hash: Uint8Array
}

/** Must return 32 bytes. */
export type HashBytes = (bytes: Uint8Array) => Uint8Array

const hashLength = 32

/** What the first link follows. */
export const genesis: Uint8Array = new Uint8Array(hashLength)

const encoder = new TextEncoder()

function fields(...values: readonly (string | Uint8Array)[]): Uint8Array {
  // UTF-8 needs at most three bytes for each unit of a JavaScript string.
  const room = values.reduce((sum, value) => sum + 4 + 3 * value.length, 0)
  const bytes = new Uint8Array(room)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const value of values) {
    let length = value.length
    if (typeof value === 'string')
      length = encoder.encodeInto(value, bytes.subarray(at + 4)).written
    else bytes.set(value, at + 4)
    view.setUint32(at, length)
    at += 4 + length
  }
  return bytes.subarray(0, at)
}

/** The canonical bytes of a row. */
export const rowBytes = (row: AuditRow): Uint8Array =>
  fields('hub.audit.row.1', String(row.id), row.at, row.actor, row.action, row.object, row.detail)

/** The hash over the rows of one range; `rows` ascending by id. */
export function rowsHash(rows: readonly AuditRow[], hash: HashBytes): Uint8Array {
  const digests = new Uint8Array(rows.length * hashLength)
  rows.forEach((row, index) => {
    digests.set(hash(rowBytes(row)), index * hashLength)
  })
  return hash(digests)
}

/** The bytes whose hash is the hash of a link. */
export const linkInput = (
  previous: Uint8Array,
  from: bigint,
  to: bigint,
  count: number,
  rows: Uint8Array,
): Uint8Array => fields('hub.audit.link.1', previous, String(from), String(to), String(count), rows)

/**
 * Closes the range after `before` (undefined at the beginning) up to and including id `to`.
 * `rows` are all rows with an id in that range, ascending; there must be at least one.
 */
export function sealRange(
  before: Pick<AuditLink, 'to' | 'hash'> | undefined,
  rows: readonly AuditRow[],
  to: bigint,
  hash: HashBytes,
): AuditLink {
  const previous = before?.hash ?? genesis
  const from = (before?.to ?? 0n) + 1n
  const sum = rowsHash(rows, hash)
  const count = rows.length
  return {
    from,
    to,
    count,
    rowsHash: sum,
    previous,
    hash: hash(linkInput(previous, from, to, count, sum)),
  }
}

/** A link and every row that now lies in its range of ids, ascending. */
export interface SealedRange {
  readonly link: AuditLink
  readonly rows: readonly AuditRow[]
}

export type ChainFaultKind =
  | 'gap' // ids between two links, or before the first, belong to no range
  | 'previous' // a link does not follow the one before it
  | 'link' // the stored hash is not the hash of the link
  | 'order' // rows not ascending, or outside the range
  | 'count' // rows were added or removed
  | 'rows' // a row was changed
  | 'anchor' // a head that was written down is no longer in the chain

export interface ChainFault {
  readonly kind: ChainFaultKind
  readonly from: bigint
  readonly to: bigint
}

export interface ChainVerdict {
  readonly links: number
  readonly rows: number
  /** Last sealed id; 0 when nothing is sealed. */
  readonly to: bigint
  /** Hash of the newest link that was verified, `genesis` when there is none. Write it down elsewhere: it is the next anchor. */
  readonly head: Uint8Array
  /** The first fault; verification stops there. Undefined: the chain holds. */
  readonly fault: ChainFault | undefined
}

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

function faultOf(
  { link, rows }: SealedRange,
  before: { to: bigint; head: Uint8Array },
  hash: HashBytes,
): ChainFaultKind | undefined {
  if (link.from !== before.to + 1n || link.to < link.from) return 'gap'
  if (!same(link.previous, before.head)) return 'previous'
  const input = linkInput(link.previous, link.from, link.to, link.count, link.rowsHash)
  if (!same(link.hash, hash(input))) return 'link'
  let last = link.from - 1n
  for (const row of rows) {
    if (row.id <= last || row.id > link.to) return 'order'
    last = row.id
  }
  if (rows.length !== link.count) return 'count'
  return same(link.rowsHash, rowsHash(rows, hash)) ? undefined : 'rows'
}

export interface ChainVerifier {
  /** The next range, oldest first. Returns false once a fault is found: no more need be read. */
  add(range: SealedRange): boolean
  /** After the last range. */
  finish(): ChainVerdict
}

/** Verifies range by range, so that a long trail need not fit in memory. */
export function createChainVerifier(hash: HashBytes, anchor?: Uint8Array): ChainVerifier {
  let links = 0
  let rows = 0
  let to = 0n
  let head = genesis
  let fault: ChainFault | undefined
  let anchored = anchor === undefined || same(anchor, genesis)
  return {
    add(range) {
      if (fault) return false
      const kind = faultOf(range, { to, head }, hash)
      if (kind) {
        fault = { kind, from: range.link.from, to: range.link.to }
        return false
      }
      links += 1
      rows += range.rows.length
      to = range.link.to
      head = range.link.hash
      if (anchor && same(anchor, head)) anchored = true
      return true
    },
    finish() {
      if (!fault && !anchored) fault = { kind: 'anchor', from: 1n, to }
      return { links, rows, to, head, fault }
    },
  }
}

/** The whole chain at once; `anchor` is a head that was written down earlier. */
export function verifyChain(
  ranges: Iterable<SealedRange>,
  hash: HashBytes,
  anchor?: Uint8Array,
): ChainVerdict {
  const verifier = createChainVerifier(hash, anchor)
  for (const range of ranges) if (!verifier.add(range)) break
  return verifier.finish()
}
