import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import land from '../../connectors/dat-dai/fixtures/dossier.message.json' with { type: 'json' }
import createConnector from '../../connectors/dat-dai/index.ts'
import { defaultOptions } from '../../connectors/dat-dai/options.ts'
import createIlis from '../../connectors/dat-dai/simulator.ts'
import { meaningOf } from '../../connectors/dat-dai/wordings.ts'
import type {
  Connector,
  LandDossierReported,
  Memo,
  Outcome,
  Simulator,
} from '../../src/connector/index.ts'
import { HubError } from '../../src/domain/errors.ts'
import { classify } from '../../src/engine/lanes/classify.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'
import { registry } from '../support/dvcqg.ts'
import { createDoorHub, type DoorHub } from '../support/tthc.ts'

const steady = new AbortController().signal
const { code, receiptNumber: SoBienNhan } = land.data
const { options } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../connectors/dat-dai/connector.json'), 'utf8'),
)
const securityCode = 'not-a-real-code'

let ilis: Simulator
let hub: DoorHub
let now: Date

function connect(given: object): Connector {
  return createConnector(
    contextOf({
      system: 'dat-dai',
      address: ilis.address,
      options: { ...given },
      clock: { now: () => now },
    }),
  )
}
const connectIlis = (more: object = {}) =>
  connect({
    ilis: {
      baseUrl: ilis.address,
      credentials: {
        ...{ style: 'oauth2', tokenUrl: `${ilis.address}/token` },
        ...{ clientId: 'tinh-demo', clientSecret: 'not-a-real-secret' },
        ...{ username: 'mot-cua-h99', password: 'not-a-real-password' },
      },
      ...more,
    },
  })
const connectVbdlis = (more: object = {}) => connect({ vbdlis: { securityCode, ...more } })

const send = async (connector: Connector, data: object, number = 1, memo?: Memo) => {
  try {
    const delivery = {
      ...{ id: `7.${number}`, idempotencyKey: `key-${number}`, attempt: 1, memo },
      operation: 'push-request',
      message: {
        ...{ id: '018f0000-0000-7000-8000-000000000001', source: land.source, eventId: 'r1' },
        ...{ type: land.type, subject: code, time: land.time, data },
      },
    }
    return (await connector.send?.(delivery, steady)) as Outcome
  } catch (error) {
    return classify(error)
  }
}
const callBack = async (connector: Connector, name: string, more: object = {}) =>
  (
    await hub.call(connector, `/${name}`, {
      ...{ SecurityCode: securityCode, SoBienNhan },
      ...more,
    })
  ).body
const numbered = (connector: Connector) =>
  callBack(connector, 'CungCapSoBienNhan', { MaHoSoMotCua: code })
const eventsTold = () =>
  hub.accepted.flatMap(({ data }) => (data as LandDossierReported).event ?? [])

beforeEach(async () => {
  ilis = await createIlis({ port: 0 })
  now = new Date('2026-03-05T08:00:00+07:00')
  hub = createDoorHub(() => now)
})
afterEach(async () => {
  closeContexts()
  await ilis.stop()
})

