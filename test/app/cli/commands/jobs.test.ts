import { describe, expect, it } from 'vitest'
import type { PullView } from '../../../../src/engine/ports/pulls.ts'
import { createCliWorld, hub, now } from '../../../support/cli.ts'
import { makeFolder } from '../../../support/folder.ts'
import { soundFiles } from '../../config/sound-files.ts'

const idle: PullView = {
  job: 'lay-ve',
  nextRunAt: now.toISOString(),
  nextRuns: [now.toISOString(), '2026-11-22T04:00:00.000Z'],
  running: false,
  paused: null,
  skippedAt: null,
  lastRunAt: now.toISOString(),
  lastCode: null,
  lastMessages: 7,
}
const paused = {
  since: '2026-11-22T01:00:00.000Z',
  by: 'cli:lan',
  reason: 'Nguồn chuyển dữ liệu',
  resumeAt: null,
  code: null,
}

async function worldWith(change: Partial<PullView> = {}, catchUp = 'one') {
  const world = createCliWorld({ pulls: [{ ...idle, ...change }] })
  const on = soundFiles['jobs/lay-ve.yaml'].replace('enabled: false\n', `catchUp: ${catchUp}\n`)
  const files = makeFolder({ ...soundFiles, 'jobs/lay-ve.yaml': on })
  await hub(world, `config apply --dir ${files} --reason 'bản đầu'`)
  return world
}

describe('jobs', () => {
  it('shows jobs and runs a pull', async () => {
    const world = await worldWith()
    expect((await hub(world, 'jobs list')).out).toMatchSnapshot()
    expect((await hub(world, 'jobs show ho-so')).out).toContain('dossier.progressed')
    expect((await hub(world, 'jobs show lay-ve')).out).toContain('7 bản tin')
    expect((await hub(world, 'jobs show lay-ve')).out).toContain('22/11/2026 11:00:00')
    expect((await hub(world, 'jobs show lay-ve')).out).toContain('chạy bù một lần')
    expect((await hub(world, 'jobs run lay-ve')).code).toBe(0)
    expect((await hub(world, 'jobs run ho-so')).code).toBe(2)
    expect((await hub(world, 'jobs run khong-co')).code).toBe(4)
  })

  it('shows who has paused a pull, why and until when, and does not run it', async () => {
    const skippedAt = '2026-11-22T02:00:00.000Z'
    const world = await worldWith({ paused, nextRuns: [], skippedAt }, 'skip')
    expect((await hub(world, 'jobs list')).out).toContain('Tạm dừng: Nguồn chuyển dữ liệu')
    const { out } = await hub(world, 'jobs show lay-ve')
    for (const part of ['cli:lan', 'khi có người cho chạy', 'bỏ qua, chờ giờ tới', '09:00:00'])
      expect(out).toContain(part)
    const run = await hub(world, 'jobs run lay-ve')
    expect(run.code).toBe(4)
    expect(run.err).toContain('đang tạm dừng')
  })

  it('lets one that runs already run once more behind that run', async () => {
    const run = await hub(await worldWith({ running: true }), 'jobs run lay-ve')
    expect(run.code).toBe(0)
    expect(run.out).toContain('chạy thêm một lần')
  })

  it('pauses and resumes a pull, but nothing that is pushed', async () => {
    const world = await worldWith()
    const line = "jobs pause lay-ve --until 2026-11-22T12:00 --reason 'Nguồn bảo trì'"
    expect((await hub(world, line)).out).toBe(
      'Đã tạm dừng lay-ve, tự chạy lại lúc 22/11/2026 12:00:00.',
    )
    expect((await hub(world, "jobs pause lay-ve --reason 'Nguồn bảo trì'")).out).toContain(
      'cho tới khi hub jobs resume',
    )
    await hub(world, "jobs resume lay-ve --reason 'xong'")
    expect(world.hub.acts.map(({ what }) => what)).toEqual([
      'pause pull lay-ve 2026-11-22T05:00:00.000Z',
      'pause pull lay-ve open',
      'resume pull lay-ve',
    ])
    expect((await hub(world, line.replace('2026-11', '2025-11'))).code).toBe(2)
    expect((await hub(world, 'jobs pause lay-ve')).code).toBe(2)
    expect((await hub(world, "jobs pause khong-co --reason 'Nguồn bảo trì'")).code).toBe(4)
    const pushed = await hub(world, "jobs pause ho-so --reason 'Nguồn bảo trì'")
    expect(pushed.code).toBe(2)
    expect(pushed.err).toContain('hub systems pause cong')
  })

  it('has a pull read again from the start or from a moment, for a reason', async () => {
    const world = await worldWith()
    const rewind = (rest: string) => hub(world, `jobs rewind ${rest}`)
    const start = await rewind("lay-ve --to start --reason 'Thêm mã'")
    expect(start.out).toContain('đọc lại từ đầu')
    const moment = await rewind("lay-ve --to 2026-11-20T06:00 --reason 'Thêm mã'")
    expect(moment.out).toContain('đọc lại từ 20/11/2026 06:00:00')
    expect(world.hub.acts.map(({ what, act }) => `${what}: ${act.reason}`)).toEqual([
      'rewind pull lay-ve start: Thêm mã',
      'rewind pull lay-ve 2026-11-19T23:00:00.000Z: Thêm mã',
    ])
    expect((await rewind("lay-ve --to hom-qua --reason 'Thêm mã'")).code).toBe(2)
    expect((await rewind('lay-ve --to start')).code).toBe(2)
    expect((await rewind("lay-ve --reason 'Thêm mã'")).code).toBe(2)
    expect((await rewind("ho-so --to start --reason 'Thêm mã'")).code).toBe(2)
    expect((await rewind("khong-co --to start --reason 'Thêm mã'")).code).toBe(4)
  })
})
