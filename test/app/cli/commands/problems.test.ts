import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'
import { problem } from '../views.ts'

describe('problems', () => {
  it('lists them, shows one, and carries out each action with its reason', async () => {
    const world = createCliWorld({ problems: [problem] })
    expect((await hub(world, 'problems list --side data')).out).toMatch(/code-untranslated.*12/)
    expect((await hub(world, 'problems list --side nobody')).code).toBe(2)
    expect((await hub(world, 'problems show 1')).out).toContain('dvcqg / push-dossier')
    expect((await hub(world, 'problems show x')).code).toBe(2)
    expect((await hub(world, 'problems show 9')).code).toBe(4)
    const actions = [
      'acknowledge 1',
      'assign 1 --to lan',
      'note 1',
      'mute 1 --until 2099-01-01T00:00+07:00',
      'unmute 1',
      'resolve 1',
    ]
    for (const action of actions)
      expect((await hub(world, `problems ${action} --reason 'đã gọi đơn vị'`)).code).toBe(0)
    expect(world.hub.acts.map(({ what }) => what)).toEqual(
      actions.map((action) => `${action.split(' ')[0]} problem 1`),
    )
    expect((await hub(world, 'problems resolve 1')).code).toBe(2)
  })
})
