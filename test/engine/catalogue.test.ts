import { beforeEach, describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../src/adapters/postgres/accept.ts'
import { createCatalogueStore } from '../../src/adapters/postgres/catalogues.ts'
import {
  findCatalogueCode,
  listCatalogue,
  listCatalogueProblems,
} from '../../src/adapters/postgres/queries/catalogues.ts'
import { digest } from '../../src/adapters/system/digest.ts'
import { uuidv7 } from '../../src/adapters/system/ids.ts'
import type { CatalogueEntry, CataloguePage } from '../../src/connector/contract.ts'
import { createAccept } from '../../src/engine/accept/accept.ts'
import { createCatalogue } from '../../src/engine/pulls/catalogue.ts'
import { useDatabase } from '../support/database.ts'
import { createTestCipher, revisionOf, silentMetrics } from '../support/engine.ts'
import { keepingLogger } from '../support/quiet-logger.ts'

const database = useDatabase()
const client = { id: 'test', scopes: [], sources: ['*'], types: ['*'] }
const act = { actor: 'user:lan', reason: 'đã sửa bảng mã' }
let names = 0

/** One catalogue of its own, on the store of the tests. */
function open() {
  const name = `list-${++names}`
  const { log, lines } = keepingLogger()
  const world = { now: new Date('2026-03-01T20:00:00Z') }
  const store = createCatalogueStore(database().database)
  const catalogue = createCatalogue({
    ...{ store, digest, log },
    clock: { now: () => world.now, monotonicMs: () => 0 },
    sourceOf: (of) => `/h99/catalogues/${of}`,
  })
  const accept = createAccept({
    store: createAcceptStore(database().database),
    schemas: {
      validateMessage: (_, data) =>
        (data as { content?: { bad?: true } }).content?.bad
          ? [{ pointer: '/content', rule: 'bad', vi: 'sai', en: 'wrong' }]
          : [],
      subjectOf: () => undefined,
      unitOf: () => undefined,
    },
    ...{ cipher: createTestCipher(), digest, newId: uuidv7, log, metrics: silentMetrics },
    revision: () => revisionOf([]),
    isSnapshot: () => false,
    wakeups: { wake: () => undefined },
  })
  const plan = (page: Omit<CataloguePage, 'name'>, source = 'job') =>
    catalogue.plan({ name, ...page }, source)
  const write = async (made: Awaited<ReturnType<typeof plan>>) => {
    await accept.acceptPage(made.messages, client, undefined, made.write)
    catalogue.tell(made)
    return made.write.changes.map(({ code, change, version }) => `${code} ${change} ${version}`)
  }
  const show = async (entries: readonly CatalogueEntry[], page = {}, source = 'job') =>
    write(await plan({ begins: true, complete: true, ...page, entries }, source))
  const codes = async (at?: string) =>
    (await listCatalogue(database().database, name, { limit: 200, ...(at && { at }) })).items.map(
      ({ code, version }) => `${code}.${version}`,
    )
  return { name, world, store, catalogue, plan, write, show, codes, lines }
}

const item = (code: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  code,
  content: { name: code },
  ...more,
})
let list: ReturnType<typeof open>

