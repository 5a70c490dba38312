import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import state from '../../connectors/csdl-tthc/fixtures/state.json' with { type: 'json' }
import createConnector from '../../connectors/csdl-tthc/index.ts'
import { legacyEntry } from '../../connectors/csdl-tthc/legacy.ts'
import type { ListItem } from '../../connectors/csdl-tthc/listing.ts'
import { defaultOptions } from '../../connectors/csdl-tthc/options.ts'
import {
  account,
  createProcedureSimulator,
  destination,
  type HeldProcedure,
  type ProcedureSimulator,
} from '../../connectors/csdl-tthc/simulator.ts'
import { createWholeList } from '../../connectors/csdl-tthc/whole-list.ts'
import { createSchemaRegistry } from '../../src/adapters/ajv/schema-registry.ts'
import { createContext } from '../../src/adapters/connectors/context.ts'
import { createHttpClient, type SystemHttpClient } from '../../src/adapters/http/client.ts'
import type {
  CatalogueEntry,
  Connector,
  HeldItem,
  PullPage,
  RemoteRecord,
} from '../../src/connector/index.ts'
import { loadedManifest } from '../support/manifest.ts'
import { pullRequest } from '../support/pull-request.ts'
import { quietLogger } from '../support/quiet-logger.ts'
import { schemaFolder } from '../support/schema-files.ts'

const registry = createSchemaRegistry([schemaFolder])
const { options } = await loadedManifest('csdl-tthc')
const signal = new AbortController().signal
const records = state as unknown as [string, HeldProcedure][]
const words = defaultOptions.words
const faultsOf = (content: unknown) =>
  registry.validate('catalogue/procedure/v1', content).map(({ pointer }) => pointer)

describe('connectors/csdl-tthc options', () => {
  const mapi = {
    ...{ source: 'mapi', adapterUrl: 'https://a.example', dstcode: destination, ...account },
    agencyCode: '000.00.00.H99',
  }
  const open = { baseUrl: 'https://a.example/api/v1' }
  it.each<[string, object, boolean]>([
    ['the public API, unsaid', open, true],
    ['the public API, said', { ...open, source: 'public-api' }, true],
    ['mapi', mapi, true],
    ['nothing at all', {}, false],
    ['mapi without an account', { ...mapi, password: undefined }, false],
    ['mapi that is not asked for', { ...mapi, source: undefined }, false],
    ['both', { ...mapi, ...open }, false],
    ['another way', { ...open, source: 'ftp' }, false],
  ])('take %s', (_, given, fits) => {
    const value = JSON.parse(JSON.stringify(given))
    expect(registry.validateAgainst(options, value).length === 0).toBe(fits)
  })
})

describe('connectors/csdl-tthc whole lists', () => {
  const clock = { now: () => new Date(world.now), monotonicMs: () => 0 }
  const world = { now: 0, asked: 0, codes: [] as (string | undefined)[] }
  const open = (pageSize: number) => {
    Object.assign(world, { now: 0, asked: 0 })
    return createWholeList(clock, pageSize, async () => {
      world.asked++
      return world.codes.map((code, nth) => (code === undefined ? undefined : { code, nth }))
    })
  }
  const idsOf = (items: readonly ListItem[]) => items.map(({ id }) => id)

  it('come in the order of codes, asked for once, and anew when time has passed', async () => {
    world.codes = ['c', 'a', 'b']
    const list = open(2)
    const one = await list({ after: '' }, signal)
    expect([idsOf(one.items), one.next, one.total]).toEqual([['a', 'b'], { after: 'b' }, 3])
    world.codes = ['c', 'a', 'b', 'bb']
    expect(idsOf((await list({ after: 'b' }, signal)).items)).toEqual(['c'])
    expect(world.asked).toBe(1)
    // Begun by another process, or hours ago: behind the same code, and it shows that the list has grown.
    const on = await list({ after: 'b' }, signal)
    expect([idsOf(on.items), on.next, on.total, world.asked]).toEqual([
      ...[['bb', 'c'], undefined, 4, 2],
    ])
  })

  it('never part the records of one code, and count what cannot be read', async () => {
    world.codes = ['b', 'a', 'b', 'b', undefined]
    const list = open(2)
    const one = await list({ after: '' }, signal)
    expect([idsOf(one.items), one.next, one.total]).toEqual([
      ...[['a', 'b', 'b#2', 'b#3'], undefined, 5],
    ])
    world.codes = []
    expect(await list({ after: '' }, signal)).toMatchObject({ items: [], total: 0 })
  })
})

