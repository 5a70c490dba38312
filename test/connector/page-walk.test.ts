import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PullRequest } from '../../src/connector/contract.ts'
import { type PagedSource, walkPages } from '../../src/connector/page-walk.ts'
import { pullRequest } from '../support/pull-request.ts'

interface Row {
  readonly id: string
  readonly at: string
}

const steady = new AbortController().signal
const rowsNamed = (...ids: string[]): Row[] =>
  ids.map((id, index) => ({ id, at: new Date(Date.UTC(2026, 2, 1, 8, index)).toISOString() }))
const named = (count: number): Row[] =>
  rowsNamed(...Array.from({ length: count }, (_, index) => `r${index}`))

type By = PagedSource<Row>['by']

/** A list that `between` may change after every answer. */
function listOf(
  by: By,
  rows: Row[],
  between: (asked: number, isStepOver: boolean) => void = () => undefined,
) {
  let isProof = false
  const asked: { at: number; limit: number; since: string | undefined }[] = []
  const source: PagedSource<Row> = {
    by,
    pageSize: 3,
    async read(ask) {
      // By page, each page but the first is followed by a look at the one before.
      isProof = by === 'page' && !isProof && ask.at + 1 === asked.at(-1)?.at
      asked.push(ask)
      const { at, limit, since } = ask
      const held = rows.filter(
        (row) => since === undefined || Date.parse(row.at) >= Date.parse(since),
      )
      const first = by === 'offset' ? at : at * limit
      const page = { rows: held.slice(first, first + limit), more: first + limit < held.length }
      between(asked.length, by === 'offset' || at === 0 || isProof)
      return page
    },
    keyOf: ({ id }) => id,
    clock: { now: () => new Date('2026-03-02T00:00:00Z') },
  }
  return { source, asked }
}

const request = (change: Partial<PullRequest> = {}): PullRequest =>
  pullRequest({ operation: 'rows', ...change })

/** One run as the engine makes it; a cursor must never come twice. */
async function run(
  source: PagedSource<Row>,
  from?: string,
  { overlapSeconds = 0, stopAfter = 1_000 } = {},
) {
  const ids: string[] = []
  let restarts = 0
  const seen = new Set<string | undefined>()
  let cursor = from
  for (let page = 1; ; page++) {
    const ask = { cursor, startedFrom: from, overlapSeconds: page === 1 ? overlapSeconds : 0 }
    const result = await walkPages(source, request(ask), steady)
    ids.push(...result.rows.map(({ id }) => id))
    cursor = result.cursor
    if (result.more && result.rows.length === 0) restarts += 1
    if (!result.more || page === stopAfter) return { ids, cursor, restarts }
    expect(seen).not.toContain(cursor)
    seen.add(cursor)
  }
}

type Change = { kind: 'add' | 'drop' | 'move'; from: number; to: number } | null
const change: fc.Arbitrary<Change> = fc.option(
  fc.record({
    kind: fc.constantFrom('add' as const, 'drop' as const, 'move' as const),
    from: fc.nat(12),
    to: fc.nat(12),
  }),
)

function alter(rows: Row[], step: Change, name: string): void {
  if (!step) return
  const { kind, from, to } = step
  const [row] = kind === 'add' ? rowsNamed(name) : rows.splice(from % (rows.length || 1), 1)
  if (row && kind !== 'drop') rows.splice(to % (rows.length + 1), 0, row)
}

