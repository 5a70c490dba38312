import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'
import { delivery, dossier, message } from '../views.ts'

const dead = (count: number) =>
  Array.from({ length: count }, (_, index) => delivery(`${20 - index}.1`))

describe('deliveries', () => {
  it('lists as a table that fits, with Vietnam time and words', async () => {
    const world = createCliWorld({ deliveries: [delivery('1842.3')] })
    world.tty = true
    const { out, code } = await hub(world, 'deliveries list')
    expect(code).toBe(0)
    expect(out).toMatchSnapshot()
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
  })

  it('lists one line a delivery for a pipe', async () => {
    const world = createCliWorld({ deliveries: [delivery('1842.3'), delivery('1843.1')] })
    const { out } = await hub(world, 'deliveries list --lang en')
    expect(out.split('\n')).toHaveLength(3)
    expect(out).toContain('2026-11-22 08:00:00')
    expect(out).toContain('dead: target-rejected')
  })

  it('passes filters on, with times of Vietnam', async () => {
    const world = createCliWorld({ deliveries: dead(3) })
    const line =
      'deliveries list --system dvcqg --state dead --code target-rejected --from 2026-01-10 --to 2026-01-10T08:30 --json'
    const page = JSON.parse((await hub(world, line)).out)
    expect(page).toMatchObject({ items: [{ id: '20.1' }, { id: '19.1' }], next: '2' })
    expect(world.hub.filters[0]).toMatchObject({
      system: 'dvcqg',
      state: 'dead',
      code: 'target-rejected',
      from: '2026-01-10T00:00:00+07:00',
      to: '2026-01-10T08:30:00+07:00',
    })
  })

  it('suggests an error code', async () => {
    const ran = await hub(createCliWorld(), 'deliveries list --code target-reject')
    expect(ran).toMatchObject({ code: 2 })
    expect(ran.err).toContain('target-rejected?')
  })

  it('shows attempts, faults and what to do, and masks what the system said', async () => {
    const world = createCliWorld({ deliveries: [delivery('1842.3')] })
    world.tty = true
    const shown = await hub(world, 'deliveries show 1842.3')
    expect(shown.out).toMatchSnapshot()
    expect(shown.out).not.toContain('Nguyễn Thị Thử')
    expect((await hub(world, 'deliveries show 1842.3 --json')).out).not.toContain('Nguyễn Thị Thử')
    expect((await hub(world, 'deliveries show 1842.3 --evidence')).out).toContain('Nguyễn Thị Thử')
    expect((await hub(world, 'deliveries show 7.1')).code).toBe(4)
  })

  it('redrives named deliveries, with reason and actor', async () => {
    const world = createCliWorld({ deliveries: dead(3) })
    const ran = await hub(world, "deliveries redrive 20.1 19.1 --reason 'Cổng đã sửa'")
    expect(ran).toMatchObject({ code: 0, out: '✓ Đã gửi lại 2 lượt gửi.' })
    const act = { actor: 'cli:quan-tri', reason: 'Cổng đã sửa' }
    expect(world.hub.acts).toEqual([
      { what: 'redrive 20.1', act },
      { what: 'redrive 19.1', act },
    ])
  })

  it('makes a plan of a filter, shows it, and starts it only when a person is sure', async () => {
    const world = createCliWorld()
    const { fakePlans } = world.hub
    const line = "deliveries redrive --system dvcqg --reason 'Cổng đã sửa'"
    const alone = await hub(world, line)
    expect(alone.code).toBe(2)
    expect(alone.err).toContain('Khớp 3 lượt gửi, chưa làm gì. Bắt đầu: hub plans start 1')
    expect(alone.err).toContain('Bản tin sau đã tới hệ thống đích'.toLowerCase())
    world.answer = 'không'
    expect((await hub(world, line)).code).toBe(2)
    expect(fakePlans.plans.map(({ state }) => state)).toEqual(['ready', 'cancelled'])
    world.answer = 'có'
    const done = await hub(world, line)
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('Đang chạy') })
    expect(world.questions.at(-1)).toContain('gửi lại 3 lượt gửi')
    expect(fakePlans.created).toHaveLength(3)
    expect(fakePlans.created[0]).toMatchObject({
      ...{ action: 'redrive', filter: { system: 'dvcqg', state: 'dead' }, starts: false },
    })
    expect(world.hub.acts.map(({ what }) => what)).toEqual([
      ...['create plan 1', 'create plan 2', 'cancel plan 2', 'create plan 3', 'start plan 3'],
    ])
  })

  it('lets a plan of a filter run at once with --yes, and says when nothing matches', async () => {
    const world = createCliWorld()
    const line = 'deliveries redrive --code target-rejected --yes --reason "xong" --json'
    expect(JSON.parse((await hub(world, line)).out)).toMatchObject({ id: 1, state: 'running' })
    expect(world.hub.fakePlans.created).toMatchObject([{ starts: true }])
    world.hub.fakePlans.matches = 0
    const none = await hub(world, "deliveries redrive --system dvcqg --reason 'xong rồi'")
    expect(none).toMatchObject({ code: 0, out: expect.stringContaining('0/0') })
    expect(world.questions).toEqual([])
  })

  it('goes on after a refusal and ends with 4', async () => {
    const world = createCliWorld({
      deliveries: [delivery('1.1'), delivery('2.1', { state: 'delivered' }), delivery('3.1')],
    })
    const ran = await hub(world, "deliveries redrive 1.1 2.1 3.1 9.9 --json --reason 'thử lại'")
    expect(ran.code).toBe(4)
    expect(JSON.parse(ran.out)).toEqual({
      intervention: 'redrive',
      done: ['1.1', '3.1'],
      refused: [
        { id: '2.1', code: 'state-conflict' },
        { id: '9.9', code: 'not-found' },
      ],
    })
    expect((await hub(world, "deliveries redrive 2.1 --reason 'thử lại'")).err).toContain(
      'state-conflict',
    )
  })

  it('needs to know which state, where there are several', async () => {
    const world = createCliWorld({ deliveries: dead(2) })
    const ran = await hub(world, "deliveries discard --system dvcqg --yes --reason 'trùng'")
    expect(ran.code).toBe(2)
    expect(ran.err).toContain('Thêm --state: thao tác này chỉ dùng cho dead, held, waiting')
    const sure = await hub(world, "deliveries discard --state dead --yes --reason 'trùng'")
    expect(sure.code).toBe(0)
    expect(world.hub.fakePlans.created).toMatchObject([{ filter: { state: 'dead' } }])
  })

  it('takes ids or a filter, not both and not neither', async () => {
    const world = createCliWorld({ deliveries: dead(1) })
    expect((await hub(world, "deliveries hold --reason 'xem lại'")).code).toBe(2)
    expect((await hub(world, "deliveries redrive 20.1 --code bug --reason 'xem lại'")).code).toBe(2)
    expect(world.hub.acts).toEqual([])
  })

  it.each([
    ['hold', 'waiting'],
    ['release', 'held'],
    ['confirm-delivered', 'unknown'],
    ['send-again', 'unknown'],
    ['give-up', 'unknown'],
  ] as const)('can %s', async (name, state) => {
    const world = createCliWorld({ deliveries: [delivery('5.1', { state })] })
    expect((await hub(world, `deliveries ${name} 5.1 --reason 'đã tra cứu'`)).code).toBe(0)
    expect(world.hub.acts).toMatchObject([{ what: `${name} 5.1` }])
  })

  it('shows a dossier and a message without their content', async () => {
    const world = createCliWorld({
      dossiers: [dossier],
      messages: [{ ...message, deliveries: [delivery('1842.3')] }],
    })
    world.tty = true
    expect((await hub(world, `dossiers show ${dossier.code}`)).out).toMatchSnapshot()
    expect((await hub(world, `messages show ${message.id}`)).out).toMatchSnapshot()
    expect((await hub(world, 'messages show 17')).code).toBe(2)
    const none = await hub(world, 'messages show 01890000-0000-7000-8000-00000000000f')
    expect(none.code).toBe(4)
  })
})
