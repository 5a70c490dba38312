/**
 * Catalogues: local copies of lists that others keep. A source lists everything it has, page by page; the
 * hub compares each item with what it holds, by hash, and makes a message of what differs. Items and
 * messages are written together, and with the cursor of the pull.
 *
 *   listing N   ├─ begins ─ pages ─ (killed; goes on from its cursor) ─ pages ─ complete ─┤
 *   each item     seen := N                                      seen < N: vanished ──────┘
 *
 * Only a listing that comes to its end makes anything vanish, and never more than a third at once unless a
 * person has allowed it: a source that shows half of what it has must not empty the province's lists.
 */
import type { CatalogueEntry, CataloguePage, HeldItem } from '../../connector/contract.ts'
import { toVietnamTime } from '../../connector/dates.ts'
import { HubError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import type { IncomingMessage } from '../../domain/message.ts'
import type {
  CatalogueChange,
  CatalogueItem,
  CatalogueStanding,
  CatalogueStore,
  CatalogueWrite,
} from '../ports/catalogues.ts'
import type { Clock } from '../ports/clock.ts'
import type { Digest } from '../ports/crypto.ts'
import { stableText } from '../stable-text.ts'

export const catalogueChanged = 'vn.catalogue.item.changed.v1'

export interface CatalogueDependencies {
  readonly store: Pick<CatalogueStore, 'standing' | 'items' | 'unseen'>
  readonly digest: Digest
  readonly clock: Clock
  readonly log: Logger
  /** CloudEvents source of what is said about this catalogue. */
  readonly sourceOf: (catalogue: string) => string
}

export interface CataloguePlan {
  readonly messages: readonly IncomingMessage[]
  readonly write: CatalogueWrite
  /** Too much is missing at the end of the listing: nothing vanishes, the listing counts as not ended. */
  readonly shrunk: boolean
  /** Entries that say something else about a code than an entry before them; they are left out. */
  readonly doubled: number
}

export interface Catalogue {
  /** Throws `state-conflict` when a content was kept back of which the hub has none. */
  plan(page: CataloguePage, source: string): Promise<CataloguePlan>
  /** To be called once the plan is in the store. */
  tell(plan: CataloguePlan): void
  held(catalogue: string, codes: readonly string[]): Promise<ReadonlyMap<string, HeldItem>>
}

/** So few may always go. */
const fewCodes = 20

const nameForm = /^[a-z][a-z0-9-]{0,39}$/
const vietnamMs = 7 * 3_600_000
const dayMs = 86_400_000
const dayOf = (at: Date): string => new Date(at.getTime() + vietnamMs).toISOString().slice(0, 10)

interface Now {
  readonly at: Date
  /** The catalogue was complete before: what comes anew now is new, not merely new to the hub. */
  readonly known: boolean
}

interface Compared {
  readonly seen: CatalogueWrite['seen']
  readonly changes: readonly CatalogueChange[]
  readonly doubled: number
}

const keyOf = ({ code, period }: { code: string; period: string }): string => `${code}\n${period}`
const periodOf = ({ validFrom = '' }: CatalogueEntry): string => validFrom

export function createCatalogue(deps: CatalogueDependencies): Catalogue {
  const hashOf = ({ content, identity, validTo }: CatalogueEntry): Uint8Array =>
    deps.digest.sha256(new TextEncoder().encode(stableText([content, identity, validTo])))

  /** What is new about an item; undefined: nothing. */
  const compare = (
    catalogue: string,
    entry: CatalogueEntry,
    item: CatalogueItem | undefined,
    { at, known }: Now,
  ): CatalogueChange | undefined => {
    const hash = hashOf(entry)
    if (item && !item.vanished && sameBytes(item.hash, hash)) return undefined
    const key = { code: entry.code, period: periodOf(entry) }
    const version = (item?.version ?? 0) + 1
    const stated = entry.validFrom !== undefined || entry.validTo !== undefined
    const from = stated ? entry.validFrom : item || known ? dayOf(at) : undefined
    return {
      ...key,
      eventId: eventIdOf(catalogue, { ...key, version, hash }),
      change: kindOf(entry, item),
      version,
      content: JSON.stringify(entry.content),
      hash,
      identity: entry.identity,
      mark: entry.mark,
      stated,
      validFrom: from,
      validTo: entry.validTo,
    }
  }

  const compareAll = async (
    page: CataloguePage,
    listing: number | undefined,
    now: Now,
  ): Promise<Compared> => {
    const keys = page.entries.map((entry) => ({ code: entry.code, period: periodOf(entry) }))
    const held = await deps.store.items(page.name, keys)
    const items = new Map(held.map((item) => [keyOf(item), item]))
    const seen = new Map<string, CatalogueWrite['seen'][number]>()
    const changes = new Map<string, CatalogueChange>()
    const shown = new Map<string, string>()
    let doubled = 0
    for (const entry of page.entries) {
      const key = { code: entry.code, period: periodOf(entry) }
      const name = keyOf(key)
      const text = stableText(entry)
      if (shown.has(name)) {
        if (shown.get(name) !== text) doubled++
        continue
      }
      shown.set(name, text)
      const item = items.get(name)
      const mark = entry.mark !== undefined && { mark: entry.mark }
      if (entry.content === undefined) {
        if (!item || item.vanished || item.mark !== entry.mark) throw new HubError('state-conflict')
        seen.set(name, { ...key, ...mark, read: false })
        continue
      }
      // A page before this one has shown it. Both cannot be; taking turns would tell a change every time.
      if (item && !item.vanished && item.seen === listing) {
        if (!sameBytes(item.hash, hashOf(entry))) doubled++
        continue
      }
      const change = compare(page.name, entry, item, now)
      if (change) changes.set(name, change)
      else seen.set(name, { ...key, ...mark, read: true })
    }
    return { seen: [...seen.values()], changes: [...changes.values()], doubled }
  }

  const lost = async (
    page: CataloguePage,
    standing: CatalogueStanding,
    listing: number | undefined,
  ): Promise<{ changes: CatalogueChange[]; shrunk: boolean; complete: boolean }> => {
    if (!page.complete || listing === undefined)
      return { changes: [], shrunk: false, complete: false }
    const here = new Set(
      page.entries.map((entry) => keyOf({ code: entry.code, period: periodOf(entry) })),
    )
    const gone = (await deps.store.unseen(page.name, listing)).filter(
      (item) => !here.has(keyOf(item)),
    )
    const many = gone.length > fewCodes && gone.length * 3 > standing.live
    if (many && !standing.mayShrink) return { changes: [], shrunk: true, complete: false }
    const changes = gone.map((item) => vanish(page.name, item))
    return { changes, shrunk: false, complete: true }
  }

  return {
    async plan(page, source) {
      if (!nameForm.test(page.name)) throw new Error(`not a name of a catalogue: ${page.name}`)
      const at = deps.clock.now()
      const standing = await deps.store.standing(page.name)
      const listing = listingOf(page, source, standing)
      const compared = await compareAll(page, listing, { at, known: standing.complete })
      const end = await lost(page, standing, listing)
      const changes = [...compared.changes, ...end.changes]
      const write: CatalogueWrite = {
        catalogue: page.name,
        source,
        turn: standing.turn,
        listing,
        complete: end.complete,
        seen: compared.seen,
        changes,
        dayBefore: dayOf(new Date(at.getTime() - dayMs)),
      }
      const from = deps.sourceOf(page.name)
      const messages = changes.map((change) => messageOf(page.name, from, change, at))
      return { messages, write, shrunk: end.shrunk, doubled: compared.doubled }
    },

    tell({ write: { catalogue, changes }, shrunk, doubled }) {
      const count = (kind: CatalogueChange['change']): number =>
        changes.filter(({ change }) => change === kind).length
      if (changes.length > 0)
        deps.log.info('catalogue.changed', {
          catalogue,
          added: count('added'),
          changed: count('changed'),
        })
      for (const kind of ['vanished', 'reissued'] as const) {
        const codes = changes.filter(({ change }) => change === kind)
        if (codes.length > 0)
          deps.log.warn(`catalogue.${kind}`, {
            catalogue,
            codes: codes.length,
            first: codes[0]?.code,
          })
      }
      if (shrunk) deps.log.warn('catalogue.shrunk', { catalogue, code: 'catalogue-shrunk' })
      if (doubled > 0)
        deps.log.warn('catalogue.incomplete', { catalogue, code: 'catalogue-doubled', doubled })
    },

    async held(catalogue, codes) {
      const items = await deps.store.items(
        catalogue,
        codes.map((code) => ({ code, period: '' })),
      )
      return new Map(
        items
          .filter(({ vanished }) => !vanished)
          .map(({ code, mark, readAt }) => [code, { mark, readAt }]),
      )
    },
  }
}

/** A listing that another source has begun since is not ours to end. */
function listingOf(
  page: CataloguePage,
  source: string,
  standing: CatalogueStanding,
): number | undefined {
  if (page.begins) return standing.listing + 1
  return standing.source === source ? standing.listing : undefined
}

function kindOf(
  entry: CatalogueEntry,
  item: CatalogueItem | undefined,
): 'added' | 'changed' | 'reissued' {
  if (!item) return 'added'
  const { identity } = item
  const isOther = identity !== undefined && entry.identity !== undefined
  if (isOther && identity !== entry.identity && registerOf(identity) === registerOf(entry.identity))
    return 'reissued'
  return item.vanished ? 'added' : 'changed'
}

/** Ids of different registers say nothing about each other: `mapi:12` and a number of the public API. */
const registerOf = (identity: string): string => /^[a-z][a-z0-9-]*:/.exec(identity)?.[0] ?? ''

function vanish(catalogue: string, item: CatalogueItem): CatalogueChange {
  const { code, period, hash, identity, mark } = item
  const version = item.version + 1
  return {
    ...{ code, period, version, hash, identity, mark },
    eventId: eventIdOf(catalogue, { code, period, version, hash }),
    change: 'vanished',
    content: undefined,
    stated: false,
    validFrom: undefined,
    validTo: undefined,
  }
}

/** The hash is part of it: a store that was put back from a backup counts its versions anew. */
function eventIdOf(
  catalogue: string,
  { code, period, version, hash }: Pick<CatalogueChange, 'code' | 'period' | 'version' | 'hash'>,
): string {
  const short = [...hash.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${catalogue}/${code}/${period}@${version}-${short}`
}

function messageOf(
  catalogue: string,
  source: string,
  { code, change, version, content, validFrom, validTo, eventId }: CatalogueChange,
  at: Date,
): IncomingMessage {
  return {
    ...{ source, eventId, type: catalogueChanged, subject: `${catalogue}/${code}` },
    time: toVietnamTime(at),
    data: {
      ...{ catalogue, code, change, version },
      ...(validFrom !== undefined && { validFrom }),
      ...(validTo !== undefined && { validTo }),
      ...(content !== undefined && { content: JSON.parse(content) as unknown }),
    },
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])
