import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import createSimulator from '../../../connectors/dvcqg/simulator.ts'
import type { Simulator } from '../../../src/connector/index.ts'
import { readJson } from '../../support/dvcqg.ts'

let portal: Simulator
beforeEach(async () => {
  portal = await createSimulator({ port: 0 })
})
afterEach(() => portal.stop())

const dstcode = 'VN:GOV:000.00.00.G22:vpcpdvcprovider'
const good = '/XrdAdapter/RestService/forward/mapi/'

interface Answer {
  readonly status: number
  readonly text: string
  readonly body: Record<string, unknown>
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(portal.address + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, text, body: isJson ? JSON.parse(text) : {} } satisfies Answer
}

async function logIn(): Promise<string> {
  const account = { username: 'tinh-demo', password: 'not-a-real-secret' }
  const { body } = await post(`${good}login?dstcode=${dstcode}`, account)
  return String(body.session)
}

type Envelope = { data: Record<string, unknown>[] } & Record<string, unknown>
const example = (name: string, file: string): Envelope =>
  readJson(`schemas/dvcqg/${name}/examples/valid/${file}.json`)

async function call(envelope: Record<string, unknown>): Promise<Answer> {
  return post(`${good}g?dstcode=${dstcode}`, { ...envelope, session: await logIn() })
}

describe('simulator', () => {
  it.each([
    ['query', `${good}login?dstcode=${dstcode}`, {}],
    ['encoded query', `${good}login?dstcode=${encodeURIComponent(dstcode)}`, {}],
    ['header', `${good}login`, { dstcode }],
    ['newer name', `/VXPAdapter/RestService/forward/mapi/login?dstcode=${dstcode}`, {}],
  ])('takes a login through the adapter: %s', async (_, path, headers) => {
    const account = { username: 'tinh-demo', password: 'not-a-real-secret' }

    const { body } = await post(path, account, headers)

    expect(body).toEqual({ session: expect.any(String), error_code: 0 })
  })

  it.each([
    ['no dstcode', `${good}login`, 500],
    ['an unknown dstcode', `${good}login?dstcode=VN:GOV:000.00.00.G22:nobody`, 500],
    ['another path', `/mapi/login?dstcode=${dstcode}`, 404],
  ])('lets the adapter answer for %s, not the portal', async (_, path, status) => {
    const answer = await post(path, { username: 'tinh-demo', password: 'not-a-real-secret' })

    expect(answer.status).toBe(status)
    expect(answer.text).toContain('<fault>')
  })

  it('refuses a wrong password and a session that it has not opened', async () => {
    const account = { username: 'tinh-demo', password: 'wrong' }
    const wrong = await post(`${good}login?dstcode=${dstcode}`, account)
    const stranger = await post(`${good}g?dstcode=${dstcode}`, {
      ...example('dossier-lookup', 'mot-ho-so'),
      session: 'sess-nobody',
    })

    expect(Number(wrong.body.error_code)).toBe(-1)
    expect(stranger.body).toMatchObject({ message: 'Phiên làm việc hết hạn' })
  })

  it.each([1, 2])(
    'creates once and says "already there" afterwards (generation %i)',
    async (gen) => {
      const create = example(`dossier-push-gen${gen}`, 'them-moi')
      const answers = [
        await call(create),
        await call(create),
        await call(create),
        await call(create),
      ]

      expect(answers.map(({ body }) => Number(body.error_code))).toEqual([0, 0, 3, -3])
      expect(answers.map(({ body }) => body.message)).toEqual([
        'Đồng bộ hồ sơ thành công',
        'Hồ sơ đã tồn tại',
        'Hồ sơ đã tồn tại',
        'Hồ sơ đã tồn tại',
      ])
      expect(new Set(answers.map(({ body }) => typeof body.error_code)).size).toBe(2)
      expect(portal.received().map((entry) => entry.applied)).toEqual([true, false, false, false])
    },
  )

  it.each<[string, Record<string, unknown>, string]>([
    ['an update of nothing', { isUpdating: 'True' }, 'Hồ sơ không tồn tại'],
    ['isUpdating as a truth value', { isUpdating: false }, 'isUpdating không hợp lệ'],
    ['another province', { madonvi: '000.00.00.H98' }, 'Mã hồ sơ không thuộc đơn vị gửi'],
  ])('refuses %s', async (_, change, words) => {
    const { body } = await call({ ...example('dossier-push-gen2', 'them-moi'), ...change })

    expect(Number(body.error_code)).toBe(-1)
    expect(body.message).toBe(words)
    expect(portal.state().size).toBe(0)
  })

  it.each<[Record<string, unknown>, string]>([
    [{ GhiChu: 'x'.repeat(2001) }, 'Trường GhiChu vượt quá 2000 ký tự'],
    [{ TrichYeuHoSo: 'x'.repeat(1001) }, 'Trường TrichYeuHoSo vượt quá 1000 ký tự'],
    [{ MaTTHC: '9.999999' }, 'Mã thủ tục không tồn tại'],
    [{ MaLinhVuc: '' }, 'Thiếu trường MaLinhVuc'],
    [{ TrangThaiHoSo: '11' }, 'TrangThaiHoSo không hợp lệ'],
    [
      { TaiLieuNop: [{ TenTepDinhKem: 'x'.repeat(4001) }] },
      'Trường TenTepDinhKem vượt quá 4000 ký tự',
    ],
    [
      { DanhSachGiayToKetQua: [{ TenGiayTo: 'x'.repeat(2001) }] },
      'Trường TenGiayTo vượt quá 2000 ký tự',
    ],
  ])('refuses a dossier with a fault and names it (%#)', async (change, words) => {
    const create = example('dossier-push-gen2', 'them-moi')

    const { body } = await call({ ...create, data: [{ ...create.data[0], ...change }] })

    expect(body.message).toBe(words)
  })

  it('looks a dossier up with its progress, twice what came twice', async () => {
    const progress = example('progress-push', 'mot-dong')
    expect((await call(progress)).body.message).toBe('Hồ sơ không tồn tại')
    expect((await call(example('dossier-lookup', 'mot-ho-so'))).body.result).toEqual([])

    const create = example('dossier-push-gen2', 'them-moi')
    await call(create)
    await call(progress)
    await call(progress)
    const { body } = await call(example('dossier-lookup', 'mot-ho-so'))

    const [row] = progress.data
    expect(body.result).toEqual([{ ...create.data[0], DanhSachTienDo: [row, row] }])
    expect(portal.state().get('H99.14-240101-0001')).toMatchObject({
      applied: ['create 2', 'progress 20240101083000', 'progress 20240101083000'],
    })
  })

  it('goes on with what it held before', async () => {
    await call(example('dossier-push-gen2', 'them-moi'))
    const before = structuredClone(portal.state())
    await portal.stop()

    portal = await createSimulator({ port: 0, state: before })
    const { body } = await call(example('dossier-push-gen2', 'them-moi'))

    expect(portal.state()).toEqual(before)
    expect(body.message).toBe('Hồ sơ đã tồn tại')
  })
})