describe.each(['offset', 'page'] as const)('page walk by %s', (by) => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 20])('reads %i rows, each once', async (count) => {
    const rows = named(count)
    const { ids } = await run(listOf(by, rows).source)
    expect(ids).toEqual(rows.map(({ id }) => id))
  })

  it.each([
    ['a row that was taken away before the place', (rows: Row[]) => rows.splice(0, 1)],
    [
      'a row that was added before the place',
      (rows: Row[]) => rows.splice(1, 0, ...rowsNamed('x')),
    ],
    [
      'a row that was changed and moved to the end',
      (rows: Row[]) => rows.push(...rows.splice(1, 1)),
    ],
    ['a list that is shorter than the place', (rows: Row[]) => rows.splice(0, 5)],
  ])('begins again at %s', async (_, shift) => {
    const rows = named(8)
    const { source } = listOf(by, rows, (asked) => {
      if (asked === 2) shift(rows)
    })
    const { ids, restarts } = await run(source)
    for (const { id } of rows) expect(ids).toContain(id)
    expect(restarts).toBe(1)
  })

  it('misses nothing that was there all the time, whatever one change does between two steps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(12), fc.array(change, { maxLength: 12 }), async (count, steps) => {
        const rows = named(count)
        const stayed = new Set(rows.map(({ id }) => id))
        let number = 0
        const { source } = listOf(by, rows, (_, isStepOver) => {
          if (!isStepOver) return
          alter(rows, steps[number] ?? null, `n${number}`)
          number += 1
          for (const id of stayed) if (!rows.some((row) => row.id === id)) stayed.delete(id)
        })
        const result = await run(source).catch((error: { code?: string }) => {
          expect(error.code).toBe('pages-shifting')
        })
        for (const id of result ? stayed : []) expect(result?.ids).toContain(id)
      }),
      { numRuns: 500 },
    )
  })

  it('gives up on a source that never rests, and says so; the next run begins to count anew', async () => {
    const rows = named(9)
    let restless = true
    const { source, asked } = listOf(by, rows, () => {
      if (restless) rows.unshift(...rowsNamed(`n${rows.length}`))
    })
    let last: string | undefined
    const failing = async () => {
      for (let cursor: string | undefined; ; ) {
        const page = await walkPages(source, request({ cursor }), steady)
        last = page.cursor
        cursor = page.cursor
      }
    }
    await expect(failing()).rejects.toMatchObject({
      outcome: { kind: 'retry', code: 'pages-shifting' },
    })
    expect(asked.length).toBeLessThan(30)
    restless = false
    const { ids } = await run(source, last)
    expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)))
  })

  it('goes on at its place after it was broken off, unless rows have moved meanwhile', async () => {
    const rows = named(10)
    const { source } = listOf(by, rows)
    const died = await run(source, undefined, { stopAfter: 2 })
    const rest = await run(source, died.cursor)
    expect([...died.ids, ...rest.ids]).toEqual(rows.map(({ id }) => id))
    rows.splice(0, 1)
    const again = await run(source, died.cursor)
    expect(again.ids).toEqual(rows.map(({ id }) => id))
  })

  it('asks for what changed since the newest change, less the overlap', async () => {
    const rows = named(7)
    const { source, asked } = listOf(by, rows)
    const changing = { ...source, changedAt: ({ at }: Row) => at }
    const first = await run(changing)
    expect(asked[0]?.since).toBeUndefined()
    const second = await run(changing, first.cursor, { overlapSeconds: 60 })
    expect(second.ids).toEqual(['r5', 'r6'])
    expect(asked.at(-1)?.since).toBe('2026-03-01T15:05:00+07:00')
    expect(second.cursor).toBe(first.cursor)
    const none = await run(
      { ...changing, read: async () => ({ rows: [], more: false }) },
      first.cursor,
    )
    expect(none.cursor).toBe(first.cursor)
  })

  it('never takes a change that came while it read for the end of what it has read', async () => {
    const rows = named(5)
    const late = { id: 'late', at: '2026-03-02T00:20:00Z' }
    const { source } = listOf(by, rows, (asked) => {
      if (asked !== 1) return
      // Read already; changed now, in its place. And another, behind, changed later still.
      rows[0] = { id: 'r0', at: '2026-03-02T00:10:00Z' }
      rows.push(late)
    })
    const changing = { ...source, changedAt: ({ at }: Row) => at }
    const first = await run(changing)
    expect(first.ids).toContain('late')
    const second = await run(changing, first.cursor)
    expect(second.ids).toEqual(['r0', 'late'])
  })

  it('refuses a source that says "more" and gives nothing, a time it cannot read, a foreign cursor', async () => {
    const { source } = listOf(by, named(4))
    const refused = (broken: PagedSource<Row>, cursor?: string) =>
      expect(walkPages(broken, request({ cursor, startedFrom: cursor }), steady)).rejects
    const empty = { ...source, read: async () => ({ rows: [], more: true }) }
    await refused(empty).toMatchObject({ outcome: { code: 'answer-invalid' } })
    const timeless = { ...source, changedAt: () => 'hôm qua' }
    await refused(timeless).toMatchObject({ outcome: { code: 'answer-invalid' } })
    for (const cursor of ['page-7', '7', 'null'])
      await refused(source, cursor).toMatchObject({ outcome: { code: 'mapping-failed' } })
  })

  it('keeps no key of a row in its cursor', async () => {
    const { cursor } = await run(
      listOf(by, rowsNamed('Nguyễn-A', 'Nguyễn-B', 'Nguyễn-C', 'D')).source,
      undefined,
      {
        stopAfter: 1,
      },
    )
    expect(cursor).not.toContain('Nguyễn')
  })
})
