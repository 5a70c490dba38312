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
