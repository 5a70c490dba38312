import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'

const world = () => {
  const made = createCliWorld()
  made.restoration = {
    lostUntil: '2026-11-22T03:09:05.000Z',
    newestLeft: '2026-11-22T02:00:00.000Z',
    doubted: 1_234,
    stopped: 2,
    paused: ['dvcqg'],
  }
  return made
}

describe('restored', () => {
  it('says what is in doubt, what the sources must send again, and what to look at', async () => {
    const made = world()
    const ran = await hub(made, "restored --reason 'đĩa hỏng'")
    expect(ran.code).toBe(0)
    // The store's clock knows better what is now.
    expect(made.lostUntil).toBeUndefined()
    for (const said of ['1.234 lượt gửi', '2 lượt', 'Tạm dừng: dvcqg', 'hub client list'])
      expect(ran.out).toContain(said)
  })

  it('takes the time at which the lost database ended, and answers in JSON', async () => {
    const made = world()
    const ran = await hub(made, "restored --lost-until 2026-11-21T10:30 --reason 'đĩa hỏng' --json")
    expect(made.lostUntil?.toISOString()).toBe('2026-11-21T03:30:00.000Z')
    expect(JSON.parse(ran.out)).toMatchObject({ doubted: 1_234, stopped: 2 })
  })

  it('asks for a reason, and for a time that is one', async () => {
    expect((await hub(world(), 'restored')).code).toBe(2)
    expect((await hub(world(), "restored --lost-until gestern --reason 'đĩa hỏng'")).code).toBe(2)
  })
})
