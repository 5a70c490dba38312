import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'

const state = {
  ...{ name: 'agencies', revision: 3, changedAt: '2026-11-22T01:02:03.000Z' },
  synchronisedAt: '2026-11-22T01:02:03.000Z',
}
const open = () => createCliWorld({ catalogues: [state] })

describe('catalogues', () => {
  it('lists them, shows their items and versions, and what uses a code that is gone', async () => {
    expect((await hub(open(), 'catalogues list')).out).toContain('agencies')
    expect((await hub(createCliWorld({}), 'catalogues list')).out).toBe('Chưa có danh mục nào.')
    const shown = await hub(open(), 'catalogues show agencies --at 2025-07-01')
    expect(shown.out).toMatch(/99001.*thêm.*2025-07-01 – ….*Xã An Thử/)
    expect((await hub(open(), 'catalogues show agencies 99001')).out).toContain('"Xã An Thử"')
    expect((await hub(open(), 'catalogues show agencies 404')).code).toBe(4)
    const problems = await hub(open(), 'catalogues problems agencies')
    expect(problems.out).toMatch(/99002.*không còn.*dvcqg-agency.*dossiers-to-dvcqg/)
  })

  it('refuses a day that is none, and hands on the bounds', async () => {
    expect((await hub(open(), 'catalogues show agencies --at 2025')).code).toBe(2)
    const world = open()
    await hub(world, 'catalogues show agencies --limit 7 --at 2025-07-01')
    expect(world.hub.catalogueFilters).toEqual([{ at: '2025-07-01', limit: 7 }])
  })

  it('closes, allows and loads with a reason only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'catalogue-'))
    const file = join(folder, 'co-quan.csv')
    writeFileSync(file, 'code,name\nH99,Tỉnh Mẫu\n')
    const world = open()
    for (const line of [
      'catalogues close agencies 99002',
      'catalogues allow agencies',
      `catalogues load agencies ${file}`,
    ]) {
      expect((await hub(world, line)).code).toBe(2)
      expect((await hub(world, `${line} --reason 'đã sửa bảng mã'`)).code).toBe(0)
    }
    expect(world.hub.acts.map(({ what }) => what)).toEqual([
      'close agencies/99002',
      'allow agencies',
      'load agencies 27 false',
    ])
    for (const wrong of ['co-quan.xlsx', 'khong-co.csv'])
      expect(
        (await hub(world, `catalogues load agencies ${wrong} --reason 'thử tệp sai'`)).code,
      ).toBe(2)
    rmSync(folder, { recursive: true })
  })
})
