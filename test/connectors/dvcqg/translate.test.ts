import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Edge, Part } from '../../../connectors/dvcqg/edge.ts'
import { readOptions } from '../../../connectors/dvcqg/options.ts'
import { dossierItem } from '../../../connectors/dvcqg/translate.ts'
import { progressRows } from '../../../connectors/dvcqg/translate-others.ts'
import { createCodeTables } from '../../../src/adapters/connectors/code-tables.ts'
import {
  type Dossier,
  type DossierProgressed,
  formatTime,
  parseTime,
} from '../../../src/connector/index.ts'
import { aDossier, codeRows, readJson, registry } from '../../support/dvcqg.ts'

const codes = createCodeTables(codeRows())
const edge = (options: Readonly<Record<string, unknown>> = {}): Edge => ({
  options: readOptions({ agencyCode: '000.00.00.H99', ...options }),
  codes,
  at: new Date('2024-03-05T08:00:00+07:00'),
  link: (url) => url,
})

const rowsOf = (table: string) =>
  (codeRows()[`dvcqg-${table}`] ?? []).map(({ canonical, remote }) => ({ canonical, remote }))
const anyCode = (table: string) => fc.constantFrom(...rowsOf(table))
const words = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).map((text) => `Ă${text}`)
const moment = fc
  .tuple(
    fc.date({ min: new Date('2000-01-02'), max: new Date('2090-01-01'), noInvalidDate: true }),
    fc.constantFrom('+07:00', 'Z', '-03:30'),
  )
  .map(([date, offset]) => {
    const minutes = { '+07:00': 420, Z: 0, '-03:30': -210 }[offset] ?? 0
    return new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19) + offset
  })

/** A dossier in which every field has a value of its own, with the codes that it must become. */
const dossiers = fc.record({
  status: anyCode('dossier-status'),
  channel: anyCode('channel'),
  kind: anyCode('applicant-kind'),
  from: anyCode('submitted-from'),
  method: anyCode('return-method'),
  payment: anyCode('online-payment'),
  identity: anyCode('identity-kind'),
  reuse: anyCode('reuse'),
  texts: fc.array(words, { minLength: 12, maxLength: 12 }),
  times: fc.array(moment, { minLength: 6, maxLength: 6 }),
  flags: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  amount: fc.integer({ min: 0, max: 999_999_999_999_999 }),
})
type Drawn = typeof dossiers extends fc.Arbitrary<infer T> ? T : never

function dossierOf(drawn: Drawn): Dossier {
  const [t0 = '', t1 = '', t2 = '', t3 = '', t4 = '', t5 = '', t6 = '', t7 = ''] = drawn.texts
  const [submittedAt = '', acceptedAt = '', dueAt = '', finishedAt = ''] = drawn.times
  const [digitised = false, verified = false, deleted = false, scanned = false, store = false] =
    drawn.flags
  return {
    ...aDossier(),
    procedure: { code: '9.000001', name: t0 },
    domain: { code: 'G99-LV01', name: t1 },
    handlingUnit: { name: t2 },
    channel: drawn.channel.canonical as Dossier['channel'],
    submittedFrom: drawn.from.canonical as Dossier['submittedFrom'],
    applicant: {
      kind: drawn.kind.canonical as Dossier['applicant']['kind'],
      name: t3,
      identities: [{ kind: drawn.identity.canonical as 'personal-id', number: '000000000001' }],
      phone: '0000000000',
    },
    summary: t4,
    note: t5,
    otherInformation: t6,
    returnNote: t7,
    submittedAt,
    acceptedAt,
    dueAt,
    finishedAt,
    returnedAt: drawn.times[4] ?? '',
    refusedAt: drawn.times[5] ?? '',
    status: drawn.status.canonical as Dossier['status'],
    returnMethod: drawn.method.canonical as Dossier['returnMethod'],
    digitised,
    verifiedByVNeID: verified,
    onlinePayment: drawn.payment.canonical as Dossier['onlinePayment'],
    components: [
      {
        fileId: '1',
        name: drawn.texts[8] ?? '',
        componentCode: '9.G01.000001',
        url: 'https://files.h99.example/tep/1',
        deleted,
        digitised: scanned,
        reuse: drawn.reuse.canonical as 'none',
        fromPortalStore: store,
        replacementResult: 'KQ.G99.000001',
      },
    ],
    fees: [
      {
        code: 'LP01',
        name: drawn.texts[9] ?? '',
        kind: 'fee',
        collection: 'upfront',
        amount: drawn.amount,
      },
    ],
  }
}

const inPortalTime = (time: string | undefined): string => formatTime(time ?? '', 'yyyyMMddHHmmss')
const flag = (value: boolean | undefined): string => (value ? '1' : '0')

