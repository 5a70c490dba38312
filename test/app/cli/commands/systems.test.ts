import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'
import { makeFolder } from '../../../support/folder.ts'
import { soundFiles } from '../../config/sound-files.ts'
import { problem, system } from '../views.ts'

describe('systems', () => {
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

  it('lists what was not tried as such', async () => {
    const step = (name: 'tcp' | 'call', given: object) => ({
      ...{ name, ok: false, durationMs: 3, detail: { vi: 'Không nối được', en: 'Not reached' } },
      ...given,
    })
    const world = createCliWorld({
      systems: [system('dvcqg')],
      check: async () => [step('tcp', {}), step('call', { tried: false })],
    })
    const { out } = await hub(world, 'systems check dvcqg')
    expect(out).toMatch(/✗ +Kết nối +3 .*\n– +Gọi thử +– /)
  })

  it('shows figures, the certificate and windows of one', async () => {
    const figures = { attempts: 40, failed: 10, refused: 0, errorRate: 0.25, p50Ms: 80, p95Ms: 950 }
    const window = { kind: 'weekly' as const, days: [7], from: '23:00', to: '02:00' }
    const world = createCliWorld({
      systems: [
        system('dvcqg', {
          health: {
            ...{ last15Minutes: figures, lastHour: figures, deliveredPerMinute: 2, backlog: 90 },
            drain: { seconds: 2700, atLeast: true, reason: null },
            certificate: {
              ...{ host: 'a:443', subject: 'dvcqg.example', daysLeft: 5 },
              expiresAt: '2026-11-27T00:00:00.000Z',
            },
          },
          windows: [
            {
              ...{ window: { ...window, reason: 'Sao lưu' }, inForce: false },
              ...{ from: '2026-11-22T16:00:00.000Z', until: '2026-11-22T19:00:00.000Z' },
            },
          ],
        }),
      ],
    })
    await hub(world, `config apply --dir ${makeFolder(soundFiles)} --reason 'bản đầu'`)
    const { out } = await hub(world, 'systems show dvcqg')
    expect(out).toMatch(/40 lần thử, lỗi 25%, một nửa dưới 80 ms, 95% dưới 950 ms/)
    expect(out).toMatch(/Gửi hết.*ít nhất .*đang chờ 90/)
    expect(out).toMatch(/dvcqg\.example: còn 5 ngày/)
    expect((await hub(world, 'systems windows dvcqg')).out).toMatch(/22\/11\/2026 23:00.*Sao lưu/)
  })

  it('sets the rate and windows with a reason only', async () => {
    const world = createCliWorld({ systems: [system('dvcqg')] })
    const line = 'systems rate dvcqg 2.5'
    expect((await hub(world, line)).code).toBe(2)
    expect((await hub(world, `${line} --reason ChamLai`)).out).toMatch(/bản cấu hình 4/)
    expect((await hub(world, 'systems rate dvcqg none --reason ThoiHan')).code).toBe(0)
    expect((await hub(world, 'systems rate dvcqg nhanh --reason ThoiHan')).code).toBe(2)
    const json = '{"kind":"weekly","days":[7],"from":"23:00","to":"02:00","reason":"x"}'
    expect((await hub(world, `systems windows dvcqg --add ${json}`)).code).toBe(2)
    expect((await hub(world, `systems windows dvcqg --add khong --reason SaoLuu`)).code).toBe(2)
    const file = `${makeFolder({ 'w.json': json })}/w.json`
    expect((await hub(world, `systems windows dvcqg --add @${file} --reason SaoLuu`)).code).toBe(0)
    expect(world.hub.acts.map(({ what }) => what)).toEqual([
      ...['rate dvcqg 2.5', 'rate dvcqg null', `windows dvcqg {"add":${json}}`],
    ])
  })

  it('shows what a system is still to be asked about, and whether anybody asks', async () => {
    const follow = {
      ...{ system: 'thanh-toan', subject: 'H992401010001T01', state: { amount: 50000 } },
      ...{ since: '2026-11-22T01:00:00.000Z', askedAt: '2026-11-22T02:00:00.000Z' },
      ...{ dueAt: '2026-11-22T03:00:00.000Z', askedBy: [] },
    }
    const other = { ...follow, system: 'ho-tich', askedAt: null }
    const asking = [{ job: 'hoi', title: { vi: 'Hỏi hộ tịch', en: 'Ask' } }]
    const world = createCliWorld({ follows: [follow, { ...other, askedBy: asking }] })
    const { out } = await hub(world, 'systems follows thanh-toan')
    for (const words of ['H992401010001T01', '22/11/2026 09:00:00', '{"amount":50000}'])
      expect(out).toContain(words)
    expect(out).toContain('Không có luồng lấy về nào đang bật')
    const asked = (await hub(world, 'systems follows ho-tich')).out
    expect(asked).toContain('chưa hỏi')
    expect(asked).toContain('hoi (Hỏi hộ tịch)')
    expect((await hub(world, 'systems follows khac')).out).toContain('Không có gì')
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
})