function sending(): void {
  it('takes "đã tồn tại" for success only where nothing else can have arrived', async () => {
    const connector = connectIlis()
    const first = await send(connector, land.data)
    expect(first.kind).toBe('delivered')
    expect(await send(connector, land.data)).toMatchObject({ kind: 'delivered' })
    const changed = { ...land.data, propertyAddress: 'Thôn Hai, xã An Thử' }
    expect(await send(connector, changed, 2, first.memo)).toMatchObject({
      ...{ kind: 'permanent', code: 'target-rejected' },
    })
    expect(await send(connector, changed, 2)).toMatchObject({ kind: 'permanent' })
    expect(ilis.received().filter(({ applied }) => applied)).toHaveLength(1)
  })

  it('remembers what may have arrived, and forgets what surely has not', async () => {
    const connector = connectIlis()
    ilis.misbehave({ mode: 'refuse', times: 1 })
    const refused = await send(connector, { ...land.data, provincialProcess: true })
    expect(refused).toMatchObject({ kind: 'permanent', code: 'target-rejected', memo: {} })
    ilis.misbehave({ mode: 'half-body', times: 1 })
    const unclear = await send(connector, land.data, 2, refused.memo)
    expect(unclear.kind).toBe('unknown')
    expect(await send(connector, land.data, 2, unclear.memo)).toMatchObject({ kind: 'delivered' })
  })

  it('names the table and the pointer of a code that it cannot translate', async () => {
    const data = { ...land.data, area: { provinceCode: '99', wardCode: '99777' } }
    expect(await send(connectIlis(), data)).toMatchObject({
      ...{ kind: 'permanent', code: 'code-untranslated' },
      faults: [{ pointer: '/area/wardCode' }],
    })
    expect(ilis.received()).toEqual([])
  })

  it('writes days in the form that is configured, and invents nothing that is absent', async () => {
    const { dueAt: _due, parcels: _parcels, papers: _papers, ...least } = land.data
    await send(connectIlis({ timeForm: 'yyyy-MM-dd' }), least)
    const body = ilis.state().get(code) as Record<string, unknown>
    expect(body.NgayTiepNhan).toBe('2026-03-02')
    expect(Object.keys(body)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/NgayHenTra|ThongTinThuaDat|DanhSach/)]),
    )
  })

  it('refuses to send where only VBDLIS is configured, and has no doors where only ILIS is', async () => {
    const connector = connectVbdlis()
    expect(await send(connector, land.data)).toMatchObject({ code: 'operation-missing' })
    expect(await connector.check(steady)).toMatchObject([{ name: 'call', ok: true }])
    expect(connectIlis().doors).toBeUndefined()
  })

  it.each([
    [1, true, 'Tiếp nhận thành công', 'done'],
    ['1', true, null, 'done'],
    [0, false, 'HỒ SƠ ĐÃ  TỒN TẠI', 'already'],
    [0, false, 'Hồ sơ chưa tồn tại', 'unclear'],
    [0, false, 'Thành công', 'unclear'],
    [1, false, 'Thành công', 'unclear'],
    [0, true, 'Thành công', 'unclear'],
    [null, true, 'Thành công', 'unclear'],
    [1, true, 'Không thành công', 'unclear'],
    [1, true, 'Dữ liệu không hợp lệ', 'unclear'],
    [0, false, 'Mã quy trình không hợp lệ', 'refused'],
    [0, false, 'Hệ thống đang bận, vui lòng thử lại', 'busy'],
    [0, false, 'Token hết hạn', 'session'],
    [0, false, 'Lỗi 42', 'unclear'],
  ])('data %j, success %j, %j is %s', (data, success, message, meaning) => {
    expect(meaningOf({ data, status: { success, message } })).toBe(meaning)
  })
}

function finding(): void {
  it('finds the dossier by the number told, by the code named, or when the number is the code', async () => {
    const connector = connectVbdlis()
    const unknown = await callBack(connector, 'KetThuc')
    expect(unknown).toMatchObject({ Result: 0, Message: expect.stringContaining('/SoBienNhan') })
    await numbered(connector)
    await callBack(connector, 'KetThuc')
    const other = 'H99.14-260302-0002'
    await callBack(connector, 'KetThuc', { SoBienNhan: 'BN-2', MaHoSoMotCua: other })
    await callBack(connector, 'KetThuc', { SoBienNhan: 'H99.14-260302-0003' })
    expect(hub.accepted.map(({ subject }) => subject)).toEqual([
      ...[SoBienNhan, code, other, 'H99.14-260302-0003'],
    ])
  })

  it('refuses a number that is another dossier’s', async () => {
    const connector = connectVbdlis()
    await numbered(connector)
    for (const name of ['CungCapSoBienNhan', 'DaBoSung', 'KetThuc'])
      expect(await callBack(connector, name, { MaHoSoMotCua: 'H99.14-260302-0002' })).toMatchObject(
        { Result: 0, Message: expect.stringContaining('/MaHoSoMotCua') },
      )
    expect(hub.accepted).toHaveLength(1)
  })

  it('takes A, B and A again for three, and a repeat of the last for nothing new', async () => {
    const connector = connectVbdlis()
    await numbered(connector)
    const names = ['DongBoTrangThaiChoBoSung', 'DaBoSung', 'DongBoTrangThaiChoBoSung']
    for (const name of names) {
      await callBack(connector, name)
      now = new Date(now.getTime() + 60_000)
      expect((await callBack(connector, name)).Message).toBe('Đã nhận trước đó.')
    }
    expect(eventsTold()).toEqual(['supplement-requested', 'supplemented', 'supplement-requested'])
  })

  it('does not swallow what was said before retention deleted it', async () => {
    const connector = connectVbdlis()
    await numbered(connector)
    await callBack(connector, 'DaBoSung')
    hub.forgetBodies()
    now = new Date(now.getTime() + 90 * 86_400_000)
    expect((await callBack(connector, 'DaBoSung')).Result).toBe(0)
    expect((await numbered(connector)).Message).toBe('Đã nhận.')
    expect((await callBack(connector, 'DaBoSung')).Message).toBe('Đã nhận.')
  })

  it('takes by a repeat what was taken by half', async () => {
    const connector = connectVbdlis({ progress: { officer: 'Cơ quan đất đai' } })
    await numbered(connector)
    await callBack(connector, 'DaBoSung')
    const half = createDoorHub(() => now)
    const whole = hub.accepted
    hub = half
    const door = connectVbdlis()
    await numbered(door)
    await callBack(door, 'DaBoSung')
    now = new Date(now.getTime() + 60_000)
    expect((await callBack(connector, 'DaBoSung')).Message).toBe('Đã nhận.')
    expect(hub.accepted.map(({ type }) => type)).toEqual(whole.map(({ type }) => type))
    expect(hub.accepted).toHaveLength(3)
  })
}

