/**
 * Progress rows have no id at the portal, and whether it merges a repeated row is not known, so the
 * lane remembers a digest of every row it took. After anything that leaves doubt (an attempt without
 * an answer, a delivery that was settled behind the connector's back) the portal's own list is read
 * first, and only rows that are not on it are sent.
 */
import {
  type Confirmation,
  type DossierProgressed,
  type Evidence,
  type Outcome,
  type OutgoingDelivery,
  permanent,
  unknown,
} from '../../src/connector/index.ts'
import { listedRows } from './compare.ts'
import type { Part } from './edge.ts'
import { digest, hasGap, type LaneMemo, readMemo, rememberedBy, writeMemo } from './memo.ts'
import type { Tools } from './push.ts'
import { progressRows } from './translate-others.ts'

interface Row {
  readonly part: Part
  readonly digest: string
}

export async function sendProgress(
  tools: Tools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Outcome> {
  const memo = readMemo(delivery.memo)
  const taken = [...memo.rows]
  const remember = (doubt: boolean) => writeMemo(memo, { rows: taken, doubt }, delivery)
  let doubt = memo.doubt
  try {
    let rows = newRows(tools, delivery, memo)
    if (rows.length > 0 && (doubt || delivery.attempt > 1 || hasGap(memo, delivery))) {
      const listed = await listedDigests(tools, delivery, rows, signal)
      taken.push(...listed)
      rows = rows.filter((row) => !listed.includes(row.digest))
      doubt = false
    }
    let evidence: Evidence | undefined
    for (let from = 0; from < rows.length; from += tools.options.progressChunk) {
      const chunk = rows.slice(from, from + tools.options.progressChunk)
      evidence = await put(tools, chunk, signal)
      taken.push(...chunk.map((row) => row.digest))
    }
    return { kind: 'delivered', memo: remember(false), ...(evidence && { evidence }) }
  } catch (error) {
    throw rememberedBy(error, (kind) => remember(doubt || kind === 'unknown'))
  }
}

/**
 * All rows listed: applied. Some or none: not applied, because what is sent then is only what the
 * portal does not list. No list: nobody can tell.
 */
export async function confirmProgress(
  tools: Tools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Confirmation> {
  const { code } = delivery.message.data as DossierProgressed
  const rows = newRows(tools, delivery, readMemo(delivery.memo))
  // Nothing in it is new to the portal: there is nothing that the portal could show.
  if (rows.length === 0) return 'not-applied'
  const record = await tools.client.dossier(code, signal)
  if (!record) return 'not-applied'
  const parts = rows.map((row) => row.part)
  const listed = listedRows(parts, record, tools.options.progressField)
  if (!listed) return 'cannot-tell'
  return listed.every(Boolean) ? 'applied' : 'not-applied'
}

/** The rows that the lane does not know to be there. A row that a message says twice is one row. */
function newRows(tools: Tools, delivery: OutgoingDelivery, memo: LaneMemo): Row[] {
  const known = new Set(memo.rows)
  const rows: Row[] = []
  for (const part of progressRows(
    tools.edge(delivery),
    delivery.message.data as DossierProgressed,
  )) {
    const row = { part, digest: digest(JSON.stringify(part)) }
    if (known.has(row.digest)) continue
    known.add(row.digest)
    rows.push(row)
  }
  return rows
}

/** What the portal's own list has of these rows. A portal that shows no list leaves it to the lane. */
async function listedDigests(
  tools: Tools,
  delivery: OutgoingDelivery,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { code } = delivery.message.data as DossierProgressed
  const record = await tools.client.dossier(code, signal)
  if (!record) return []
  const parts = rows.map((row) => row.part)
  const listed = listedRows(parts, record, tools.options.progressField) ?? []
  return rows.flatMap((row, index) => (listed[index] ? [row.digest] : []))
}

async function put(tools: Tools, rows: readonly Row[], signal: AbortSignal): Promise<Evidence> {
  const { meaning, evidence } = await tools.client.write(
    'dvcqg/progress-push/v1',
    {
      service: 'CapNhatTienDoHoSoMC',
      isUpdating: 'False',
      data: rows.map((row) => row.part),
    },
    signal,
  )
  switch (meaning) {
    case 'done':
      return evidence
    case 'missing':
      throw permanent('target-not-found', { evidence })
    case 'refused':
      throw permanent('target-rejected', { evidence })
    case 'exists':
      // Which rows it means, the words do not say; the portal's list does.
      throw unknown('answer-wording-unknown', { evidence })
  }
}