describe('translate', () => {
  it('puts every field where the second generation has it', () => {
    fc.assert(
      fc.property(dossiers, (drawn) => {
        const dossier = dossierOf(drawn)
        const item = dossierItem(edge(), dossier, '/dossier')

        expect(item).toMatchObject({
          MaHoSo: dossier.code,
          MaTTHC: '9.000001',
          TenTTHC: dossier.procedure.name,
          MaLinhVuc: 'G99-LV01',
          TenLinhVuc: dossier.domain.name,
          KenhThucHien: drawn.channel.remote,
          ChuHoSo: dossier.applicant.name,
          SoGiayToChuHoSo: '000000000001',
          DinhDanhCHS: [{ LoaiDinhDanh: drawn.identity.remote, SoDinhDanh: '000000000001' }],
          LoaiDoiTuong: drawn.kind.remote,
          TrichYeuHoSo: dossier.summary,
          ThongTinKhac: dossier.otherInformation,
          NgayNopHoSo: inPortalTime(dossier.submittedAt),
          NgayTiepNhan: inPortalTime(dossier.acceptedAt),
          NgayHenTra: inPortalTime(dossier.dueAt),
          NgayKetThucXuLy: inPortalTime(dossier.finishedAt),
          NgayTra: inPortalTime(dossier.returnedAt),
          NgayTuChoi: inPortalTime(dossier.refusedAt),
          TrangThaiHoSo: drawn.status.remote,
          HinhThuc: drawn.method.remote,
          ThongTinTra: dossier.returnNote,
          DonViXuLy: dossier.handlingUnit.name,
          GhiChu: dossier.note,
          NoiNopHoSo: drawn.from.remote,
          HoSoCoThanhPhanSoHoa: flag(dossier.digitised),
          TaiKhoanDuocXacThucVoiVNeID: flag(dossier.verifiedByVNeID),
          DuocThanhToanTrucTuyen: drawn.payment.remote,
          DSKetNoiCSDL: [{ MaCSDL: '1' }],
          TaiLieuNop: [
            {
              TepDinhKemId: '1',
              TenTepDinhKem: dossier.components[0]?.name,
              IsDeleted: flag(dossier.components[0]?.deleted),
              MaThanhPhanHoSo: '9.G01.000001',
              DuongDanTaiTepTin: 'https://files.h99.example/tep/1',
              DuocSoHoa: flag(dossier.components[0]?.digitised),
              DuocTaiSuDung: drawn.reuse.remote,
              DuocLayTuKhoDMQG: flag(dossier.components[0]?.fromPortalStore),
              MaKetQuaThayThe: 'KQ.G99.000001',
            },
          ],
          DanhSachLePhi: [{ Gia: String(drawn.amount), HinhThucThu: '1', LoaiPhiLePhi: '1' }],
        })
      }),
    )
  })

  it('brings every time back to the moment it was', () => {
    fc.assert(
      fc.property(moment, (time) => {
        const item = dossierItem(edge(), aDossier({ dueAt: time }), '/dossier')
        const back = parseTime(String(item.NgayHenTra), 'yyyyMMddHHmmss')

        expect(new Date(back).getTime()).toBe(new Date(time).getTime())
      }),
    )
  })

  it.each([1, 2])(
    'writes every field of generation %i and no other, also for a bare dossier',
    (gen) => {
      const schema = readJson<{ $defs: { hoSo: { properties: object } } }>(
        `schemas/dvcqg/dossier-push-gen${gen}/v1.schema.json`,
      )
      const bare = aDossier()
      delete bare.note
      delete bare.applicant.email

      const item = dossierItem(edge({ generation: gen }), bare, '/dossier')

      expect(Object.keys(item).sort()).toEqual(Object.keys(schema.$defs.hoSo.properties).sort())
    },
  )

  it.each([1, 2])(
    'makes an envelope of generation %i that fits its schema, for every status',
    (gen) => {
      fc.assert(
        fc.property(dossiers, (drawn) => {
          const dossier = dossierOf(drawn)
          if (gen === 1) dossier.applicant.kind = 'citizen'
          if (drawn.identity.canonical === 'former-id')
            dossier.applicant.identities = [{ kind: 'former-id', number: '000000001' }]
          const envelope = {
            session: 'sess-demo-0001',
            madonvi: '000.00.00.H99',
            service: 'DongBoHoSoMC',
            isUpdating: 'False',
            data: [dossierItem(edge({ generation: gen }), dossier, '/dossier')],
          }

          expect(registry.validate(`dvcqg/dossier-push-gen${gen}/v1`, envelope)).toEqual([])
        }),
      )
    },
  )

  it('translates the first generation as the fixture shows it', () => {
    const message = readJson<{ data: { dossier: Dossier } }>(
      'connectors/dvcqg/fixtures/generation-1/create.message.json',
    )
    const [expected] = readJson<[{ content: Part }]>(
      'connectors/dvcqg/fixtures/generation-1/create.remote.json',
    )

    const item = dossierItem(edge({ generation: 1 }), message.data.dossier, '/dossier')

    expect(item).toEqual(expected.content)
  })

  it('keeps the order and the words of progress', () => {
    const message = readJson<DossierProgressed>(
      'schemas/tthc/dossier-progressed/examples/valid/two-steps.json',
    )

    const rows = progressRows(edge(), message)

    expect(rows.map((row) => row.NoiDungXuLy)).toEqual(message.steps.map((step) => step.content))
    expect(rows.map((row) => row.NguoiXuLy)).toEqual(message.steps.map((step) => step.officer))
    expect(rows.every((row) => row.MaHoSo === message.code)).toBe(true)
  })
})
