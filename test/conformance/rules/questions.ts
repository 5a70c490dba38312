/** Pulls and lookups. */
import assert from 'node:assert/strict'
import type { CatalogueEntry, IncomingMessage, PullPage } from '../../../src/connector/index.ts'
import { HubError } from '../../../src/domain/errors.ts'
import { catalogueChanged } from '../../../src/engine/pulls/catalogue.ts'
import { masked } from '../compare.ts'
import { onStand, remember, type Stand, steady } from '../stand.ts'
import { assertFollowFits } from './delivery.ts'
import { assertFits } from './folder.ts'
import type { Rule } from './rule.ts'

const mostPages = 200

interface Page {
  readonly from: string | undefined
  readonly page: PullPage
}

const read = async (
  stand: Stand,
  operation: string,
  from: string | undefined,
  startedFrom: string | undefined,
  /** Of this run. */
  given = new Set<string>(),
) => {
  assert(stand.connector.pull, 'the connector has no pull')
  const { follows } = stand.subject
  const page = await stand.connector.pull(
    {
      operation,
      cursor: from,
      overlapSeconds: 0,
      startedFrom,
      refused: [],
      async followed(after, limit) {
        const rows = follows.filter(({ subject }) => subject > (after ?? '')).slice(0, limit)
        for (const { subject } of rows) given.add(subject)
        return rows
      },
      async due(limit) {
        const rows = follows.filter(({ subject }) => !given.has(subject)).slice(0, limit)
        for (const { subject } of rows) given.add(subject)
        return rows
      },
      latest: async () => undefined,
      timesOf: async () => new Map(),
    },
    steady,
  )
  for (const { subject, state } of page.follows ?? []) {
    assert(given.has(subject), `${operation}: ${subject} was not given to be followed`)
    if (state) assertFollowFits(operation, state)
  }
  return { from, page }
}

/** Every page from the very beginning. */
async function readAll(stand: Stand, operation: string): Promise<Page[]> {
  const given = new Set<string>()
  const pages = [await read(stand, operation, undefined, undefined, given)]
  for (let last = pages[0]; last?.page.more; last = pages.at(-1)) {
    assert(pages.length < mostPages, `${operation} does not come to an end`)
    assert.notEqual(last.page.cursor, last.from, `${operation}: the cursor does not move`)
    pages.push(await read(stand, operation, last.page.cursor, undefined, given))
  }
  return pages
}

/** What a page brings. The hub makes the messages of a catalogue: its entries stand for them. */
type Brought = IncomingMessage | CatalogueEntry

const broughtBy = ({ messages, catalogue }: PullPage): readonly Brought[] => [
  ...messages,
  ...(catalogue?.entries ?? []),
]
const allOf = (pages: readonly Page[]): Brought[] => pages.flatMap(({ page }) => broughtBy(page))
const keyOf = (one: Brought): string =>
  'eventId' in one ? `${one.source} ${one.eventId}` : `${one.code} ${one.validFrom ?? ''}`

/** What the hub makes of an entry, as far as a schema can judge it. */
const messageOf = (catalogue: string, { code, content }: CatalogueEntry) => ({
  type: catalogueChanged,
  data: { catalogue, code, change: 'added', version: 1, content },
})

const pulls: Rule = {
  name: 'pulls',
  title: 'pulls valid messages, and the same ones again from the same cursor',
  async check(subject) {
    for (const { name, types, catalogue } of subject.manifest.pulls ?? [])
      await onStand(subject, { filled: true }, async (stand) => {
        const pages = await readAll(stand, name)
        const messages = allOf(pages)
        assert(messages.length > 0, `${name}: nothing comes from fixtures/state.json`)
        for (const { page } of pages)
          assert.equal(page.catalogue?.name, catalogue, `${name}: its catalogue and the manifest's`)
        for (const one of messages) {
          const message = 'eventId' in one ? one : messageOf(catalogue ?? '', one)
          assert(types.includes(message.type), `${name}: ${message.type} is not in its types`)
          assertFits(subject, name, message)
        }
        const keys = messages.map(keyOf)
        assert.equal(new Set(keys).size, keys.length, `${name}: two messages have one natural key`)
        assert.deepEqual(
          allOf(await readAll(stand, name)),
          messages,
          `${name}: read again from the beginning it gives other messages`,
        )
        for (const { from, page } of pages) {
          const again = await read(stand, name, from, undefined)
          assert.deepEqual(broughtBy(again.page), broughtBy(page), `${name}: ${from} gives others`)
        }
        const end = pages.at(-1)?.page.cursor
        const rest = await read(stand, name, end, end)
        const seen = new Set(keys)
        for (const message of broughtBy(rest.page))
          assert(seen.has(keyOf(message)), `${name}: the same item came under another key`)
      })
  },
}

const brokenPull: Rule = {
  name: 'pull-fails',
  title: 'never takes a failed pull for an empty one',
  async check(subject) {
    for (const { name } of subject.manifest.pulls ?? [])
      for (const mode of ['html-200', 'half-body', 'server-error', 'busy'] as const)
        await onStand(subject, { filled: true }, async (stand) => {
          if (!stand.simulator.modes.includes(mode)) return
          stand.simulator.misbehave({ mode, on: 'any' })
          const page = await read(stand, name, undefined, undefined).catch((error: unknown) => {
            if (!(error instanceof HubError)) throw error
            remember(stand.said, error)
          })
          assert.equal(page, undefined, `${name}: ${mode} gave a page instead of a failure`)
        })
  },
}

const lookups: Rule = {
  name: 'lookups',
  title: 'answers a lookup with the fields that were asked for, and no others',
  async check(subject) {
    for (const { name, question, answer } of subject.lookups)
      await onStand(subject, { filled: true }, async ({ connector }) => {
        assert(connector.lookup, 'the connector has no lookup')
        const got = await connector.lookup(question, steady)
        assert.deepEqual(masked(got ?? null, answer), answer, `fixtures/${name}.lookup.json`)
        const extra = Object.keys(got ?? {}).filter((field) => !question.fields.includes(field))
        assert.deepEqual(extra, [], `${name}: fields that were not asked for`)
      })
  },
}

const brokenLookup: Rule = {
  name: 'lookup-fails',
  title: 'never takes a failed lookup for one that found nothing',
  async check(subject) {
    const sample = subject.lookups.find(({ answer }) => answer !== null)
    if (!sample) return
    for (const mode of [
      ...(['html-200', 'half-body', 'server-error', 'busy', 'rate-limit'] as const),
      ...(['refuse', 'reset-before', 'timeout-before', 'unknown-words'] as const),
    ])
      await onStand(subject, { filled: true, timeoutMs: 1_000 }, async (stand) => {
        if (!stand.simulator.modes.includes(mode)) return
        stand.simulator.misbehave({ mode, on: 'read' })
        const got = await stand.connector.lookup?.(sample.question, steady).then(
          (record) => ({ record }),
          (error: unknown) => {
            if (!(error instanceof HubError)) throw error
            remember(stand.said, error)
          },
        )
        assert.equal(got, undefined, `${mode} gave an answer instead of a failure`)
      })
  },
}

export const questionRules: readonly Rule[] = [pulls, brokenPull, lookups, brokenLookup]
