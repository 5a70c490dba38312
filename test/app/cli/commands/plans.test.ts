import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'
import { aPlan, aPlanItem } from '../../../support/fake-plans.ts'
import { makeFolder } from '../../../support/folder.ts'

describe('plans', () => {
  it('creates one of a filter, a problem or ids, and shows what it chose', async () => {
    const world = createCliWorld()
    world.tty = true
    const line =
      "plans create redrive --system dvcqg --problem 7 --rate 120 --at 2099-01-10T22:00 --reason 'Cổng đã sửa'"
    const made = await hub(world, line)
    expect(made.code).toBe(0)
    expect(made.out).toContain('target-rejected')
    for (const row of made.out.split('\n')) expect(row.length).toBeLessThanOrEqual(100)
    expect(world.hub.fakePlans.created).toEqual([
      {
        action: 'redrive',
        filter: { system: 'dvcqg', problem: 7, state: 'dead' },
        ratePerMinute: 120,
        starts: true,
        startAt: new Date('2099-01-10T22:00:00+07:00'),
        stopAfter: 50,
        stopPercent: 50,
        reach: { systems: [], units: [] },
      },
    ])
    await hub(world, "plans create discard 12.3 12.4 --start --reason 'trùng lặp'")
    expect(world.hub.fakePlans.created[1]).toMatchObject({
      ...{ action: 'discard', filter: { ids: ['12.3', '12.4'] }, starts: true },
    })
  })

  it.each([
    "plans create resend --system dvcqg --reason 'Cổng đã sửa'",
    "plans create redrive --system dvcqg --rate 0 --reason 'Cổng đã sửa'",
    "plans create redrive --system dvcqg --at bao-gio --reason 'Cổng đã sửa'",
    'plans create redrive --system dvcqg',
    "plans pause x --reason 'Cổng đã sửa'",
    "plans rate 1 nhanh --reason 'Cổng đã sửa'",
    "plans cancel 1 --reason ''",
    'plans list --state lost',
  ])('refuses %s', async (line) => {
    const world = createCliWorld()
    world.hub.fakePlans.plans = [aPlan(1, { state: 'running' })]
    expect((await hub(world, line)).code).toBe(2)
    expect(world.hub.acts).toEqual([])
  })

  it('says with 4 what the hub refuses: no condition, no plan, not in its state', async () => {
    const world = createCliWorld()
    world.hub.fakePlans.plans = [aPlan(1)]
    const reason = "--reason 'Cổng đã sửa'"
    expect((await hub(world, `plans create redrive ${reason}`)).code).toBe(4)
    expect((await hub(world, `plans start 9 ${reason}`)).code).toBe(4)
    expect((await hub(world, `plans resume 1 ${reason}`)).code).toBe(4)
    expect((await hub(world, 'plans show 9')).code).toBe(4)
    expect((await hub(world, 'plans result 9')).code).toBe(4)
  })

  it('starts, slows down, pauses, resumes and cancels, with actor and reason', async () => {
    const world = createCliWorld()
    world.hub.fakePlans.plans = [aPlan(1)]
    const reason = "--reason 'Cổng đã sửa'"
    for (const words of ['start 1', 'rate 1 30', 'pause 1', 'resume 1', 'cancel 1'])
      expect((await hub(world, `plans ${words} ${reason}`)).code).toBe(0)
    const act = { actor: 'cli:quan-tri', reason: 'Cổng đã sửa' }
    expect(world.hub.acts).toEqual(
      ['start', 'rate 30', 'pause', 'resume', 'cancel'].map((verb) => ({
        what: `${verb} plan 1`,
        act,
      })),
    )
  })

  it('lists plans, and shows one with its progress, why it stands and its failures', async () => {
    const world = createCliWorld()
    world.tty = true
    expect((await hub(world, 'plans list')).out).toBe('Chưa có kế hoạch nào.')
    world.hub.fakePlans.plans = [
      aPlan(1),
      aPlan(2, {
        state: 'paused',
        counts: { total: 90, pending: 30, done: 58, moved: 3, ok: 20, failed: 35, skipped: 2 },
        stopped: {
          since: '2026-11-22T02:00:00.000Z',
          by: 'hub',
          reason: { vi: '35 trong 55 lượt đã có kết quả lại hỏng.', en: '35 of 55 failed.' },
          code: 'fails-again',
        },
        failures: [{ result: 'failed', code: 'target-rejected', count: 35 }],
      }),
    ]
    expect((await hub(world, 'plans list')).out).toMatchSnapshot()
    expect((await hub(world, 'plans show 2')).out).toMatchSnapshot()
    expect(JSON.parse((await hub(world, 'plans show 2 --json')).out)).toMatchObject({ id: 2 })
    expect((await hub(world, 'plans show 2 --lang en')).out).toContain('35 of 55 failed.')
  })

  it('writes the result of each to a new file, or shows it', async () => {
    const world = createCliWorld()
    world.hub.fakePlans.plans = [aPlan(1)]
    world.hub.fakePlans.items = ['1.1', '1.2', '1.3'].map((id) => aPlanItem(id, { result: 'ok' }))
    const to = join(makeFolder({}), 'ket-qua.csv')
    expect((await hub(world, `plans result 1 --to ${to}`)).code).toBe(0)
    const text = readFileSync(to, 'utf8')
    expect(text.charCodeAt(0)).toBe(0xfeff)
    expect(text.trimEnd().split('\r\n')).toHaveLength(4)
    expect((await hub(world, 'plans result 1')).out).toContain('1.3,H99.12-261122-0001')
    // What is there already is left as it is.
    expect((await hub(world, `plans result 1 --to ${to}`)).code).not.toBe(0)
    expect(existsSync(to)).toBe(true)
  })
})