function comparing() {
  it('tells what is new, what differs, and nothing of what is the same', async () => {
    expect(await list.show([item('a'), item('b')])).toEqual(['a added 1', 'b added 1'])
    expect(await list.show([item('b'), item('a')])).toEqual([])
    expect(await list.show([item('a', { content: { name: 'A' } }), item('b')])).toEqual([
      'a changed 2',
    ])
    expect(await list.show([item('b')])).toEqual(['a vanished 3'])
    expect(await list.show([item('a'), item('b')])).toEqual(['a added 4'])
  })

  it('does not mind the order of members', async () => {
    await list.show([item('a', { content: { x: 1, y: { p: 1, q: 2 } } })])
    expect(await list.show([item('a', { content: { y: { q: 2, p: 1 }, x: 1 } })])).toEqual([])
  })

  it('takes the first of two that differ, and says so', async () => {
    const page = { begins: true, complete: true, entries: [item('a'), item('a', { content: {} })] }
    const plan = await list.plan(page)
    expect([plan.doubled, await list.write(plan)]).toEqual([1, ['a added 1']])
    expect(list.lines.map(({ event }) => event)).toContain('catalogue.incomplete')
  })

  it('keeps the first of two that differ also when a later page shows the second, run after run', async () => {
    const second = item('a', { content: { name: 'B' }, mark: 'm2' })
    const run = async () => {
      const first = await list.show([item('a', { mark: 'm1' })], { complete: false })
      const plan = await list.plan({ complete: true, entries: [second, item('b')] })
      return [...first, plan.doubled, ...(await list.write(plan))]
    }
    expect(await run()).toEqual(['a added 1', 1, 'b added 1'])
    expect(await run()).toEqual([1])
    expect(await run()).toEqual([1])
    expect((await list.catalogue.held(list.name, ['a'])).get('a')?.mark).toBe('m1')
    // What is the same on both pages is no doubt; what changes between runs is a change.
    expect(await list.show([item('a')], { complete: false })).toEqual([])
    const same = await list.plan({ complete: true, entries: [item('a'), item('b')] })
    expect([same.doubled, await list.write(same)]).toEqual([0, []])
    expect(await list.show([second, item('b')])).toEqual(['a changed 2'])
  })

  it('does not compare the ids of two registers', async () => {
    await list.show([item('a', { identity: '0190' })])
    expect(await list.show([item('a', { identity: 'mapi:7' })])).toEqual(['a changed 2'])
    expect(await list.show([item('a', { identity: 'mapi:8' })])).toEqual(['a reissued 3'])
  })

  it('knows a code that was issued anew, also after it had vanished', async () => {
    await list.show([item('a', { identity: '1' }), item('b')])
    expect(await list.show([item('a', { identity: '2' }), item('b')])).toEqual(['a reissued 2'])
    expect(await list.show([item('b')])).toEqual(['a vanished 3'])
    expect(await list.show([item('a', { identity: '3' }), item('b')])).toEqual(['a reissued 4'])
    expect(await list.show([item('a', { identity: '3', content: {} }), item('b')])).toHaveLength(1)
    const open = () => listCatalogueProblems(database().database, undefined, list.name)
    expect(await open()).toMatchObject([{ code: 'a', kind: 'reissued' }])
    expect(await list.store.closeProblem(list.name, 'a', act)).toBe(true)
    expect(await list.store.closeProblem(list.name, 'a', act)).toBe(false)
    expect(await open()).toEqual([])
  })

  it('names the code under which a record that is gone goes on', async () => {
    await list.show([item('old', { identity: '7' }), item('b')])
    await list.show([item('new', { identity: '7' }), item('b')])
    expect(await listCatalogueProblems(database().database, undefined, list.name)).toMatchObject([
      { code: 'old', kind: 'vanished', successors: ['new'] },
    ])
  })

  it('writes no change of which no message could tell, and does not lose the item by it', async () => {
    await list.show([item('a'), item('b')])
    await list.show([item('a', { content: { bad: true } }), item('b')], { complete: false })
    expect(await list.show([], { begins: false })).toEqual([])
    expect(await list.codes()).toEqual(['a.1', 'b.1'])
  })
}

