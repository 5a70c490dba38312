import { afterEach, describe, expect, it } from 'vitest'
import type {
  AcceptResult,
  DoorRequest,
  IncomingMessage,
  Message,
} from '../../../src/connector/index.ts'
import { toSubmission } from '../../../src/engine/accept/accept.ts'
import { cleanUp, createRig, type Rig, readJson, registry, upserted } from '../../support/dvcqg.ts'

afterEach(cleanUp)

const nowhere = 'http://127.0.0.1:1'
const first = () =>
  readJson<Record<string, unknown>>('schemas/dvcqg/door-dossier/examples/valid/lan-dau.json')
const amended = () =>
  readJson<{ data: Record<string, unknown> }>(
    'schemas/dvcqg/door-dossier/examples/valid/dieu-chinh.json',
  )

/** Accepts as the hub does: by schema, and by the natural key and bytes of an event. */
function createInbox() {
  const kept = new Map<string, string>()
  const messages: IncomingMessage[] = []
  const acceptOne = (message: IncomingMessage): AcceptResult => {
    const faults = registry.validateMessage(message.type, message.data) ?? []
    const words = { vi: 'Dữ liệu không khớp lược đồ', en: 'The data does not fit its schema' }
    if (faults.length > 0) return { ok: false, code: 'schema-violation', detail: words, faults }
    const key = `${message.source} ${message.eventId}`
    const bytes = Buffer.from(toSubmission(message).bytes).toString()
    const before = kept.get(key)
    if (before !== undefined && before !== bytes)
      return { ok: false, code: 'message-conflict', detail: words, faults: [] }
    kept.set(key, bytes)
    if (before === undefined) messages.push(message)
    const receipt = {
      id: key,
      duplicate: before !== undefined,
      acceptedAt: '',
      sha256: '',
      deliveries: [],
    }
    return { ok: true, receipt }
  }
  return { messages, accept: async (some: readonly IncomingMessage[]) => some.map(acceptOne) }
}

type Asked = Partial<Pick<DoorRequest, 'parameters' | 'accept' | 'latest'>> & { body?: unknown }

async function knock(rig: Rig, path: string, asked: Asked = {}) {
  const door = rig.connector.doors?.find((one) => one.path === path)
  if (!door) throw new Error(`no door ${path}`)
  const text = typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body ?? null)
  const response = await door.handle(
    {
      parameters: asked.parameters ?? {},
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(text),
      json: () => JSON.parse(text),
      accept: asked.accept ?? createInbox().accept,
      latest: asked.latest ?? (async () => undefined),
    },
    new AbortController().signal,
  )
  const body = Buffer.from(response.body as Uint8Array | string).toString()
  return { status: response.status, headers: response.headers ?? {}, body }
}

const say = async (rig: Rig, path: string, asked: Asked) =>
  JSON.parse((await knock(rig, path, asked)).body) as Record<string, unknown>