function reading(): void {
  const members = { time: 'ThoiGian', officer: 'CanBo', content: 'NoiDung', files: 'GiayTo' }
  const full = {
    ...{ MaHoSoMotCua: code, ThoiGian: '20260303090000', CanBo: 'Lê Địa Chính' },
    ...{ NoiDung: 'Bổ sung bản vẽ', LuongMoi: 'không đọc' },
    GiayTo: [
      {
        ...{ TenGiayTo: 'Phiếu', KieuFile: 'pdf', LinkFile: 'https://dat-dai.h99.example/1' },
        ...{ SoBanSao: 0, SoBanChinh: 1 },
      },
    ],
  }

  it('reads members only by the names that are given', async () => {
    const connector = connectVbdlis({ members, progress: { officer: 'Cơ quan đất đai' } })
    await callBack(connector, 'DongBoTrangThaiChoBoSung', full)
    expect(hub.accepted[0]?.data).toEqual({
      ...{ code, receiptNumber: SoBienNhan, event: 'supplement-requested' },
      ...{ at: '2026-03-03T09:00:00+07:00', officer: 'Lê Địa Chính', content: 'Bổ sung bản vẽ' },
      files: [
        {
          ...{ name: 'Phiếu', kind: 'pdf', url: 'https://dat-dai.h99.example/1' },
          ...{ originals: 1, copies: 0 },
        },
      ],
    })
    const step = {
      ...{ officer: 'Lê Địa Chính', at: '2026-03-03T09:00:00+07:00' },
      ...{ content: 'Bổ sung bản vẽ', status: 'supplement-requested' },
    }
    expect(hub.accepted[1]?.data).toEqual({ code, steps: [step] })
    hub = createDoorHub(() => now)
    await callBack(connectVbdlis(), 'DongBoTrangThaiChoBoSung', full)
    expect(hub.accepted.map(({ data }) => data)).toEqual([
      { code, receiptNumber: SoBienNhan, event: 'supplement-requested' },
    ])
  })

  it('says nothing of progress for an end that nobody has explained, nor for notices', async () => {
    const connector = connectVbdlis({ progress: { officer: 'Cơ quan đất đai' } })
    for (const name of ['KetThuc', 'ThueChuyenTraHoSoDoSai', 'YeuCauCapNhatHoSo'])
      await callBack(connector, name, { MaHoSoMotCua: code })
    expect(eventsTold()).toEqual(['ended', 'tax-returned', 'update-requested'])
    expect(hub.accepted).toHaveLength(3)
  })

  it.each([
    ['ThoiGian', { ThoiGian: null }],
    ['ThoiGian', { ThoiGian: '31/02/2026' }],
    ['ThoiGian', { ThoiGian: 1772503200 }],
    ['CanBo', { CanBo: { ten: 'x' } }],
    ['GiayTo', { GiayTo: 'x' }],
    ['GiayTo/0/LinkFile', { GiayTo: [{ TenGiayTo: 'Phiếu' }] }],
    ['SoBienNhan', { SoBienNhan: ' ' }],
    ['MaHoSoMotCua', { MaHoSoMotCua: 7 }],
  ])('refuses by pointer /%s: %j', async (pointer, wrong) => {
    const said = await callBack(connectVbdlis({ members }), 'DaBoSung', { ...full, ...wrong })
    expect(said).toMatchObject({ Result: 0, Message: expect.stringContaining(`/${pointer}: `) })
    expect(hub.accepted).toEqual([])
  })

  it('refuses tax notices by pointer, without a value', async () => {
    const notice = { HoTenChu: 'Nguyễn Thử An', LoaiThue: 'Thuế', SoThongBaoThue: '1' }
    const said = await callBack(connectVbdlis(), 'DongBoKetQuaThue', {
      ...{ MaHoSoMotCua: code, NgayCoKetQuaThue: '04/03/2026' },
      DanhSachThongBaoThue: [{ ...notice, DuongDanThongBaoThue: '/thue/1' }],
    })
    expect(said.Message).toContain('/DanhSachThongBaoThue/0/DuongDanThongBaoThue: ')
    expect(said.Message).not.toContain('Nguyễn')
    expect(hub.accepted).toEqual([])
  })
}

