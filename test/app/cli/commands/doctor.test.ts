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
})