describe('doors', () => {
  it('tells the portal how a dossier stands', async () => {
    const rig = createRig(nowhere)
    const seen: unknown[] = []
    const latest: DoorRequest['latest'] = async (subject, types) => {
      seen.push(subject, types)
      const time = '2024-03-05T08:00:00+07:00'
      return {
        id: '1',
        source: 's',
        eventId: 'e',
        type: 't',
        subject,
        time,
        data: upserted(),
      } satisfies Message
    }
    const body = { madonvi: '000.00.00.H99', service: 'TraCuuHoSo', masohoso: 'H99.14-240101-0001' }

    const answer = await knock(rig, '/search/call', { body, latest })

    const { dossier } = upserted()
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toEqual({
      MaHoSo: 'H99.14-240101-0001',
      MaTTHC: dossier.procedure.code,
      TenTTHC: dossier.procedure.name,
      MaLinhVuc: dossier.domain.code,
      TenLinhVuc: dossier.domain.name,
      LoaiDoiTuong: '1',
      TrangThaiHoSo: '4',
      HinhThuc: '0',
      DonViXuLy: dossier.handlingUnit.name,
    })
    expect(seen).toEqual([
      'H99.14-240101-0001',
      [
        'vn.tthc.dossier.upserted.v1',
        'vn.tthc.dossier.result-issued.v1',
        'vn.tthc.dossier.supplement-requested.v1',
        'vn.tthc.dossier.withdrawn.v1',
      ],
    ])
  })

  it.each([
    ['an unknown dossier', { masohoso: 'H99.14-240101-0009' }, 'Không tìm thấy hồ sơ.'],
    ['no code', { service: 'x' }, /masohoso/],
    ['broken JSON', '{"masohoso":', 'Nội dung không phải JSON hợp lệ.'],
  ])('says "-1" with status 200 about %s', async (_, body, words) => {
    const answer = await knock(createRig(nowhere), '/search/call', { body })

    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toEqual({
      error_code: '-1',
      message: expect.stringMatching(words),
    })
  })

  it('takes a dossier once, and says "duplicate" to every repeat', async () => {
    const rig = createRig(nowhere)
    const { accept, messages } = createInbox()

    const answers = [
      await say(rig, '/nhanhsdvcqg', { body: first(), accept }),
      await say(rig, '/nhanhsdvcqg', { body: first(), accept }),
      await say(rig, '/nhanhsdvcqg', { body: { ...first(), TenThuongNhan: 'Khác' }, accept }),
    ]

    expect(answers.map((answer) => answer.error_code)).toEqual([0, 1, 1])
    expect(messages).toHaveLength(1)
    expect(messages[0]).toMatchObject({
      source: '/h99/cong-dvcqg',
      type: 'vn.tthc.dossier.submitted.v1',
      subject: 'G22.99.01-240101-0001',
      time: '2024-01-01T07:30:00+07:00',
    })
  })

  it('loses nothing of what a trader has written', async () => {
    const { accept, messages } = createInbox()

    await say(createRig(nowhere), '/nhanhsdvcqg', { body: first(), accept })

    expect(messages[0]?.data).toEqual({
      nationalCode: 'G22.99.01-240101-0001',
      procedure: { code: '9.000001' },
      submittedAt: '2024-01-01T07:30:00+07:00',
      applicant: {
        kind: 'business',
        name: 'Công ty TNHH Thử Nghiệm',
        identities: [{ kind: 'tax-code', number: '0000000000' }],
        phone: '0000000000',
        email: 'cty@example.test',
        address: { text: 'Số 1 đường Thử', provinceCode: '99', wardCode: '99001' },
      },
      contact: { name: 'Trần Thị Thử', phone: '0000000001' },
      documentNumber: '01/TB',
      components: [
        { name: 'Đơn đăng ký.pdf', content: 'VGjhu60=' },
        { name: 'Thể lệ.pdf', content: 'VGjhu60=' },
      ],
      form: [
        { name: 'DiaChiDoanhNghiep/MaTinh', value: '99' },
        { name: 'DiaChiDoanhNghiep/MaHuyen', value: '' },
        { name: 'DiaChiDoanhNghiep/MaXa', value: '99001' },
        { name: 'DiaChiDoanhNghiep/DiaChiChiTiet', value: 'Số 1 đường Thử' },
        { name: 'TenChuongTrinhKhuyenMai', value: 'Khuyến mại thử' },
        { name: 'HinhThucKhuyenMai', value: 'Giảm giá' },
        { name: 'ThoiGianKhuyenMaiTu', value: '20240110000000' },
        { name: 'ThoiGianKhuyenMaiDen', value: '20240120000000' },
        { name: 'TongGiaTriHangHoa', value: '1000000' },
      ],
    })
  })

  it('takes each amendment of a dossier as a message of its own', async () => {
    const rig = createRig(nowhere)
    const { accept, messages } = createInbox()
    const second = { ...amended(), data: { ...amended().data, LyDoDieuChinh: 'Đổi giải thưởng' } }

    const answers = []
    for (const body of [first(), amended(), amended(), second])
      answers.push((await say(rig, '/nhanhsdvcqg', { body, accept })).error_code)

    expect(answers).toEqual([0, 0, 1, 0])
    expect(messages.map((message) => message.subject)).toEqual(
      Array(3).fill('G22.99.01-240101-0001'),
    )
    expect(messages[1]?.data).toMatchObject({
      amendment: { reason: 'Kéo dài thời gian' },
      components: [{ name: 'Đơn điều chỉnh.pdf', url: 'https://files.example.test/dc/1' }],
      form: [
        { name: 'ThongTinDaNop/TenChuongTrinhKhuyenMaiDNP', value: 'Khuyến mại thử' },
        { name: 'ThongTinSuaDoi/TenChuongTrinhKhuyenMaiKM', value: 'Khuyến mại thử, đợt 2' },
        { name: 'NoiDungCamKetKhac', value: '' },
      ],
    })
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a missing field', { MaSoThue: undefined }, /\/MaSoThue/],
    ['a date that does not exist', { NgayNopHoSo: '20240230000000' }, /\/NgayNopHoSo/],
    ['what the canonical message refuses', { DienThoai: 'gọi sau' }, /\/applicant\/phone/],
  ])('refuses %s with its place, and without its value', async (_, change, words) => {
    const { accept, messages } = createInbox()

    const answer = await say(createRig(nowhere), '/nhanhsdvcqg', {
      body: { ...first(), ...change },
      accept,
    })

    expect(answer).toEqual({ error_code: -1, message: expect.stringMatching(words) })
    expect(answer.message).not.toContain('gọi sau')
    expect(messages).toEqual([])
  })

  it('never says "taken" when the hub could not keep it', async () => {
    const accept = async () => {
      throw new Error('the database is away')
    }

    await expect(
      knock(createRig(nowhere), '/nhanhsdvcqg', { body: first(), accept }),
    ).rejects.toThrow('the database is away')
  })
})
