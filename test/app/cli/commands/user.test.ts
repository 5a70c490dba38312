import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'

describe('user', () => {
  it('makes a user and shows the link once', async () => {
    const made = await hub(
      createCliWorld(),
      "user create lan.nguyen --role administrator --title 'Nguyễn Thị Thử' --unit H99.14 --reason 'nhận việc'",
    )
    expect(made.code).toBe(0)
    expect(made.out).toMatchSnapshot()
  })

  it('lists, shows and changes', async () => {
    const world = createCliWorld()
    expect((await hub(world, 'user list')).out).toMatchSnapshot()
    expect((await hub(world, 'user show lan.nguyen --lang en')).out).toMatchSnapshot()
    expect((await hub(world, 'user show khong-co')).code).toBe(4)
    for (const line of [
      "user change lan.nguyen --reveal yes --unit all --reason 'trực tuần'",
      "user disable lan.nguyen --reason 'nghỉ việc'",
      "user enable lan.nguyen --reason 'trở lại'",
      "user end-sessions lan.nguyen --reason 'mất máy'",
      "user set-up-link lan.nguyen --reset-totp --reason 'mất điện thoại'",
    ])
      expect((await hub(world, line)).code).toBe(0)
    expect(world.hub.acts.map(({ what, act }) => [what, act.reason])).toEqual([
      ['change lan.nguyen', 'trực tuần'],
      ['disable lan.nguyen', 'nghỉ việc'],
      ['enable lan.nguyen', 'trở lại'],
      ['end sessions lan.nguyen', 'mất máy'],
      ['set-up link lan.nguyen', 'mất điện thoại'],
    ])
  })

  it.each([
    ["user create Lan --role viewer --reason 'xyz'", 'chữ thường'],
    ["user create lan --role viwer --reason 'xyz'", 'viewer?'],
    ["user create lan --reason 'xyz'", '--role'],
    ['user create lan --role viewer', '--reason'],
    ["user change lan.nguyen --reason 'xyz'", 'Nêu điều cần thay đổi'],
    ["user change lan.nguyen --oidc-subject abc --reason 'xyz'", 'HUB_OIDC_ISSUER'],
  ])('refuses %s', async (line, words) => {
    const ran = await hub(createCliWorld(), line)
    expect(ran.code).toBe(2)
    expect(ran.err).toContain(words)
  })
})
