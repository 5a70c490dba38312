import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../src/app/doctor/facts.ts'
import { createCliWorld, hub, now } from '../../support/cli.ts'
import { makeFolder } from '../../support/folder.ts'
import { soundFiles } from '../config/sound-files.ts'
import { problem, system } from './views.ts'

describe('commands', () => {
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

  it('shows systems and what stands in their way', async () => {
    const world = createCliWorld({
      systems: [
        system('dvcqg'),
        system('ngat', { circuit: 'open', circuitSince: '2026-11-22T01:00:00.000Z' }),
        system('hong', { problem: { vi: 'Thiếu bí mật', en: 'A secret is missing' } }),
        system('dung', {
          paused: {
            since: '2026-11-22T01:00:00.000Z',
            by: 'hub',
            reason: 'session-refused',
            resumeAt: null,
            code: 'session-refused',
          },
        }),
        system('bao-tri', {
          maintenance: { reason: 'Sao lưu', until: '2026-11-22T18:00:00.000Z' },
        }),
      ],
      problems: [problem],
    })
    world.tty = true
    const { out } = await hub(world, 'systems list')
    expect(out).toMatchSnapshot()
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
    await hub(world, `config apply --dir ${makeFolder(soundFiles)} --reason 'bản đầu'`)
    expect((await hub(world, 'systems show dvcqg')).out).toContain('code-untranslated')
    expect((await hub(world, 'systems show dung')).out).toContain('Dừng bởi')
    expect((await hub(world, 'systems show khong-co')).code).toBe(4)
  })

  it('tests a connection and ends with 1 when a step fails', async () => {
    const step = (name: 'dns' | 'credentials', ok: boolean) => ({
      name,
      ok,
      durationMs: 12.4,
      detail: { vi: ok ? 'Được' : 'Sai mật khẩu', en: ok ? 'fine' : 'wrong password' },
    })
    const world = createCliWorld({
      systems: [system('dvcqg')],
      check: async () => [step('dns', true), step('credentials', false)],
    })
    const ran = await hub(world, 'systems check dvcqg')
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(/✓ +Phân giải tên +12 +Được\n✗ +Tài khoản +12 +Sai mật khẩu/)
    world.hub.world.check = async () => [step('dns', true)]
    expect((await hub(world, 'systems check dvcqg --json')).code).toBe(0)
  })

  it('pauses and resumes', async () => {
    const world = createCliWorld({ systems: [system('dvcqg')] })
    const line = "systems pause dvcqg --until 2026-11-22T12:00 --reason 'Cổng bảo trì'"
    const paused = await hub(world, line)
    expect(paused.out).toBe('Đã tạm dừng dvcqg, tự chạy lại lúc 22/11/2026 12:00:00.')
    await hub(world, "systems resume dvcqg --reason 'xong'")
    expect(world.hub.acts.map(({ what }) => what)).toEqual([
      'pause dvcqg 2026-11-22T05:00:00.000Z',
      'resume dvcqg',
    ])
    expect((await hub(world, line.replace('2026-11', '2025-11'))).code).toBe(2)
    expect((await hub(world, "systems resume khong-co --reason 'xong'")).code).toBe(4)
  })

  it('shows jobs and runs a pull', async () => {
    const pull = {
      job: 'lay-ve',
      nextRunAt: now.toISOString(),
      running: false,
      lastRunAt: now.toISOString(),
      lastCode: null,
      lastMessages: 7,
    }
    const world = createCliWorld({ pulls: [pull] })
    const on = soundFiles['jobs/lay-ve.yaml'].replace('enabled: false\n', '')
    const files = makeFolder({ ...soundFiles, 'jobs/lay-ve.yaml': on })
    await hub(world, `config apply --dir ${files} --reason 'bản đầu'`)
    expect((await hub(world, 'jobs list')).out).toMatchSnapshot()
    expect((await hub(world, 'jobs show ho-so')).out).toContain('dossier.progressed')
    expect((await hub(world, 'jobs show lay-ve')).out).toContain('7 bản tin')
    expect((await hub(world, 'jobs run lay-ve')).code).toBe(0)
    expect((await hub(world, 'jobs run ho-so')).code).toBe(2)
    expect((await hub(world, 'jobs run khong-co')).code).toBe(4)
  })

  it('makes a master key file once and rotates the data key', async () => {
    const world = createCliWorld()
    const made = await hub(world, 'keys create /etc/hub/master.key')
    expect(made.out).toContain('HUB_MASTER_KEY_FILE=/etc/hub/master.key')
    expect((await hub(world, 'keys create /etc/hub/master.key')).code).toBe(4)
    expect((await hub(world, "keys rotate --reason 'định kỳ'")).out).toContain(
      'Khoá dữ liệu mới: 2',
    )
  })

  it('proves, and ends with 1 when a proof fails', async () => {
    const world = createCliWorld()
    world.verdicts = [{ name: 'conservation', ok: true, count: 1200, examples: [] }]
    world.audit = { ok: true, sealed: 10, unsealed: 1, head: 'ab12', broken: null }
    expect(await hub(world, 'verify')).toMatchObject({ code: 0 })
    expect((await hub(world, 'audit verify')).out).toContain('ab12')
    world.verdicts = [...world.verdicts, { name: 'order', ok: false, count: 1, examples: ['9.2'] }]
    world.audit = { ok: false, sealed: 10, unsealed: 0, head: null, broken: '7' }
    const proof = await hub(world, 'verify')
    expect(proof.code).toBe(1)
    expect(proof.out).toMatch(/✗ +order +1 +9\.2/)
    expect(await hub(world, 'audit verify --json')).toMatchObject({ code: 1 })
  })

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

const soundFacts: Facts = {
  node: 'v20.20.2',
  poolSize: 16,
  embedded: false,
  masterKey: { ok: true, value: { path: '/etc/hub/master.key', mode: 0o600 } },
  postgres: {
    ok: true,
    value: {
      version: 180_004,
      fsync: true,
      synchronousCommit: true,
      clockOffsetMs: 12,
      maxConnections: 200,
      migrations: { applied: 1, known: 1 },
      processes: [{ id: 'may-1', role: 'all', seenSecondsAgo: 1 }],
      systems: [],
    },
  },
  redis: undefined,
  config: { faults: [], warnings: [], revision: { id: 1, differences: 0 }, secrets: [] },
  connectors: [{ id: 'dvcqg', problem: null }],
  certificates: [],
  disk: { ok: true, value: { path: '/data', freeBytes: 80e9, totalBytes: 100e9 } },
}