describe('connectors/csdl-tthc over mapi', () => {
  let portal: ProcedureSimulator
  let http: SystemHttpClient
  let connector: Connector
  beforeEach(async () => {
    portal = await createProcedureSimulator({ port: 0, state: new Map(records) })
    http = createHttpClient({
      allowedOrigins: [portal.address],
      timeoutMs: 20_000,
    })
    connector = open(services)
  })
  afterEach(async () => {
    await connector.close()
    await http.close()
    await portal.stop()
  })

  const refuse = (): never => {
    throw new Error('not in this test')
  }
  const pace = { pageSize: 2, requestsPerSecond: 20 }
  const services = { source: 'mapi', dstcode: destination, ...account, agencyCode: '000.00.00.H99' }
  const open = (more: object): Connector =>
    createConnector(
      createContext({
        ...{ system: 'csdl-tthc', province: 'H99', publicUrl: 'https://hub.h99.example' },
        options: { ...pace, adapterUrl: portal.address, ...more },
        ...{ http, clock: { now: () => new Date() }, log: quietLogger },
        codes: { toRemote: refuse, toCanonical: refuse },
        ...{ validate: registry.validate, seal: refuse, open: refuse },
      }),
    )

  async function whole(operation: string, held?: readonly CatalogueEntry[]) {
    const pages: PullPage[] = []
    const marks = new Map<string, HeldItem>(
      held?.map(({ code, mark }) => [code, { mark, readAt: new Date() }]),
    )
    for (let cursor: string | undefined; ; ) {
      const request = { ...pullRequest({ operation }), cursor, held: async () => marks }
      const page = await connector.pull?.(request, signal)
      if (!page) throw new Error('no pull')
      pages.push(page)
      cursor = page.cursor
      if (!page.more) break
    }
    const entries = pages.flatMap(({ catalogue }) => catalogue?.entries ?? [])
    return { entries, complete: pages.at(-1)?.catalogue?.complete, pages: pages.length }
  }

  it('says what the public API says, in the same members', async () => {
    const legacy = await whole('procedures')
    await connector.close()
    connector = open({ baseUrl: `${portal.address}/api/v1` })
    const recent = await whole('procedures')
    expect([legacy.complete, legacy.pages, recent.complete]).toEqual([true, 2, true])
    for (const [index, { code, content = {} }] of legacy.entries.entries()) {
      const other = recent.entries[index]
      expect([code, faultsOf(content)]).toEqual([other?.code, []])
      const same = ['name', 'domain', 'subjects', 'executing', 'results', 'legalBases', 'methods']
      for (const name of same) expect([name, content[name]]).toEqual([name, other?.content?.[name]])
      expect(content.sourceId).toBe(`mapi:${other?.content?.sourceId}`)
    }
    await expect(
      connector.pull?.(pullRequest({ operation: 'agencies' }), signal),
    ).rejects.toMatchObject({ code: 'system-misconfigured' })
  })

  it('asks for details only where the line of the list is another', async () => {
    const first = await whole('procedures')
    expect(portal.details()).toEqual(['9.000001', '9.000002', '9.000003'])
    const [id, one] = records[1] as [string, HeldProcedure]
    portal.put(id, { ...one, name: 'Tên mới' })
    const second = await whole('procedures', first.entries)
    expect(portal.details().slice(3)).toEqual(['9.000002'])
    expect(second.entries.map(({ content }) => content?.name)).toEqual([
      undefined,
      'Tên mới',
      undefined,
    ])
    await connector.close()
    connector = open({ ...services, details: 'none' })
    const [listed] = (await whole('procedures')).entries
    expect(listed).toMatchObject({ code: '9.000001', content: { name: records[0]?.[1].name } })
    expect(portal.details()).toHaveLength(4)
  })

  it('lists agencies and domains', async () => {
    const agencies = await whole('agencies')
    expect(agencies.complete).toBe(true)
    expect(agencies.entries).toContainEqual(
      expect.objectContaining({ code: 'H99.02', content: { name: 'Sở Thử nghiệm', level: '2' } }),
    )
    expect((await whole('domains')).entries).toMatchObject([
      { code: 'G99-LV01', content: { name: 'Hộ tịch', sector: 'G99' } },
    ])
  })
})

