import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'

describe('keys', () => {
  it('makes a master key file once and rotates the data key', async () => {
    const world = createCliWorld()
    const made = await hub(world, 'keys create /etc/hub/master.key')
    expect(made.out).toContain('HUB_MASTER_KEY_FILE=/etc/hub/master.key')
    expect((await hub(world, 'keys create /etc/hub/master.key')).code).toBe(4)
    expect((await hub(world, "keys rotate --reason 'định kỳ'")).out).toContain(
      'Khoá dữ liệu mới: 2',
    )
  })
})
