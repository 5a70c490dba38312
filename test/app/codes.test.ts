/** Code tables over HTTP: what they hold, and how an entry is added or changed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHub, type TestHub } from '../support/hub-server.ts'

let hub: TestHub
let key: string
const table = 'dat-dai-procedure'
const reason = 'Thủ tục mới công bố'
const list = (query = '') => hub.ask('GET', `/api/v1/code-tables/${table}${query}`, { key })
const set = (body: object, name = table) =>
  hub.ask('POST', `/api/v1/code-tables/${name}/entries`, { key, body: { reason, ...body } })
const codesOf = async (query = '') =>
  ((await list(query)).json as { items: { canonical: string }[] }).items.map((row) => row.canonical)

beforeAll(async () => {
  const system = { id: 'ilis', connector: 'dat-dai', title: { vi: 'Đất đai', en: 'Land' } }
  hub = await openTestHub({
    systems: [{ ...system, options: { ilis: { baseUrl: 'http://127.0.0.1:9' } } }],
    role: 'api',
  })
  key = await hub.key('catalogues:read', 'catalogues:write')
}, 60_000)
afterAll(() => hub.close())

describe('code tables', () => {
  it('are listed with the systems that use them', async () => {
    const { json } = await hub.ask('GET', '/api/v1/code-tables', { key })
    expect(json.items).toContainEqual({ name: table, entries: 1, systems: ['ilis'] })
    expect(json.items).toContainEqual(
      expect.objectContaining({ name: 'dvcqg-agency', systems: [] }),
    )
    expect(await codesOf()).toEqual(['1.012345'])
    expect((await hub.ask('GET', '/api/v1/code-tables/none', { key })).status).toBe(404)
    expect((await hub.ask('GET', '/api/v1/code-tables/constructor', { key })).status).toBe(404)
  })

  it('take an entry as a revision with author and reason, on record with before and after', async () => {
    const before = hub.hub.revisions.running()?.id ?? 0
    const entry = { canonical: '1.099999', remote: 'QT-A', validFrom: '2025-07-01' }
    const added = await set(entry)
    expect([added.status, added.json]).toEqual([
      200,
      {
        ...{ revision: before + 1, changed: true, before: null },
        entry: { ...entry, validTo: null },
      },
    ])
    expect(hub.hub.revisions.running()?.configuration.codes[table]).toHaveLength(2)
    const changed = await set({ ...entry, remote: 'QT-B' })
    expect(changed.json).toMatchObject({
      ...{ revision: before + 2, before: { remote: 'QT-A' }, entry: { remote: 'QT-B' } },
    })
    expect((await set({ ...entry, remote: 'QT-B' })).json).toMatchObject({
      ...{ revision: before + 2, changed: false },
    })
    const trail = await hub.database.sql(
      `select action, detail from hub.audit where object = $1 order by id`,
      [table],
    )
    expect(trail.map(({ action, detail }) => [action, JSON.parse(detail)])).toEqual([
      ['code-table.changed', expect.objectContaining({ reason, before: null })],
      [
        'code-table.changed',
        expect.objectContaining({
          before: expect.objectContaining({ remote: 'QT-A' }),
          after: expect.objectContaining({ remote: 'QT-B' }),
        }),
      ],
    ])
    expect((await hub.hub.revisions.list(1))[0]).toMatchObject({ reason })
  })

  it('refuse what a file would be refused for, at the member that is wrong', async () => {
    const faultsOf = async (body: object) => {
      const { status, json } = await set(body)
      expect(status).toBe(400)
      return (json.errors as { pointer: string; vi: string }[]) ?? []
    }
    const overlap = await faultsOf({ canonical: '1.012345', remote: 'X', validFrom: '2025-01-01' })
    expect(overlap).toMatchObject([{ pointer: '/validFrom' }])
    expect(JSON.stringify(overlap)).toContain('QT-BIEN-DONG')
    expect(await faultsOf({ canonical: ' 1.1', remote: 'X' })).toMatchObject([
      { pointer: '/canonical' },
    ])
    const turned = { canonical: '1.1', remote: 'X', validFrom: '2025-02-01', validTo: '2025-01-01' }
    expect(await faultsOf(turned)).toMatchObject([{ pointer: '/validTo' }])
    expect((await set({ canonical: '1', remote: 'X' }, 'none')).status).toBe(404)
    expect((await set({ canonical: '1', remote: 'X', reason: ' ' })).json.code).toBe(
      'reason-missing',
    )
    expect(await codesOf()).toEqual(['1.012345', '1.099999'])
  })

  it('are not overwritten unseen by a second person', async () => {
    const entry = { canonical: '3.000001', remote: 'QT-A' }
    expect((await set({ ...entry, seen: null })).status).toBe(200)
    const second = await set({ ...entry, remote: 'QT-B', seen: null })
    expect([second.status, second.json.code]).toEqual([409, 'state-conflict'])
    expect(second.json.detail).toContain('QT-A')
    // What comes twice, because an answer was lost, is no conflict.
    expect((await set({ ...entry, seen: null })).json).toMatchObject({ changed: false })
    expect((await set({ ...entry, remote: 'QT-C', seen: { remote: 'QT-A' } })).status).toBe(200)
    expect((await set({ ...entry, remote: 'QT-D', seen: { remote: 'QT-A' } })).status).toBe(409)
    const until = { ...entry, remote: 'QT-C', validTo: '2030-12-31' }
    expect((await set({ ...until, seen: { remote: 'QT-C', validTo: null } })).status).toBe(200)
    // A form that was opened before does not take the last day away.
    const old = { ...entry, remote: 'QT-D', seen: { remote: 'QT-C', validTo: null } }
    expect((await set(old)).status).toBe(409)
    expect(
      (await set({ canonical: '3.000002', remote: 'X', seen: { remote: 'QT-A' } })).status,
    ).toBe(409)
    expect(await codesOf('?search=3.00000')).toEqual(['3.000001'])
  })

  it('lose nothing when two people add at the same moment', async () => {
    const codes = Array.from({ length: 8 }, (_, at) => `2.00000${at}`)
    await Promise.all(codes.map((canonical) => set({ canonical, remote: `QT-${canonical}` })))
    expect(await codesOf('?search=2.0000')).toEqual(codes)
  })

  it('are read page by page, and searched in either column', async () => {
    const first = await list('?limit=4')
    expect(first.json).toMatchObject({ entries: 11, next: expect.any(String) })
    expect(await codesOf(`?limit=4&cursor=${first.json.next}`)).toEqual([
      '2.000002',
      '2.000003',
      '2.000004',
      '2.000005',
    ])
    expect(await codesOf('?search=bien-dong')).toEqual(['1.012345'])
    expect((await list('?cursor=abc')).status).toBe(400)
  })
})