function listing() {
  it('makes nothing vanish before the end, and then what no page has shown', async () => {
    await list.show([item('a'), item('b'), item('c')])
    expect(await list.show([item('a')], { complete: false })).toEqual([])
    expect(await list.show([item('c')], { begins: false })).toEqual(['b vanished 2'])
  })

  it('begins anew as often as it likes', async () => {
    await list.show([item('a'), item('b')])
    await list.show([item('a')], { complete: false })
    await list.show([item('b')], { complete: false })
    expect(await list.show([item('a')], { begins: false })).toEqual([])
  })

  it('does not let one source end the listing of another', async () => {
    await list.show([item('a'), item('b')], {}, 'one')
    await list.show([item('a')], { complete: false }, 'one')
    await list.show([item('a')], { complete: false }, 'two')
    expect(await list.show([item('a')], { begins: false }, 'one')).toEqual([])
    expect(await list.show([], { begins: false }, 'two')).toEqual(['b vanished 2'])
  })

  it('takes what was kept back for what it holds, and only that', async () => {
    await list.show([item('a', { mark: 'm1' }), item('b')])
    expect(await list.show([{ code: 'a', mark: 'm1' }, item('b')])).toEqual([])
    expect((await list.catalogue.held(list.name, ['a', 'x'])).get('a')?.mark).toBe('m1')
    for (const entry of [{ code: 'a', mark: 'm2' }, { code: 'a' }, { code: 'x', mark: 'm1' }])
      await expect(list.show([entry])).rejects.toMatchObject({ code: 'state-conflict' })
    await list.show([item('b')])
    expect((await list.catalogue.held(list.name, ['a'])).size).toBe(0)
    await expect(list.show([{ code: 'a', mark: 'm1' }])).rejects.toThrow()
  })

  it('refuses what was worked out before another write, and all of it', async () => {
    await list.show([item('a')])
    const page = { begins: true, complete: true, entries: [item('a', { content: {} })] }
    const late = await list.plan(page)
    await list.show([item('a'), item('b')])
    await expect(list.write(late)).rejects.toMatchObject({ code: 'state-conflict' })
    expect(await list.codes()).toEqual(['a.1', 'b.1'])
  })

  it('lets no more than a third vanish at once, unless it is few or allowed', async () => {
    const many = Array.from({ length: 63 }, (_, n) => item(`c${n}`))
    await list.show(many)
    expect(
      (await list.plan({ begins: true, complete: true, entries: many.slice(21) })).shrunk,
    ).toBe(false)
    const short = { begins: true, complete: true, entries: many.slice(22) }
    const plan = await list.plan(short)
    expect([plan.shrunk, await list.write(plan)]).toEqual([true, []])
    expect(await list.store.allowShrink(list.name, act)).toBe(true)
    expect(await list.show(short.entries)).toHaveLength(22)
    expect(await list.store.allowShrink('nothing', act)).toBe(false)
  })
}

