import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'
import { soundFacts } from '../../doctor/sound-facts.ts'

describe('doctor', () => {
  it('examines what is around the hub', async () => {
    const world = createCliWorld()
    world.facts = soundFacts
    expect(await hub(world, 'doctor')).toMatchObject({ code: 0 })
    world.facts = { ...soundFacts, postgres: { ok: false, why: { vi: 'sai mật khẩu', en: 'no' } } }
    const ran = await hub(world, 'doctor')
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(/✗ PostgreSQL: sai mật khẩu\n +→ Kiểm tra HUB_DATABASE_URL/)
    const json = JSON.parse((await hub(world, 'doctor --json')).out)
    expect(json).toMatchObject({ ok: false })
    expect(json.findings).toContainEqual(
      expect.objectContaining({ check: 'postgres', state: 'fail' }),
    )
  })

  it('writes a bundle, also when the store is away, and never over a file', async () => {
    const world = createCliWorld()
    world.facts = soundFacts
    const folder = mkdtempSync(join(tmpdir(), 'hub-bundle-'))
    try {
      const path = join(folder, 'a.json')
      expect((await hub(world, `doctor --bundle ${path}`)).code).toBe(0)
      expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ about: { version: '0.1.0' } })
      expect(world.hub.acts.at(-1)?.what).toBe('bundle.exported bundle')
      expect((await hub(world, `doctor --bundle ${path}`)).code).not.toBe(0)
      world.hub.world.storeAway = true
      const other = join(folder, 'b.json')
      expect((await hub(world, `doctor --bundle ${other}`)).code).toBe(0)
      const bundle = JSON.parse(readFileSync(other, 'utf8'))
      expect(bundle.findings.length).toBeGreaterThan(3)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('tells what the hub is', async () => {
    const ran = await hub(createCliWorld(), 'about')
    expect(ran).toMatchObject({ code: 0 })
    for (const text of ['0.1.0', 'may-1', 'audit', 'HUB_ROLE']) expect(ran.out).toContain(text)
  })
})