describe('connectors/csdl-tthc, what LayThuTuc says', () => {
  const item = { id: '9.1', code: '9.1', name: 'Tên trong danh sách' }
  const read = (record: RemoteRecord) => legacyEntry(item, 'm', record, words)
  const way = (time: object) => [{ KENH: '9', THOIGIAN: [time] }]
  const methods = (time: object) => read({ CACHTHUCTHUCHIEN: way(time) }).content?.methods

  it.each<[string, unknown, unknown]>([
    [
      'a number of days',
      methods({ THOIGIANGIAIQUYET: '5', DONVITINH: 'ngày' }),
      { time: 5, unit: 'ngày' },
    ],
    ['days in words', methods({ THOIGIANGIAIQUYET: 'Trong ngày' }), { description: 'Trong ngày' }],
    [
      'days in words, with more',
      methods({ THOIGIANGIAIQUYET: '1.000', MOTA: 'x' }),
      { description: '1.000; x' },
    ],
  ])('takes %s', (_, said, expected) => {
    expect(said).toEqual([{ channel: '9', fees: [], ...(expected as object) }])
  })

  it.each<[string, object, object]>([
    [
      'a sum',
      { MAPHILEPHI: 'LP', SOTIEN: '8000', DONVI: 'Đồng', MOTA: '' },
      { kind: 'LP', amount: 8000 },
    ],
    ['no sum at all', { SOTIEN: '0' }, { amount: 0 }],
    ['a sum with a point', { SOTIEN: '8.000', DONVI: 'Đồng' }, { description: '8.000 Đồng' }],
    [
      'another currency',
      { SOTIEN: '5', DONVI: 'USD', MOTA: 'mỗi bản' },
      { description: '5 USD; mỗi bản' },
    ],
  ])('never makes a sum of what is none: %s', (_, fee, expected) => {
    const [method] = methods({ PHILEPHI: [fee, {}] }) as { fees: unknown }[]
    expect(method?.fees).toEqual([expected])
  })

  it('keeps which case a step belongs to, and the key of a result that can be reused', () => {
    const { content, identity } = read({
      ...{ id: 12, TRANGTHAI: '1', MACOQUANCONGBO: 'G99' },
      TRINHTUTHUCHIEN: [{ TRUONGHOP: 'Cấp lại', TRINHTU: [{ TENTRINHTU: 'Nộp' }, {}] }],
      THANHPHANHOSO: [
        { GIAYTO: [{ TENGIAYTO: 'Bản sao', MA_KQ_THAYTHE: 'KQ.G99.000001', SOBANSAO: 'hai' }] },
      ],
      CAPTHUCHIEN: [{ CAPTHUCHIEN: '3', TENCAP: 'Cấp xã' }],
    })
    expect([identity, faultsOf(content)]).toEqual(['mapi:12', []])
    expect(content).toEqual({
      ...{ name: item.name, sourceId: 'mapi:12', state: '1', promulgatedByCode: 'G99' },
      levels: [{ code: '3', name: 'Cấp xã' }],
      steps: [{ case: 'Cấp lại', name: 'Nộp' }],
      cases: [{ components: [{ name: 'Bản sao', resultCode: 'KQ.G99.000001' }] }],
    })
  })
})
