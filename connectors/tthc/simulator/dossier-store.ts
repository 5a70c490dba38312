/** What the simulated one-stop system holds: dossiers with version and change time. */
import type {
  Dossier,
  DossierProgressed,
  IncomingMessage,
  tthcSystem,
} from '../../../src/connector/index.ts'

export type DossierRecord = tthcSystem.ChangesPageItem

/**
 * How paging can go wrong at a real source.
 *
 *   shift       the dossier after each page is changed while the page is read, so it moves behind
 *   repeat      a page begins with the row it should begin behind, and says its last row twice
 *   loop        every page is the first one, and more is said to follow
 *   disorder    the rows of a page stand in reverse
 */
export type PagingFault = 'shift' | 'repeat' | 'loop' | 'disorder'

export interface DossierStore {
  readonly records: ReadonlyMap<string, DossierRecord>
  /** Takes what a message of this system says, as a new version changed at the message's time. */
  apply(message: IncomingMessage): void
  /** Puts a record as it is, also with a time long gone: a late commit. */
  put(record: DossierRecord): void
  page(since: string | undefined, after: string, limit: number): tthcSystem.ChangesPage
  misbehave(fault: PagingFault | undefined): void
}

export function createDossierStore(held: Iterable<DossierRecord>): DossierStore {
  const records = new Map([...held].map((record) => [record.code, record]))
  let fault: PagingFault | undefined

  const after = (since: string | undefined, code: string, inclusive: boolean): DossierRecord[] =>
    [...records.values()]
      .filter((record) => {
        if (since === undefined) return true
        const order = compare(record, { updatedAt: since, code })
        return inclusive ? order >= 0 : order > 0
      })
      .sort(compare)

  return {
    records,
    apply(message) {
      const known = records.get(message.subject)
      const version = (known?.version ?? 0) + 1
      const changed = changeOf(message, version)
      if (!known && !changed.dossier) return
      records.set(message.subject, {
        code: message.subject,
        version,
        updatedAt: message.time,
        dossier: { ...(changed.dossier ?? known?.dossier) },
        steps: [...(known?.steps ?? []), ...changed.steps],
      })
    },
    put: (record) => void records.set(record.code, record),
    page(since, code, limit) {
      if (fault === 'loop')
        return { items: after(undefined, '', false).slice(0, limit), more: true }
      const rows = after(since, code, fault === 'repeat')
      const items = rows.slice(0, limit)
      const next = rows[limit]
      const last = items.at(-1)
      if (fault === 'shift' && next) records.set(next.code, changedAgain(next, rows.at(-1) ?? next))
      if (fault === 'repeat' && last) items.push(last)
      if (fault === 'disorder') items.reverse()
      return { items, more: next !== undefined }
    },
    misbehave(asked) {
      fault = asked
    },
  }
}

function changeOf(
  message: IncomingMessage,
  version: number,
): { dossier?: Dossier; steps: tthcSystem.ChangesPageStep[] } {
  if (message.type === 'vn.tthc.dossier.progressed.v1') {
    const { steps } = message.data as DossierProgressed
    return { steps: steps.map((step) => ({ ...step, version })) }
  }
  const { dossier } = message.data as { dossier?: Dossier }
  return { ...(dossier && { dossier }), steps: [] }
}

/** One more version, a second after the newest row. */
const changedAgain = (record: DossierRecord, newest: DossierRecord): DossierRecord => ({
  ...record,
  version: record.version + 1,
  updatedAt: new Date(Date.parse(newest.updatedAt) + 1000).toISOString().replace('.000Z', 'Z'),
})

type Place = Pick<DossierRecord, 'updatedAt' | 'code'>

function compare(left: Place, right: Place): number {
  const byTime = Date.parse(left.updatedAt) - Date.parse(right.updatedAt)
  if (byTime !== 0) return byTime
  return left.code < right.code ? -1 : left.code > right.code ? 1 : 0
}
