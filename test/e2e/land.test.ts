import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import land from '../../connectors/dat-dai/fixtures/dossier.message.json' with { type: 'json' }
import createIlis from '../../connectors/dat-dai/simulator.ts'
import dossier from '../../connectors/dvcqg/fixtures/create.message.json' with { type: 'json' }
import createPortal, { account } from '../../connectors/dvcqg/simulator.ts'
import type { Held } from '../../connectors/dvcqg/simulator-portal.ts'
import createOneStop from '../../connectors/tthc/simulator.ts'
import type { JobFile, SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const { code } = dossier.data.dossier
const SoBienNhan = 'BN-99-0001'
const SecurityCode = 'not-a-real-code'
const words = { vi: 'Đất đai', en: 'Land' }
const progressed = 'vn.tthc.dossier.progressed.v1'
const own = [
  'vn.tthc.land-dossier.numbered.v1',
  'vn.tthc.land-dossier.reported.v1',
  'vn.tthc.land-tax.notified.v1',
]
const landTax = ['vn.tthc.land-tax.assessed.v1', 'vn.tthc.land-tax.voucher-received.v1']
const password = 'env:HUB_SECRET_TEST'

let ilis: Simulator
let oneStop: Simulator
let portal: Simulator
let server: TestHub
let admin: string
let doorKey: string
let portalKey: string

const hasty = { timeoutMs: 1_000, settleMs: 200, retry: { stepsSeconds: [1] } }
const systems = (): SystemFile[] => [
  {
    ...{ id: 'ilis', connector: 'dat-dai', title: words, ...hasty },
    options: {
      ilis: {
        baseUrl: ilis.address,
        credentials: {
          ...{ style: 'oauth2', tokenUrl: `${ilis.address}/token` },
          ...{ clientId: 'tinh-demo', clientSecret: password },
          ...{ username: 'mot-cua-h99', password: 'env:HUB_SECRET_USER' },
        },
      },
    },
  },
  {
    ...{ id: 'vbdlis', connector: 'dat-dai', title: words, ...hasty },
    options: {
      vbdlis: {
        securityCode: 'env:HUB_SECRET_CODE',
        members: { time: 'ThoiGian', content: 'NoiDung' },
        progress: { officer: 'Văn phòng đăng ký đất đai', ended: 'finished' },
      },
    },
  },
  {
    ...{ id: 'tthc', connector: 'tthc', title: words, ...hasty },
    options: {
      ...{ baseUrl: oneStop.address, auth: 'oauth2', agencyCode: '000.00.00.H99' },
      ...{ clientId: 'lien-thong-h99', clientSecret: password },
    },
  },
  {
    ...{ id: 'dvcqg', connector: 'dvcqg', title: words, ...hasty },
    options: {
      adapterUrl: portal.address,
      dstcode: 'VN:GOV:000.00.00.G22:vpcpdvcprovider',
      agencyCode: '000.00.00.H99',
      ...{ username: account.username, password },
    },
  },
]
const jobs: readonly JobFile[] = [
  {
    ...{ kind: 'push', id: 'to-land', title: words, to: 'ilis' },
    types: ['vn.tthc.land-dossier.requested.v1'],
  },
  {
    ...{ kind: 'push', id: 'land-to-tthc', title: words, to: 'tthc' },
    types: [progressed, ...own],
    sources: ['/h99/vbdlis'],
  },
  {
    ...{ kind: 'push', id: 'tax-to-tthc', title: words, to: 'tthc' },
    types: landTax,
    sources: ['/h99/dvcqg'],
  },
  {
    ...{ kind: 'push', id: 'to-portal', title: words, to: 'dvcqg' },
    types: ['vn.tthc.dossier.upserted.v1', progressed],
  },
]

const submit = async (event: object) => {
  const headers = { 'content-type': 'application/cloudevents+json' }
  const asked = { key: admin, headers, body: event }
  const { json, status } = await server.ask('POST', '/api/v1/messages', asked)
  expect([status, json.faults]).toEqual([202, undefined])
}
const callBack = (name: string, more: object = {}, key = doorKey) =>
  server.ask('POST', `/doors/vbdlis/${name}`, { key, body: { SecurityCode, SoBienNhan, ...more } })
/** Taken, and new. */
const taken = async (name: string, more: object = {}) => {
  const { status, json } = await callBack(name, more)
  expect([status, json]).toEqual([200, { Result: 1, Message: 'Đã nhận.' }])
}
const at = (hour: number) => ({ ThoiGian: `03/03/2026 ${String(hour).padStart(2, '0')}:00:00` })
const tax = {
  NgayCoKetQuaThue: '04/03/2026',
  DanhSachThongBaoThue: [
    {
      ...{
        HoTenChu: 'Nguyễn Thử An',
        LoaiThue: 'Thuế thu nhập cá nhân',
        SoThongBaoThue: 'TB-99-01',
      },
      DuongDanThongBaoThue: 'https://dat-dai.h99.example/thue/1',
    },
  ],
}

/** As the tax office writes it; what is not known of its structure stands around it. */
const noticeXml = (change: { code?: string; money?: string; before?: string } = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${change.before ?? ''}
<DATA><HEADER><NGUOI_GUI>TCT</NGUOI_GUI></HEADER><BODY><ROW_LIST><MA_HSO>${change.code ?? code}</MA_HSO>
<LIST><MA_SO_THUE>0000000001</MA_SO_THUE><SO_QUYET_DINH>QD-99-01</SO_QUYET_DINH>
<NGAY_QUYET_DINH>03/03/2026</NGAY_QUYET_DINH><SO_TIEN>${change.money ?? '1250000'}</SO_TIEN>
<TEN_TIEU_MUC>Lệ phí trước bạ nhà, đất</TEN_TIEU_MUC></LIST></ROW_LIST></BODY></DATA>`
const noticeOf = (xml: string) => ({ FileThongBaoThue: Buffer.from(xml).toString('base64') })
const voucher = {
  ...{ MaHoSo: code, HoTenNguoiNopTien: 'Nguyễn Thử An', SoCMTNguoiNopTien: '000000000001' },
  ...{ DiaChiNguoiNopTien: 'Số 1, đường Thử', TinhNguoiNopTien: '99', HuyenNguoiNopTien: '' },
  ...{ XaNguoiNopTien: '99999', MaSoThue: '0000000001' },
  UrlFileChungTu: 'https://cong.example.test/chung-tu/1',
  ThongTinThanhToan: {
    ...{ MaThongBaoThue: 'TB-99-01', ThoiGianThanhToan: '20260304093000', SoTien: '1250000' },
    ...{ NoiDungThanhToan: 'Nộp lệ phí trước bạ', TrangThaiThanhToan: 1 },
  },
}
const handOver = (body: unknown, key = portalKey) =>
  server.ask('POST', '/doors/dvcqg/nhantbthuedvcqg', { key, body })
const codesOf = async (...bodies: readonly unknown[]) => {
  const said = []
  for (const body of bodies) said.push((await handOver(body)).json.error_code)
  return said
}

interface Told {
  readonly type: string
  readonly data: {
    readonly event?: string
    readonly receiptNumber?: string
    readonly notice?: { readonly fileId: string }
    readonly steps?: readonly { readonly status: string }[]
  }
}
const eventsOf = (subject: string) =>
  (oneStop.state().get(subject) as { events?: readonly Told[] } | undefined)?.events ?? []
/** What the one-stop software was told of the dossier, in its order: events, statuses, and types of others. */
const toldOneStop = (): string[] =>
  eventsOf(code).map(({ type, data }) => data.event ?? data.steps?.[0]?.status ?? type)
/** The portal's own codes, in its order. */
const toldPortal = (): string[] =>
  ((portal.state().get(code) as Held | undefined)?.progress ?? []).map(({ TrangThai }) =>
    String(TrangThai),
  )
const toldBoth = (oneStopTold: readonly string[], portalTold: readonly string[]) =>
  waitUntil(
    'both are told',
    () => [toldOneStop(), toldPortal()],
    (seen) => JSON.stringify(seen) === JSON.stringify([oneStopTold, portalTold]),
  )
const messages = async (source = '/h99/vbdlis'): Promise<number> =>
  Number(
    (
      await server.database.sql<{ n: string }>(
        'select count(*) as n from hub.message where source = $1',
        [source],
      )
    )[0]?.n,
  )

beforeEach(async () => {
  ilis = await createIlis({ port: 0 })
  oneStop = await createOneStop({ port: 0 })
  portal = await createPortal({ port: 0 })
  const secrets = {
    ...{ HUB_SECRET_TEST: account.password, HUB_SECRET_USER: 'not-a-real-password' },
    HUB_SECRET_CODE: SecurityCode,
  }
  server = await openTestHub({ systems: systems(), jobs, secrets })
  admin = await server.key('admin')
  doorKey = await server.key('doors:vbdlis')
  portalKey = await server.key('doors:dvcqg')
  await submit(dossier)
  await waitUntil('the portal has the dossier', () => portal.state().get(code))
})
afterEach(async () => {
  await server.close()
  await Promise.all([ilis.stop(), oneStop.stop(), portal.stop()])
})

describe('land', () => {
  it('sends a dossier to ILIS once, with every file, also when the receipt is lost', async () => {
    ilis.misbehave({ mode: 'timeout-after', times: 1 })
    await submit({ ...land, subject: code, data: { ...land.data, code } })
    await waitUntil('it is delivered', async () => {
      const [row] = await server.database.sql<{ state: string }>(
        `select state from hub.delivery where system = 'ilis'`,
      )
      return row?.state === 'delivered'
    })
    const applied = ilis.received().filter(({ applied }) => applied)
    expect(applied).toHaveLength(1)
    expect(ilis.received().length).toBeGreaterThan(1)
    expect(ilis.state().get(code)).toMatchObject({
      MaHoSoMotCua: code,
      DanhSachGiayToDinhKem: [
        { TapTin: { name: 'don.pdf', data: 'JVBERi0xLjQK' } },
        { TapTin: { name: 'gcn.pdf', data: 'JVBERi0xLjcK' } },
      ],
    })
  })

  it('brings each callback to the one-stop software and progress to the portal, in order', async () => {
    await taken('CungCapSoBienNhan', { MaHoSoMotCua: code })
    await taken('DongBoTrangThaiLuanChuyenHoSo', at(8))
    await taken('DongBoTrangThaiChoBoSung', { ...at(9), NoiDung: 'Bổ sung bản vẽ' })
    await taken('DaBoSung', at(10))
    await taken('DongBoKetQuaThue', tax)
    await taken('ThueChuyenTraHoSoDoSai', at(11))
    await taken('YeuCauCapNhatHoSo', at(12))
    await taken('ThongBaoNhapSaiThuTuc', at(13))
    await taken('KetThuc', at(14))
    await toldBoth(
      [
        ...['moved', 'processing', 'supplement-requested', 'supplement-requested'],
        ...['supplemented', 'processing', 'vn.tthc.land-tax.notified.v1'],
        ...['tax-returned', 'update-requested', 'wrong-procedure', 'ended', 'finished'],
      ],
      ['4', '5', '4', '9'],
    )
    await waitUntil('the number is told', () => eventsOf(SoBienNhan).length === 1)
    const notice = eventsOf(code).find(({ type }) => type === 'vn.tthc.land-tax.notified.v1')
    expect(notice?.data).toMatchObject({
      ...{ code, receiptNumber: SoBienNhan, resultAt: '2026-03-04T00:00:00+07:00' },
      notices: [{ owner: 'Nguyễn Thử An', number: 'TB-99-01' }],
    })
  })

  it('makes one message of a callback that comes again, one after the other and at once', async () => {
    await taken('CungCapSoBienNhan', { MaHoSoMotCua: code })
    const twins = await Promise.all([1, 2, 3].map(() => callBack('DongBoKetQuaThue', tax)))
    expect(twins.map(({ json }) => json.Result)).toEqual([1, 1, 1])
    await taken('DongBoTrangThaiChoBoSung', at(8))
    for (const [name, more] of [
      ['CungCapSoBienNhan', { MaHoSoMotCua: code }],
      ['DongBoTrangThaiChoBoSung', at(8)],
      ['DongBoKetQuaThue', tax],
    ] as const)
      expect((await callBack(name, more)).json).toEqual({ Result: 1, Message: 'Đã nhận trước đó.' })
    expect(await messages()).toBe(4)
  })

  it('refuses a wrong SecurityCode and a key without the right at every door', async () => {
    const stranger = await server.key('doors:tthc')
    for (const name of ['CungCapSoBienNhan', 'DongBoKetQuaThue', 'DaBoSung', 'KetThuc']) {
      for (const wrong of ['a-wrong-code', '', null, [SecurityCode], undefined]) {
        const { json } = await callBack(name, { SecurityCode: wrong, MaHoSoMotCua: code, ...tax })
        expect(json).toEqual({ Result: 0, Message: 'SecurityCode không đúng.' })
      }
      expect((await callBack(name, { MaHoSoMotCua: code }, stranger)).status).toBe(403)
    }
    expect(await messages()).toBe(0)
  })

  it('asks in its own words to try again while the store is away, and loses nothing', async () => {
    await taken('CungCapSoBienNhan', { MaHoSoMotCua: code })
    await taken('DongBoTrangThaiLuanChuyenHoSo', at(8))
    const store = await openAdmin()
    await store.allow(false)
    const { status, headers, json } = await callBack('DaBoSung', at(9))
    await store.allow(true)
    await store.close()
    expect([status, json.Result]).toEqual([503, -1])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(json.Message).toContain('gửi lại sau')
    const again = () => callBack('DaBoSung', at(9))
    await waitUntil('it is taken', again, (answer) => answer.json.Result === 1)
    await toldBoth(['moved', 'processing', 'supplemented', 'processing'], ['4', '4'])
  }, 60_000)
})

describe('land tax through the portal', () => {
  it('brings the notice with its file and the voucher to the one-stop software, each once', async () => {
    const notice = noticeOf(noticeXml())
    expect(await codesOf(notice, notice, voucher, voucher)).toEqual([0, 1, 0, 1])
    const told = await waitUntil(
      'both are told',
      () => eventsOf(code).filter(({ type }) => landTax.includes(type)),
      (events) => events.length === 2,
    )
    expect(told.map(({ type }) => type)).toEqual(landTax)
    const [assessed, paid] = told.map(({ data }) => data)
    expect(assessed).toMatchObject({
      code,
      decisions: [
        {
          ...{ taxCode: '0000000001', number: 'QD-99-01', date: '2026-03-03', amount: 1_250_000 },
          item: 'Lệ phí trước bạ nhà, đất',
        },
      ],
      notice: { mediaType: 'application/xml', size: Buffer.byteLength(noticeXml()) },
    })
    expect(paid).toMatchObject({
      ...{ code, noticeCode: 'TB-99-01', at: '2026-03-04T09:30:00+07:00', amount: 1_250_000 },
      ...{ portalStatus: 1, voucherUrl: voucher.UrlFileChungTu },
      payer: { name: 'Nguyễn Thử An', province: '99', ward: '99999' },
    })
    const file = `${server.address}/api/v1/files/${assessed?.notice?.fileId}/content`
    const content = await fetch(file, { headers: { 'x-api-key': admin } })
    expect(await content.text()).toBe(noticeXml())
    // More is in it than is read here: with other bytes it is a corrected one, and nobody keeps that back.
    expect(await codesOf(noticeOf(`${noticeXml()}\n`))).toEqual([0])
    await waitUntil(
      'the corrected one is told',
      () => eventsOf(code).filter(({ type }) => type === landTax[0]).length,
      (count) => count === 2,
    )
  })

  it('makes one message of a notice that comes at once several times, another of another', async () => {
    const notice = noticeOf(noticeXml())
    const said = await Promise.all([1, 2, 3].map(() => handOver(notice)))
    expect(said.map(({ json }) => json.error_code).sort()).toEqual([0, 1, 1])
    const files = async (): Promise<number> =>
      (await server.database.sql("select from hub.file where state in ('coming', 'kept')")).length
    const before = await files()
    expect(await codesOf(notice, notice, notice)).toEqual([1, 1, 1])
    expect(await files()).toBe(before)
    expect(await codesOf(noticeOf(noticeXml({ money: '1250001' })))).toEqual([0])
    expect(await messages('/h99/dvcqg')).toBe(2)
  })

  it('refuses what cannot be read, by its place, and reads nothing that the document names', async () => {
    const entity = '<!DOCTYPE DATA [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    const { MaSoThue: _, ...withoutTaxCode } = voucher
    for (const [body, place] of [
      [
        noticeOf(noticeXml({ before: entity, code: '&x;' })),
        '/FileThongBaoThue: XML bị từ chối: doctype',
      ],
      [noticeOf(noticeXml().slice(0, 200)), '/FileThongBaoThue: XML bị từ chối'],
      [noticeOf(noticeXml({ money: '1.250.000' })), '/FileThongBaoThue/LIST/0/SO_TIEN'],
      [noticeOf(noticeXml({ money: '' })), '/FileThongBaoThue/LIST/0/SO_TIEN'],
      [noticeOf(noticeXml({ code: '../../x' })), '/code'],
      [{ FileThongBaoThue: '<DATA/>' }, '/FileThongBaoThue'],
      [{ FileThongBaoThue: 7 }, '/FileThongBaoThue'],
      [withoutTaxCode, '/MaSoThue'],
      [{}, '/MaHoSo'],
      [[], ''],
    ] as const) {
      const { status, json } = await handOver(body)
      expect([status, json.error_code], place).toEqual([200, -1])
      expect(json.message).toContain(place)
    }
    expect(await messages('/h99/dvcqg')).toBe(0)
  })

  it('takes nothing without the right, and asks to come again while the store is away', async () => {
    expect((await handOver(voucher, doorKey)).status).toBe(403)
    expect((await handOver(voucher, 'hub_nobody')).status).toBe(401)
    const store = await openAdmin()
    await store.allow(false)
    const { status, headers } = await handOver(noticeOf(noticeXml()))
    await store.allow(true)
    await store.close()
    expect(status).toBe(503)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    const again = () => handOver(noticeOf(noticeXml()))
    await waitUntil('it is taken', again, ({ json }) => [0, 1].includes(json.error_code as number))
    expect(await messages('/h99/dvcqg')).toBe(1)
  }, 60_000)
})

/** Turns everybody away from the hub's database and ends who is there, or lets them in again. */
async function openAdmin() {
  const url = new URL(server.database.adminUrl)
  const name = url.pathname.slice(1)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  return {
    async allow(isAllowed: boolean) {
      await client.query(`alter database ${name} connection limit ${isAllowed ? -1 : 0}`)
      if (!isAllowed)
        await client.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
          [name],
        )
    },
    close: () => client.end(),
  }
}
