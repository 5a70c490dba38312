import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'

describe('client', () => {
  it('makes a client and shows its key once', async () => {
    const world = createCliWorld()
    const line =
      "client create mot-cua --title 'Phần mềm một cửa' --source /H99/mot-cua --scope messages:write --days 90 --reason 'đấu nối'"
    const made = await hub(world, line)
    expect(made.code).toBe(0)
    expect(made.out).toMatchSnapshot()
    expect(world.clients).toMatchObject([
      { id: 'mot-cua', scopes: ['messages:write'], sources: ['/H99/mot-cua'], types: ['*'] },
    ])
    const listed = await hub(world, 'client list')
    expect(listed.out).toContain('key-1')
    expect(listed.out).toContain('còn 90 ngày')
    expect(listed.out).not.toContain('hub_test_')
    expect((await hub(world, line)).code).toBe(4)
  })

  it('lets old keys end by themselves', async () => {
    const world = createCliWorld()
    await hub(world, "client create bao-cao --title 'Báo cáo' --scope messages:read --reason 'đọc'")
    const rotated = await hub(world, "client rotate bao-cao --overlap 24 --reason 'định kỳ'")
    expect(rotated.out).toContain('Khoá cũ còn dùng được tới')
    expect(world.clients[0]?.keys[0]?.expiresAt).toBe('2026-11-23T03:04:05.000Z')
    const both = "client rotate bao-cao --overlap 24 --revoke-old --reason 'định kỳ'"
    expect((await hub(world, both)).code).toBe(2)
  })

  it('changes, disables and enables', async () => {
    const world = createCliWorld()
    await hub(world, "client create bao-cao --title 'Báo cáo' --scope messages:read --reason 'đọc'")
    expect((await hub(world, "client change bao-cao --reason 'không gì cả'")).code).toBe(2)
    const changed = "client change bao-cao --scope messages:read --scope files:read --reason 'thêm'"
    expect((await hub(world, changed)).code).toBe(0)
    expect(world.clients[0]?.scopes).toEqual(['messages:read', 'files:read'])
    const writes = "client change bao-cao --scope messages:write --reason 'thiếu nguồn'"
    expect((await hub(world, writes)).code).toBe(4)
    expect((await hub(world, "client disable bao-cao --reason 'tạm dừng'")).code).toBe(0)
    expect((await hub(world, "client disable bao-cao --reason 'tạm dừng'")).code).toBe(4)
    expect((await hub(world, 'client list')).out).toContain('khoá ')
    expect((await hub(world, "client enable bao-cao --reason 'dùng lại'")).code).toBe(0)
    expect((await hub(world, "client enable khong-co --reason 'dùng lại'")).code).toBe(4)
    expect((await hub(world, "client change khong-co --title x --reason 'dùng lại'")).code).toBe(4)
  })

  it('rotates keys without a gap and revokes them', async () => {
    const world = createCliWorld()
    await hub(world, "client create bao-cao --title 'Báo cáo' --scope messages:read --reason 'đọc'")
    const rotated = await hub(world, "client rotate bao-cao --reason 'định kỳ'")
    expect(rotated.out).toContain('hub_test_key-2_secret')
    expect(rotated.out).toContain('Khoá cũ còn dùng được: key-1')
    const json = await hub(world, "client rotate bao-cao --revoke-old --json --reason 'lộ khoá'")
    expect(JSON.parse(json.out)).toMatchObject({ client: 'bao-cao', keyId: 'key-3' })
    expect(world.clients[0]?.keys.map(({ revokedAt }) => revokedAt !== null)).toEqual([
      true,
      true,
      false,
    ])
    expect((await hub(world, "client revoke --key key-3 --reason 'thôi dùng'")).code).toBe(0)
    expect((await hub(world, "client revoke bao-cao --reason 'thôi dùng'")).code).toBe(0)
    expect((await hub(world, "client revoke bao-cao --reason 'thôi dùng'")).code).toBe(4)
    expect((await hub(world, "client revoke --reason 'thôi dùng'")).code).toBe(2)
    expect((await hub(world, "client rotate khong-co --reason 'định kỳ'")).code).toBe(4)
  })

  it.each([
    ["client create MotCua --title x --source /a --reason 'xyz'", 'chữ thường'],
    [
      "client create mot-cua --title x --source /a --scope message:write --reason 'xyz'",
      'messages:write?',
    ],
    ["client create mot-cua --title x --reason 'xyz'", '--source'],
    ["client create mot-cua --title x --source /a --days 0 --reason 'xyz'", 'từ 1 đến 3650'],
  ])('refuses %s', async (line, words) => {
    const world = createCliWorld()
    const ran = await hub(world, line)
    expect(ran.code).toBe(2)
    expect(ran.err).toContain(words)
    expect(world.clients).toEqual([])
  })
})