function guarding(): void {
  it('takes either code while it is being changed, in the header where that is agreed', async () => {
    const both = connectVbdlis({ previousSecurityCode: 'the-code-before' })
    const known = { SecurityCode: 'the-code-before', MaHoSoMotCua: code }
    expect((await callBack(both, 'KetThuc', known)).Result).toBe(1)
    expect((await callBack(both, 'DaBoSung', { MaHoSoMotCua: code })).Result).toBe(1)
    const inHeader = connectVbdlis({ securityCodeIn: 'header' })
    expect((await callBack(inHeader, 'KetThuc', { MaHoSoMotCua: code })).Result).toBe(0)
    const door = inHeader.doors?.find(({ path }) => path === '/KetThuc')
    const answer = await door?.handle(
      {
        ...{ parameters: {}, query: new URLSearchParams(), body: new Uint8Array() },
        headers: { securitycode: securityCode },
        json: () => ({ SoBienNhan }),
        accept: async () => [],
        latest: async () => undefined,
      },
      steady,
    )
    expect(String(answer?.body)).toContain('/SoBienNhan')
  })

  it('tells a stranger nothing of what is wrong besides', async () => {
    for (const SecurityCode of ['', 'not-a-real-cod', `${securityCode} `, 7, { length: 15 }])
      for (const { path } of connectVbdlis().doors ?? [])
        expect((await callBack(connectVbdlis(), path.slice(1), { SecurityCode })).Message).toBe(
          'SecurityCode không đúng.',
        )
    expect(hub.accepted).toEqual([])
  })

  it('answers what is no object in its own words, and with the numbers configured', async () => {
    const connector = connectVbdlis({ results: { refused: -9, tryAgain: -5 } })
    for (const body of ['{"SoBien', [], null, 7])
      expect((await hub.call(connector, '/KetThuc', body)).body.Result).toBe(-9)
    hub.away = new HubError('store-unavailable', { retryAfterSeconds: 7 })
    const answer = await hub.call(connector, '/KetThuc', {
      ...{ SecurityCode: securityCode, SoBienNhan, MaHoSoMotCua: code },
    })
    expect(answer).toMatchObject({ status: 503, body: { Result: -5 } })
    expect(answer.headers?.['retry-after']).toBe('7')
    hub.away = new Error('a bug')
    await expect(callBack(connector, 'KetThuc', { MaHoSoMotCua: code })).rejects.toThrow('a bug')
  })

  it.each([
    [{}, 0],
    [{ taken: 0 }, 1],
    [{ taken: 0, refused: 0 }, 1],
    [{ taken: 0, refused: -1, tryAgain: 0 }, 1],
    [{ refused: 1 }, 1],
    [{ taken: 0, refused: -1 }, 0],
    [{ taken: 200, refused: 0, tryAgain: 0 }, 0],
  ])('lets nobody take a refusal for a success: %j has %i faults', (results, count) => {
    const { vbdlis } = options.properties
    const value = { securityCode, results }
    const faults = registry.validateAgainst(vbdlis, value).filter(({ rule }) => rule !== 'if')
    expect(faults).toHaveLength(count)
  })

  it('has the manifest’s defaults', () => {
    const defaultsOf = (schema: {
      properties: Record<string, { default?: unknown }>
    }): Readonly<Record<string, unknown>> =>
      Object.fromEntries(
        Object.entries(schema.properties).flatMap(([name, property]) => {
          if (property.default !== undefined) return [[name, property.default]]
          if (!('properties' in property) || name === 'progress') return []
          return [[name, defaultsOf(property as never)]]
        }),
      )
    expect(defaultsOf(options)).toEqual(defaultOptions)
  })
}

describe('connectors/dat-dai', () => {
  describe('sends to ILIS', sending)
  describe('finds the dossier', finding)
  describe('reads callbacks', reading)
  describe('guards its doors', guarding)
})
