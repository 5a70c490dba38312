import { describe, expect, it } from 'vitest'
import { HubError } from '../../../src/domain/errors.ts'
import { createCliWorld, hub } from '../../support/cli.ts'

describe('program', () => {
  it('shows the whole table of commands, in Vietnamese and in English', async () => {
    const world = createCliWorld()
    expect((await hub(world, '--help')).out).toMatchSnapshot()
    expect((await hub(world, '--help --lang en')).out).toMatchSnapshot()
    expect(world.opened.count).toBe(0)
  })

  it.each([
    'config',
    'client',
    'systems',
    'jobs',
    'connector',
    'deliveries',
    'deliveries redrive',
    'keys',
  ])('shows help of %s', async (group) => {
    const { code, out } = await hub(createCliWorld(), `${group} --help`)
    expect(code).toBe(0)
    expect(out).toMatchSnapshot()
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
  })

  it('speaks one language in its help', async () => {
    const { out } = await hub(createCliWorld(), 'deliveries --help')
    expect(out).not.toMatch(/Usage|Options|Commands|display help/)
    const english = await hub(createCliWorld(), 'deliveries --help', { HUB_LANG: 'en' })
    expect(english.out).not.toMatch(/[ăâđêôơưạảấầậắếệộợ]/i)
  })

  it.each([
    ['', 2, 'Cách dùng: hub'],
    ['deliveries', 2, 'Cách dùng: hub deliveries'],
    ['delivery list', 2, 'Không có lệnh "delivery"'],
    ['systems lst', 2, 'Có phải ý là list?'],
    ['deliveries list --sytem dvcqg', 2, 'Có phải ý là --system?'],
    ['systems show', 2, 'Thiếu tham số <id>'],
    ['systems list thua', 2, 'Thừa tham số'],
    ['systems pause dvcqg', 2, '--reason'],
    ['systems pause dvcqg --reason', 2, 'cần một giá trị'],
    ["systems pause dvcqg --reason '  '", 2, 'Nêu lý do'],
    ['config history --limit nhieu', 2, 'số nguyên từ 1 đến 1000'],
    ['deliveries list --state chet', 2, 'phải là một trong'],
    ['deliveries list --from hom-qua', 2, 'phải là ngày hoặc thời điểm'],
    ['deliveries show 12', 2, 'mã có dạng 1842.3'],
    ['--lang fr doctor', 2, ''],
  ])('ends `hub %s` with %i', async (line, code, words) => {
    const ran = await hub(createCliWorld(), line)
    expect(ran.code).toBe(code)
    expect(ran.err).toContain(words)
    expect(ran.out).toBe('')
  })

  it('says whose side a failure is on, why, and what to do next', async () => {
    const ran = await hub(createCliWorld({ storeAway: true }), 'systems list')
    expect(ran.code).toBe(3)
    expect(ran.err).toContain('Cơ sở dữ liệu tạm thời không sẵn sàng (store-unavailable)')
    expect(ran.err).toContain('Phía: liên thông')
    expect(ran.err).toContain('Cần làm: ')
  })

  it('tells faults of the environment all at once', async () => {
    const env = { HUB_ROLE: 'boss', HUB_HTTP_PORT: 'x', HUB_TYPO: '1' }
    const ran = await hub(createCliWorld(), 'systems list', env)
    expect(ran.code).toBe(1)
    for (const name of Object.keys(env)) expect(ran.err).toContain(`${name}: `)
  })

  it('hides the inside of a bug, unless asked with --debug', async () => {
    const world = createCliWorld()
    world.hub.world.bug = new Error('bí mật bên trong')
    const ran = await hub(world, 'systems list')
    expect(ran).toMatchObject({ code: 70, out: '' })
    expect(ran.err).toContain('(bug)')
    expect(ran.err).not.toContain('bí mật bên trong')
    expect(ran.err).not.toMatch(/\n\s+at /)
    world.hub.world.bug = new Error('bí mật bên trong')
    expect((await hub(world, 'systems list --debug')).err).toMatch(
      /bí mật bên trong[\s\S]*\n\s+at /,
    )
  })

  it('puts failures for machines on stderr as JSON', async () => {
    const ran = await hub(createCliWorld(), 'dossiers show H99.14-240101-0001 --json --lang en')
    expect(ran).toMatchObject({ code: 4, out: '' })
    expect(JSON.parse(ran.err)).toEqual({
      error: {
        code: 'not-found',
        title: 'Not found',
        detail: 'The hub has accepted no message of this dossier.',
        side: 'client',
        next: 'Check the id.',
        faults: [],
      },
    })
  })

  it.each([
    [
      Object.assign(new Error('x'), { code: 'EADDRINUSE' }),
      4,
      'Cổng đang có chương trình khác dùng',
    ],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 3, 'Không kết nối được'],
    [new HubError('hub-stopping'), 3, 'Liên thông đang dừng'],
    [new HubError('tls-failed'), 3, 'đường truyền'],
    [new HubError('state-conflict'), 4, 'Trạng thái hiện tại'],
    [new TypeError('x is not a function'), 70, 'Lỗi phần mềm'],
  ])('has an exit code for %s', async (error, code, words) => {
    const world = createCliWorld()
    world.ports = { start: () => Promise.reject(error) }
    const ran = await hub(world, 'start')
    expect(ran.code).toBe(code)
    expect(ran.err).toContain(words)
  })

  it('closes the hub, whatever happens', async () => {
    const world = createCliWorld()
    await hub(world, 'systems list')
    await hub(world, 'systems show khong-co')
    world.hub.world.bug = new Error('x')
    await hub(world, 'systems list')
    expect(world.opened).toEqual({ count: 3, closed: 3 })
  })

  it('starts with the settings of the environment and reports the demo', async () => {
    const world = createCliWorld()
    const seen: unknown[] = []
    world.ports = {
      start: async (settings) => void seen.push(settings.httpPort),
      demo: async (options) => {
        seen.push(options)
        return seen.length > 2
      },
    }
    expect((await hub(world, 'start', { HUB_HTTP_PORT: '9000' })).code).toBe(0)
    expect((await hub(world, 'demo --once')).code).toBe(1)
    expect((await hub(world, 'demo')).code).toBe(0)
    expect(seen).toEqual([9000, { once: true }, { once: false }])
  })
})
