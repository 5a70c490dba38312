import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'

describe('audit', () => {
  it('lists and shows who did what', async () => {
    const world = createCliWorld()
    const listed = await hub(world, "audit list --actor user:lan --action 'client.*' --refused")
    expect(listed).toMatchObject({ code: 0 })
    expect(listed.out).toContain('client.changed')
    const shown = await hub(world, 'audit show 7')
    expect(shown.out).toContain('{"title":"Mới"}')
    expect(shown.out).toContain('3 (1..9)')
    expect((await hub(world, 'audit show 8')).code).toBe(4)
    expect((await hub(world, 'audit show x')).code).toBe(4)
  })

  it('exports, and puts that on record', async () => {
    const world = createCliWorld()
    const csv = await hub(world, 'audit export')
    expect(csv.out).toContain(",mot-cua,được,'=Thử,")
    const folder = mkdtempSync(join(tmpdir(), 'hub-audit-'))
    try {
      const path = join(folder, 'a.json')
      expect((await hub(world, `audit export --format json --out ${path}`)).code).toBe(0)
      expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ items: [{ id: '7' }] })
    } finally {
      rmSync(folder, { recursive: true })
    }
    expect(world.hub.acts.map(({ what }) => what)).toEqual([
      'audit.exported csv',
      'audit.exported json',
    ])
    expect((await hub(world, 'audit export --format xml')).code).toBe(2)
  })
})
