/**
 * What a dossier's lane remembers between deliveries. Hashes and flags only.
 *
 *   created   the portal has taken this dossier from us
 *   content   digest of the newest dossier it took
 *   core      digest of those fields of it that a lookup is likeliest to show
 *   rows      digests of the progress rows it took, oldest first
 *   doubt     rows were sent that may have been taken: ask before rows are sent again
 *   at        the lane number of the delivery that wrote this
 */
import { hash } from 'node:crypto'
import { ConnectorError, type Memo, type OutgoingDelivery } from '../../src/connector/index.ts'

export interface LaneMemo {
  readonly created: boolean
  readonly content: string
  readonly core: string
  readonly rows: readonly string[]
  readonly doubt: boolean
  readonly at: number
}

const fresh: LaneMemo = { created: false, content: '', core: '', rows: [], doubt: false, at: 0 }

/** 600 digests of 11 bytes each are 6.6 kB of the 8 kB a memo may have. */
const longestRows = 600

export const readMemo = (memo: Memo | undefined): LaneMemo => ({ ...fresh, ...memo })

/** Only the newest rows are kept: a source repeats what is recent, if anything. */
export const writeMemo = (
  memo: LaneMemo,
  changes: Partial<LaneMemo>,
  delivery: OutgoingDelivery,
): Memo => {
  const next = { ...memo, ...changes, at: laneNumber(delivery) ?? memo.at }
  return { ...next, rows: next.rows.slice(-longestRows) }
}

/** Deliveries before this one were settled without telling the connector: by a confirmation, by a person. */
export const hasGap = (memo: LaneMemo, delivery: OutgoingDelivery): boolean => {
  const number = laneNumber(delivery)
  return number !== undefined && number > memo.at + 1
}

/** The place of a delivery in its lane: 3 in `1842.3`. */
function laneNumber({ id }: OutgoingDelivery): number | undefined {
  const number = Number(id.slice(id.lastIndexOf('.') + 1))
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}

/** 48 bits: among the rows of one dossier a chance of 1 in 10¹¹ that two are taken for one. */
export const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 8)

/** A failure with the lane's memory, unless it brings its own; what is no ConnectorError stays as it is. */
export function rememberedBy(
  error: unknown,
  memoFor: (kind: ConnectorError['outcome']['kind']) => Memo,
): unknown {
  if (!(error instanceof ConnectorError) || error.outcome.memo) return error
  const { kind, code, ...facts } = error.outcome
  return new ConnectorError(kind, code, { ...facts, memo: memoFor(kind), cause: error })
}
