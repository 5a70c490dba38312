import { describe, expect, it } from 'vitest'
import { comparePortal, type PortalRecord } from '../../../src/app/demo/check.ts'
import type { IncomingMessage } from '../../../src/domain/message.ts'

const message = (n: number, data: unknown): IncomingMessage => ({
  source: 'urn:test',
  eventId: String(n),
  type: 'test',
  subject: 'H99.01-1',
  time: '2026-01-05T08:00:00+07:00',
  data,
})

const dossier = (status: string, change: object = {}) => ({
  dossier: {
    code: 'H99.01-1',
    status,
    procedure: { code: '9.000001', name: 'Thủ tục thử' },
    domain: { code: 'G99', name: 'Thử nghiệm' },
    applicant: { name: 'Trần Thị Mẫu', identities: [{ kind: 'personal-id', number: '0990001' }] },
    summary: 'Đề nghị giải quyết',
    handlingUnit: { name: 'Phòng Thử' },
    components: [{ fileId: 'f1', name: 'Đơn.pdf', componentCode: 'C1' }],
    fees: [{ code: 'P1', name: 'Phí', amount: 300_000 }],
    ...change,
  },
})

const step = (minute: string, content: string) => ({
  at: `2026-01-05T08:${minute}:00+07:00`,
  officer: 'Lê Văn Thử',
  content,
})

const sent = [
  message(1, dossier('accepted')),
  message(2, { steps: [step('01', 'Tiếp nhận'), step('02', 'Chuyển')] }),
  message(3, dossier('processing')),
]

/** What a portal holds that took everything once and in order. */
const held = (): PortalRecord & { progress: Record<string, unknown>[]; applied: string[] } => ({
  dossier: {
    MaHoSo: 'H99.01-1',
    MaTTHC: '9.000001',
    TenTTHC: 'Thủ tục thử',
    MaLinhVuc: 'G99',
    TenLinhVuc: 'Thử nghiệm',
    ChuHoSo: 'Trần Thị Mẫu',
    TrichYeuHoSo: 'Đề nghị giải quyết',
    DonViXuLy: 'Phòng Thử',
    TrangThaiHoSo: '4',
    DinhDanhCHS: [{ LoaiDinhDanh: '1', SoDinhDanh: '0990001' }],
    TaiLieuNop: [{ TepDinhKemId: 'f1', TenTepDinhKem: 'Đơn.pdf', MaThanhPhanHoSo: 'C1' }],
    DanhSachLePhi: [{ MaPhiLePhi: 'P1', TenPhiLePhi: 'Phí', Gia: '300000' }],
  },
  progress: [
    { ThoiDiemXuLy: '20260105080100', NguoiXuLy: 'Lê Văn Thử', NoiDungXuLy: 'Tiếp nhận' },
    { ThoiDiemXuLy: '20260105080200', NguoiXuLy: 'Lê Văn Thử', NoiDungXuLy: 'Chuyển' },
  ],
  applied: ['create 2', 'progress 20260105080100', 'progress 20260105080200', 'update 4'],
})

const compare = (record: unknown) =>
  comparePortal(new Map([['H99.01-1', sent]]), new Map([['H99.01-1', record]]))
const fine = { lost: 0, doubled: 0, outOfOrder: 0, differing: 0 }

describe('demo check', () => {
  it('finds nothing where everything arrived once and in order', () => {
    expect(compare(held())).toMatchObject({ ...fine, examples: [] })
  })

  it('compares each field of the last snapshot, each list and each progress row', () => {
    expect(compare(held()).fields).toBe(2 + 15 + 6)
  })

  it('counts what is missing, and says so by name', () => {
    const record = held()
    record.applied.splice(1, 1)
    expect(compare(record)).toMatchObject({ lost: 1, doubled: 0, outOfOrder: 0 })
    expect(compare(undefined)).toMatchObject({ lost: 4 })
  })

  it('sees two equal effects of three that changed places', () => {
    const life = ['accepted', 'processing', 'accepted'].map((status, n) =>
      message(n, dossier(status)),
    )
    const applied = ['create 2', 'update 2', 'update 4']
    const found = comparePortal(
      new Map([['H99.01-1', life]]),
      new Map([['H99.01-1', { ...held(), applied }]]),
    )
    expect(found).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 1 })
  })

  it('counts what is there twice', () => {
    const record = held()
    record.applied.splice(1, 0, 'create 2')
    expect(compare(record)).toMatchObject({ ...fine, doubled: 1 })
  })

  it('sees a wrong order also where something is missing', () => {
    const record = held()
    record.applied.splice(0, 4, 'update 4', 'create 2', 'progress 20260105080200')
    expect(compare(record)).toMatchObject({ lost: 1, outOfOrder: 1 })
  })

  it.each([
    ['a plain field', { TrichYeuHoSo: 'khác' }, 'TrichYeuHoSo'],
    [
      'an amount',
      { DanhSachLePhi: [{ MaPhiLePhi: 'P1', TenPhiLePhi: 'Phí', Gia: '3' }] },
      'DanhSachLePhi',
    ],
    ['a file of another name', { TaiLieuNop: [{ TepDinhKemId: 'f2' }] }, 'TaiLieuNop'],
    [
      'a list that should be empty',
      { DanhSachGiayToKetQua: [{ GiayToId: 'x' }] },
      'DanhSachGiayToKetQua',
    ],
  ])('sees %s that differs', (_, change, name) => {
    const record = held()
    const found = compare({ ...record, dossier: { ...record.dossier, ...change } })
    expect(found).toMatchObject({ ...fine, differing: 1 })
    expect(found.examples[0]).toContain(name)
  })

  it('sees a progress row that differs in its words', () => {
    const record = held()
    record.progress[1] = { ...record.progress[1], NoiDungXuLy: 'Trả lại' }
    expect(compare(record)).toMatchObject({ ...fine, differing: 1 })
  })
})