function validity() {
  it('dates what it learns by the day in Vietnam, and knows no first day of what was there before it', async () => {
    await list.show([item('a')])
    list.world.now = new Date('2026-03-05T18:00:00Z')
    await list.show([item('a', { content: {} }), item('b')])
    expect(await list.codes('2020-01-01')).toEqual(['a.1'])
    expect(await list.codes('2026-03-05')).toEqual(['a.1'])
    expect(await list.codes('2026-03-06')).toEqual(['a.2', 'b.1'])
    list.world.now = new Date('2026-03-09T03:00:00Z')
    await list.show([item('b')])
    expect(await list.codes('2026-03-08')).toEqual(['a.2', 'b.1'])
    expect(await list.codes('2026-03-09')).toEqual(['b.1'])
  })

  it('goes by what the source says, period by period', async () => {
    const before = item('a', { validFrom: '2004-01-01', validTo: '2025-06-30' })
    const after = item('a', { validFrom: '2025-07-01', content: { name: 'mới' } })
    expect(await list.show([before, after])).toHaveLength(2)
    expect(await list.codes('2025-07-01')).toEqual(['a.1'])
    expect(await list.show([{ ...before, validTo: '2025-06-29' }, after])).toEqual(['a changed 2'])
    expect(await list.codes('2025-06-30')).toEqual([])
    expect(await list.codes('2025-06-29')).toEqual(['a.2'])
    const versions = await findCatalogueCode(database().database, list.name, 'a')
    expect(versions.map(({ validFrom, version }) => `${validFrom} ${version}`)).toEqual([
      ...['2025-07-01 1', '2004-01-01 2', '2004-01-01 1'],
    ])
  })

  const dated = (validFrom?: string, validTo?: string, name = 'a'): CatalogueEntry => ({
    ...{ code: 'a', content: { name } },
    ...(validFrom !== undefined && { validFrom }),
    ...(validTo !== undefined && { validTo }),
  })
  const old = dated('2004-01-01', '2024-12-31')
  const named = dated('2004-01-01', '2024-12-31', 'A')
  const shorter = dated('2004-01-01', '2019-12-31')
  const later = dated('2010-01-01', '2024-12-31')
  const open = dated('2025-01-01')

  /** Listings one after the other, and what held on a day when all of them had been read. */
  it.each<[string, readonly CatalogueEntry[][], string, string[]]>([
    ['a period whose code vanished later', [[old], []], '2020-01-01', ['a.1']],
    ['the last day of it', [[old], []], '2024-12-31', ['a.1']],
    ['the day after it', [[old], []], '2025-01-01', []],
    ['an open period before its code vanished', [[open], []], '2025-06-01', ['a.1']],
    ['an open period after its code vanished', [[open], []], '2999-01-01', []],
    ['a corrected content', [[old], [named]], '2020-01-01', ['a.2']],
    ['a corrected content that vanished', [[old], [named], []], '2020-01-01', ['a.2']],
    ['a day that a correction took away', [[old], [shorter]], '2020-01-01', []],
    ['the same, when the code vanished', [[old], [shorter], []], '2020-01-01', []],
    ['a day of both, the first day corrected', [[old], [later]], '2020-01-01', ['a.1']],
    ['a day of the first only', [[old], [later]], '2005-01-01', ['a.1']],
    ['both gone, the correction went last', [[old], [later], []], '2020-01-01', ['a.1']],
    ['both gone at once', [[old, later], []], '2020-01-01', ['a.1', 'a.1']],
    ['back as it was', [[old], [], [old]], '2020-01-01', ['a.3']],
    ['back with fewer days', [[old], [], [shorter]], '2020-01-01', []],
    ['two periods, the earlier gone', [[old, open], [open]], '2020-01-01', ['a.1']],
    [
      'undated, then dated by the source',
      [[dated()], [dated('2004-01-01')]],
      '2020-01-01',
      ['a.1'],
    ],
    [
      'undated, then its end is told',
      [[dated()], [dated(undefined, '2024-12-31')]],
      '2020-01-01',
      ['a.2'],
    ],
    [
      'its end told, and no more',
      [[dated(undefined, '2998-12-31')], [dated()]],
      '2020-01-01',
      ['a.1'],
    ],
  ])('shows what held on a day: %s', async (_, listings, day, codes) => {
    for (const entries of listings)
      await list.show([...entries, item('z', { validFrom: '2999-12-31' })])
    expect(await list.codes(day)).toEqual(codes)
  })

  it('is read page by page, in the order of codes, and refuses a cursor that is none of its own', async () => {
    await list.show(['b', 'a', 'd', 'c'].map((code) => item(code)))
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const filter = { limit: 3, ...(cursor !== undefined && { cursor }) }
      const page = await listCatalogue(database().database, list.name, filter)
      seen.push(...page.items.map(({ code }) => code))
      if (page.next === null) break
      cursor = page.next
    }
    expect(seen).toEqual(['a', 'b', 'c', 'd'])
    for (const cursor of ['x', Buffer.from('["a"]').toString('base64url')])
      await expect(
        listCatalogue(database().database, list.name, { limit: 3, cursor }),
      ).rejects.toMatchObject({ code: 'request-invalid' })
    await expect(listCatalogue(database().database, 'nothing', { limit: 3 })).rejects.toMatchObject(
      { code: 'not-found' },
    )
  })
}

describe('engine/catalogue', () => {
  beforeEach(() => {
    list = open()
  })
  describe('comparing', comparing)
  describe('listing', listing)
  describe('validity', validity)
})
