/** Catalogues over `mapi` through the whole hub: services → engine → items, messages → one-stop system, API. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { account, destination, type HeldProcedure } from '../../connectors/csdl-tthc/simulator.ts'
import {
  type CatalogueWorld,
  closeCatalogueWorld,
  codesOf,
  openCatalogueWorld,
  read,
  records,
  run,
  told,
  toldSince,
} from '../support/catalogue-world.ts'

const [[firstId, first], [secondId, second], [thirdId]] = records as [
  [string, HeldProcedure],
  [string, HeldProcedure],
  [string, HeldProcedure],
]
const mapi = (adapterUrl: string) => ({
  ...{ source: 'mapi', adapterUrl, dstcode: destination, ...account },
  ...{ password: 'env:HUB_SECRET_PORTAL', agencyCode: '000.00.00.H99' },
  ...{ pageSize: 2, requestsPerSecond: 20 },
})

describe('catalogues over mapi', () => {
  let world: CatalogueWorld
  beforeEach(async () => {
    world = await openCatalogueWorld({ optionsAt: mapi })
  })
  afterEach(() => closeCatalogueWorld(world))

  it('brings every procedure, then only what is another; what is gone or issued anew is a problem', async () => {
    expect(await run(world)).toBeNull()
    expect(await toldSince(world, 0, 3)).toHaveLength(3)
    expect(told(world)[0]).toMatchObject({
      catalogue: 'procedures',
      content: {
        domain: { code: 'G99-LV01', name: 'Hộ tịch' },
        executing: [{ code: 'H99.02' }, { code: 'H99.14' }],
        results: [{ code: 'KQ.G99.000001' }],
        methods: [
          { channel: 'ONLINE', fees: [{ amount: 8000 }] },
          { channel: 'DIRECT', fees: [] },
        ],
        cases: [{ components: [{ code: 'GT.99.0001', originals: 1, forms: ['to-khai.docx'] }] }],
      },
    })
    // Unchanged: no message, no detail; and a session that is over costs a login, not the run.
    world.portal.misbehave({ mode: 'session-expired', times: 1, on: 'any' })
    expect(await run(world)).toBeNull()
    expect([told(world).length, world.portal.details().length]).toEqual([3, 3])

    world.portal.put(firstId, { ...first, name: 'Tên mới (thử nghiệm)' })
    world.portal.remove(secondId)
    const anew = { ...second, name: `${second.name} (cấp lại)` }
    world.portal.put('0190a000-0000-7000-8000-000000000009', anew)
    world.portal.remove(thirdId)
    expect(await run(world)).toBeNull()
    expect(await toldSince(world, 3, 3)).toEqual([
      ...['9.000001 changed 2', '9.000002 reissued 2', '9.000003 vanished 2'],
    ])
    const problems = await read(world, '/procedures/problems')
    expect((problems.json.items as { kind: string }[]).map(({ kind }) => kind).sort()).toEqual([
      ...['reissued', 'vanished'],
    ])
  })
})

describe('catalogues over another way', () => {
  let world: CatalogueWorld
  afterEach(() => closeCatalogueWorld(world))

  it('changes every procedure once when the way is changed, and re-issues none', async () => {
    world = await openCatalogueWorld()
    expect(await run(world)).toBeNull()
    await toldSince(world, 0, 3)
    await world.configure(mapi(world.portal.address))
    expect(await run(world)).toBeNull()
    expect(await toldSince(world, 3, 3)).toEqual([
      ...['9.000001 changed 2', '9.000002 changed 2', '9.000003 changed 2'],
    ])
    expect(await run(world)).toBeNull()
    expect([told(world).length, (await read(world, '/procedures/problems')).json.items]).toEqual([
      ...[6, []],
    ])
  })

  it('brings the agencies', async () => {
    world = await openCatalogueWorld({ optionsAt: mapi, operation: 'agencies' })
    expect(await run(world)).toBeNull()
    expect(codesOf((await read(world, '/agencies')).json)).toContain('H99.14')
  })
})
