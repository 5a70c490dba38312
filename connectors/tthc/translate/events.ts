/**
 * What the doors hand in. A door's caller gives no event id, so one is made from what it says:
 *
 *   progress    hash of the row. A row is a fact that never changes, so the same row is the same
 *               event, whenever it comes again.
 *   snapshot    hash of the dossier and of the event before it. Sent again at once it is the event
 *               before it, and nothing new; after another state it is a change back (A → B → A),
 *               and a new event.
 *
 * The limit: a blind repeat of A that comes after B cannot be told from a change back to A.
 *
 * Times are the content's own, never the clock's: a repeat must be the same to the byte.
 */
import { createHash } from 'node:crypto'
import type { Dossier, DossierProgressed, IncomingMessage } from '../../../src/connector/index.ts'
import type { Snapshot } from './legacy-dossier.ts'
import type { ProgressRow } from './progress.ts'

/** Message types that carry a whole dossier. */
export const snapshotTypes: readonly string[] = [
  'vn.tthc.dossier.upserted.v1',
  'vn.tthc.dossier.result-issued.v1',
  'vn.tthc.dossier.supplement-requested.v1',
  'vn.tthc.dossier.withdrawn.v1',
]

/** The state of a dossier that a new snapshot is compared with. */
export interface KnownState {
  readonly hash: string
  /** Names the event that said so. */
  readonly key: string
}

export const knownState = (message: {
  readonly source: string
  readonly eventId: string
  readonly data: unknown
}): KnownState => ({
  hash: dossierHash((message.data as { readonly dossier: Dossier }).dossier),
  key: `${message.source} ${message.eventId}`,
})

/** Two dossiers with the same members and values have the same hash, in whatever order they stand. */
export const dossierHash = (dossier: Dossier): string => sha256(JSON.stringify(sorted(dossier)))

export function snapshotMessage(
  source: string,
  snapshot: Snapshot,
  before: string,
): IncomingMessage {
  const { code } = snapshot.dossier
  return {
    source,
    eventId: `${code}.${sha256(`${dossierHash(snapshot.dossier)}\n${before}`).slice(0, 32)}`,
    type: 'vn.tthc.dossier.upserted.v1',
    subject: code,
    time: snapshot.time,
    data: { dossier: snapshot.dossier },
  }
}

export function progressMessage(source: string, { code, step }: ProgressRow): IncomingMessage {
  const data: DossierProgressed = { code, steps: [step] }
  return {
    source,
    eventId: `${code}.${sha256(JSON.stringify(sorted(step))).slice(0, 32)}`,
    type: 'vn.tthc.dossier.progressed.v1',
    subject: code,
    time: step.at,
    data,
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  )
}
