/** Catalogues through the whole hub: portal → pull → store → message → one-stop system, and the API. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { HeldProcedure } from '../../connectors/csdl-tthc/simulator.ts'
import {
  act,
  type CatalogueWorld,
  closeCatalogueWorld,
  codesOf,
  intervene,
  job,
  openCatalogueWorld,
  read,
  records,
  run,
  short,
  told,
  toldSince,
} from '../support/catalogue-world.ts'
import { endProcess, forkHub, hubReady } from '../support/hub-process.ts'
import { waitUntil } from '../support/wait.ts'

const [[firstId, first], [secondId, second], [thirdId, third]] = records as [
  [string, HeldProcedure],
  [string, HeldProcedure],
  [string, HeldProcedure],
]

describe('catalogues', () => {
  let world: CatalogueWorld
  beforeAll(async () => {
    world = await openCatalogueWorld()
  })
  afterAll(() => closeCatalogueWorld(world))

  it('tells the one-stop system of every procedure at first, and of none when nothing has changed', async () => {
    expect(await run(world)).toBeNull()
    expect(await toldSince(world, 0, 3)).toEqual([
      '9.000001 added 1',
      '9.000002 added 1',
      '9.000003 added 1',
    ])
    expect(told(world)[0]).toMatchObject({
      catalogue: 'procedures',
      content: {
        domain: { code: 'G99-LV01', name: 'Hộ tịch' },
        executing: [{ code: 'H99.02' }, { code: 'H99.14' }],
        methods: [{ fees: [{ kind: 'FEE', amount: 8000 }] }, { unit: 'OTHER', fees: [] }],
        cases: [{ components: [{ code: 'GT.99.0001', originals: 1, forms: ['to-khai.docx'] }] }],
      },
    })
    expect(told(world)[0]).not.toHaveProperty('validFrom')
    expect(world.portal.details()).toHaveLength(3)

    expect(await run(world)).toBeNull()
    const [messages] = await world.server.database.sql<{ n: number }>(
      'select count(*)::int as n from hub.message',
    )
    expect(messages?.n).toBe(3)
    // Nothing in the list has changed, so no detail was asked for again.
    expect(world.portal.details()).toHaveLength(3)
  })

  it('answers with an ETag, and says so when nothing has changed', async () => {
    const { status, json, headers } = await read(world, '/procedures')
    expect(status).toBe(200)
    expect(codesOf(json)).toEqual(['9.000001', '9.000002', '9.000003'])
    const etag = headers.get('etag') ?? ''
    const again = await read(world, '/procedures', { 'if-none-match': `"other", W/${etag}` })
    expect([again.status, again.json]).toEqual([304, {}])
    const since = encodeURIComponent(String(json.changedAt))
    const changed = await read(world, `/procedures?changedSince=${since}`)
    // A moment has milliseconds, the store has more: of the last page, and of that only.
    expect(['9.000003']).toEqual(expect.arrayContaining(codesOf(changed.json)))
  })

  it('tells what was changed, re-issued and lost, and what the configuration still uses of it', async () => {
    const before = told(world).length
    const { headers, json } = await read(world, '/procedures')
    world.portal.put(firstId, { ...first, name: 'Tên mới (thử nghiệm)' })
    world.portal.remove(secondId)
    world.portal.put('0190a000-0000-7000-8000-000000000009', { ...second })
    world.portal.remove(thirdId)
    expect(await run(world)).toBeNull()
    expect(await toldSince(world, before, 3)).toEqual([
      '9.000001 changed 2',
      '9.000002 reissued 2',
      '9.000003 vanished 2',
    ])
    const etag = headers.get('etag') ?? ''
    expect((await read(world, '/procedures', { 'if-none-match': etag })).status).toBe(200)
    const changedSince = encodeURIComponent(String(json.changedAt))
    const changed = await read(world, `/procedures?changedSince=${changedSince}`)
    expect(changed.json.items).toMatchObject([
      { code: '9.000001', change: 'changed', content: { name: 'Tên mới (thử nghiệm)' } },
      { code: '9.000002', change: 'reissued' },
      { code: '9.000003', change: 'vanished', vanished: true, content: null },
    ])
    const problems = await read(world, '/procedures/problems')
    expect(problems.json.items).toMatchObject([
      {
        ...{ code: '9.000003', kind: 'vanished', codeTables: ['tthc-procedure-domain'] },
        jobs: ['catalogues-to-tthc'],
      },
      { code: '9.000002', kind: 'reissued', codeTables: ['tthc-procedure-domain'] },
    ])
    const warned = world.server.lines.filter(({ level }) => level === 'warn')
    expect(warned.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['catalogue.vanished', 'catalogue.reissued']),
    )
    const code = await read(world, '/procedures/9.000001')
    expect(code.json.versions).toMatchObject([
      { version: 2, until: null, validTo: null },
      { version: 1, validFrom: null, content: { name: first.name } },
    ])
  })

  it('closes the problem when the code comes back, or when somebody has seen to it', async () => {
    const before = told(world).length
    world.portal.put(thirdId, third)
    expect(await run(world)).toBeNull()
    expect(await toldSince(world, before, 1)).toEqual(['9.000003 added 3'])
    const close = '/procedures/9.000002/close-problem'
    expect(await intervene(world, close)).toMatchObject({ status: 200, json: { items: [] } })
    expect((await intervene(world, close)).status).toBe(404)
    expect((await read(world, '/procedures/problems')).json.items).toEqual([])
    const { json } = await read(world, '')
    expect(json.items).toMatchObject([
      { name: 'procedures', source: job, items: 3, vanished: 0, problems: 0 },
    ])
  })

  it.each([
    'html-200',
    'half-body',
    'server-error',
    'rate-limit',
    'refuse',
    'unknown-words',
  ] as const)(
    'loses nothing and goes on delivering when the portal fails half way: %s',
    async (mode) => {
      const before = told(world).length
      // The first page passes, the second does not.
      world.portal.misbehave({ mode: 'slow', ms: 1, times: 1, on: 'any' })
      world.portal.misbehave({ mode, times: 1, on: 'any' })
      expect(await run(world)).not.toBeNull()
      const question = {
        ...{ source: '/test', eventId: mode, type: 'vn.tthc.question.asked.v1', subject: mode },
        time: '2026-11-22T08:00:00+07:00',
        data: { id: mode, agency: { code: 'H99.14', name: 'Xã An Thử' }, content: 'Hỏi?' },
      }
      const client = { id: 'c', scopes: [], sources: ['*'], types: ['*'] }
      await world.server.hub.acceptMessages([question], client)
      await waitUntil('the question arrives', async () =>
        world.office.received().some(({ subject, applied }) => subject === mode && applied),
      )
      expect(await run(world)).toBeNull()
      expect(told(world)).toHaveLength(before)
    },
  )
})

const many = Array.from({ length: 60 }, (_, n): [string, HeldProcedure] => [
  `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  { ...first, code: `9.0001${String(n).padStart(2, '0')}` },
])

describe('catalogues of a portal that is not what it was', () => {
  let world: CatalogueWorld
  afterEach(() => closeCatalogueWorld(world))

  it('goes on after a kill in the middle of a listing, loses nothing, and tells everything once', async () => {
    const procedures = many.slice(0, 12)
    world = await openCatalogueWorld({ procedures, role: 'api' })
    const worker = async () => {
      const child = forkHub(['start'], { ...world.server.env, HUB_ROLE: 'worker', HUB_LOG: 'json' })
      await hubReady(child)
      return child
    }
    let child = await worker()
    try {
      expect(await run(world)).toBeNull()
      await toldSince(world, 0, 12)
      // A second listing, killed after some of its pages.
      for (const [id, held] of procedures) world.portal.put(id, { ...held, name: 'Đổi tên' })
      const before = world.portal.details().length
      await world.server.hub.pulls.runNow(job, act)
      await waitUntil('some are read', () => world.portal.details().length >= before + 5)
      await endProcess(child, 'SIGKILL')
      const asked = world.portal.details().length
      expect(asked).toBeLessThan(before + 12)
      // Its lease has a minute to run out.
      await world.server.database.sql('update hub.pull set lease_until = now()')
      child = await worker()
      await waitUntil('all are told', async () => told(world).length >= 24)
      const changes = short(told(world).slice(12))
      expect(changes).toEqual(procedures.map(([, { code }]) => `${code} changed 2`))
      // Only what the page in hand had read is read again.
      expect(world.portal.details().length).toBeLessThanOrEqual(before + 12 + 2)
      const { json } = await read(world, '')
      expect(json.items).toMatchObject([{ items: 12, vanished: 0, problems: 0 }])
    } finally {
      await endProcess(child)
    }
  }, 120_000)

  it('takes a list that says less than it promises for no proof of anything', async () => {
    world = await openCatalogueWorld({ options: { listing: 'pages' } })
    expect(await run(world)).toBeNull()
    world.portal.remove(thirdId)
    world.portal.hide(1)
    expect(await run(world)).toBeNull()
    expect(codesOf((await read(world, '/procedures')).json)).toHaveLength(3)
    world.portal.hide(0)
    expect(await run(world)).toBeNull()
    expect(codesOf((await read(world, '/procedures')).json)).toEqual(['9.000001', '9.000002'])
  })

  it('lets a third vanish at once only when a person allows it', async () => {
    const options = { pageSize: 50, details: 'none' }
    world = await openCatalogueWorld({ procedures: many, options })
    expect(await run(world)).toBeNull()
    for (const [id] of many.slice(0, 30)) world.portal.remove(id)
    expect(await run(world)).toBe('catalogue-shrunk')
    expect((await read(world, '')).json.items).toMatchObject([{ items: 60, vanished: 0 }])
    expect((await intervene(world, '/procedures/listing/allow-shrink')).status).toBe(200)
    expect(await run(world)).toBeNull()
    expect((await read(world, '')).json.items).toMatchObject([{ items: 30, vanished: 30 }])
    // The permission was for once.
    for (const [id] of many.slice(30, 59)) world.portal.remove(id)
    expect(await run(world)).toBe('catalogue-shrunk')
  })

  it('loads a catalogue from a file, with its periods, and only what differs is told', async () => {
    world = await openCatalogueWorld()
    const load = (lines: readonly string[]) => {
      const bytes = Buffer.from(['code,valid_from,valid_to,name', ...lines].join('\n'))
      const file = { name: 'xa.csv', bytes }
      return world.server.hub.catalogues.load('administrative-units', file, { shrink: false }, act)
    }
    const old = '99001,2004-01-01,2025-06-30,Xã An Thử'
    const merged = '99001,2025-07-01,,Xã Thử Thách'
    const other = '99002,2004-01-01,2025-06-30,Xã Thử Thách Cũ'
    expect(await load([old, merged, other])).toMatchObject({ entries: 3, added: 3 })
    expect(await load([other, merged, old])).toMatchObject({ entries: 3, added: 0, changed: 0 })
    expect(await toldSince(world, 0, 3)).toHaveLength(3)
    const on = async (day: string) =>
      (await read(world, `/administrative-units?at=${day}`)).json.items as { content: object }[]
    expect((await on('2025-06-30')).map(({ content }) => content)).toEqual([
      { name: 'Xã An Thử' },
      { name: 'Xã Thử Thách Cũ' },
    ])
    expect((await on('2025-07-01')).map(({ content }) => content)).toEqual([
      { name: 'Xã Thử Thách' },
    ])
    // A correction of the past is the past from now on; what is gone now was there all the same.
    expect(await load([`${old} (sửa)`, merged])).toMatchObject({ changed: 1, vanished: 1 })
    expect((await on('2025-06-30')).map(({ content }) => content)).toEqual([
      { name: 'Xã An Thử (sửa)' },
      { name: 'Xã Thử Thách Cũ' },
    ])
    expect(await on('2025-07-01')).toHaveLength(1)
  })
})
