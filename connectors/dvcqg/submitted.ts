/**
 * What the portal hands over at `/nhanhsdvcqg` → canonical message. Pure. Public client code of a
 * one-stop system, 2021: a promotion notice of a trader, first as such, later amended (wrapped in
 * `data`). The amended form is known only in part. Fields without a canonical place are kept, in
 * their order and under their own names, as fields of the form: nothing the citizen wrote is lost.
 */
import {
  type DossierSubmitted,
  type DossierSubmittedField,
  type DossierSubmittedFile,
  type IncomingMessage,
  parseTime,
} from '../../src/connector/index.ts'
import { digest } from './memo.ts'

type Json = Readonly<Record<string, unknown>>

/** Has fitted `dvcqg/door-dossier/v1`. `source` is who speaks, in CloudEvents' sense. */
export function submittedMessage(body: Json, source: string): IncomingMessage {
  const amended = typeof body.data === 'object' && body.data !== null
  const sent = (amended ? body.data : body) as Json
  const nationalCode = text(sent, amended ? 'MaHoSoQG' : 'MaHoSo') ?? ''
  const submittedAt = parseTime(text(sent, 'NgayNopHoSo') ?? '', 'yyyyMMddHHmmss', '/NgayNopHoSo')
  const data: DossierSubmitted = {
    nationalCode,
    procedure: { code: text(sent, 'MaTTHC') ?? '' },
    submittedAt,
    applicant: {
      kind: 'business',
      name: text(sent, 'TenThuongNhan') ?? '',
      identities: [{ kind: 'tax-code', number: text(sent, 'MaSoThue') ?? '' }],
      ...optional('phone', text(sent, 'DienThoai')),
      ...optional('fax', text(sent, 'Fax')),
      ...optional('email', text(sent, 'Email')),
      ...optional('address', addressOf(sent.DiaChiDoanhNghiep)),
    },
    ...optional('contact', contactOf(sent)),
    ...optional('documentNumber', text(sent, 'SoVanBan')),
    ...optional('amendment', amended ? { reason: text(sent, 'LyDoDieuChinh') ?? '' } : undefined),
    components: filesOf(sent),
    form: formOf(sent),
  }
  return {
    source,
    // A first notice is one dossier, whatever it says; of amendments there may be many.
    eventId: amended
      ? `nhanhsdvcqg.${nationalCode}.${digest(JSON.stringify(sent))}`
      : `nhanhsdvcqg.${nationalCode}`,
    type: 'vn.tthc.dossier.submitted.v1',
    subject: nationalCode,
    // Of the content, not of the clock: a repeat must be the same to the byte.
    time: submittedAt,
    data,
  }
}

/** A field as text; nothing and the empty text are both "not said". */
function text(from: Json, name: string): string | undefined {
  const value = from[name]
  if (value === undefined || value === null) return undefined
  const words = String(value).trim()
  return words === '' ? undefined : words
}

const optional = <Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [key in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { [key in Name]: Value })

function addressOf(value: unknown): DossierSubmitted['applicant']['address'] {
  if (typeof value !== 'object' || value === null) return undefined
  const address = value as Json
  const words = text(address, 'DiaChiChiTiet')
  if (words === undefined) return undefined
  return {
    text: words,
    ...optional('provinceCode', text(address, 'MaTinh')),
    ...optional('districtCode', text(address, 'MaHuyen')),
    ...optional('wardCode', text(address, 'MaXa')),
  }
}

function contactOf(sent: Json): DossierSubmitted['contact'] {
  const name = text(sent, 'NguoiLienHe')
  return name === undefined
    ? undefined
    : { name, ...optional('phone', text(sent, 'SoDienThoaiNguoiLienHe')) }
}

function filesOf(sent: Json): DossierSubmittedFile[] {
  const attached = Array.isArray(sent.TaiLieuNop) ? (sent.TaiLieuNop as readonly Json[]) : []
  const files: DossierSubmittedFile[] = []
  const registration = text(sent, 'TepDonDangKy')
  if (registration !== undefined)
    files.push({
      name: text(sent, 'TenTepDonDangKy') ?? 'TepDonDangKy',
      content: registration,
    } as DossierSubmittedFile)
  const link = text(sent, 'URLTepDangKy')
  if (link !== undefined)
    files.push({
      name: text(sent, 'TenTepDangKy') ?? 'URLTepDangKy',
      url: link,
    } as DossierSubmittedFile)
  for (const file of attached)
    files.push({
      name: text(file, 'TenTepDinhKem') ?? '',
      content: text(file, 'Base64') ?? '',
    } as DossierSubmittedFile)
  return files
}

/** Fields that have a canonical place of their own. */
const placed = new Set([
  'MaHoSo',
  'MaHoSoQG',
  'MaTTHC',
  'NgayNopHoSo',
  'TenThuongNhan',
  'MaSoThue',
  'DienThoai',
  'Fax',
  'Email',
  'NguoiLienHe',
  'SoDienThoaiNguoiLienHe',
  'SoVanBan',
  'LyDoDieuChinh',
  'TaiLieuNop',
  'TepDonDangKy',
  'TenTepDonDangKy',
  'URLTepDangKy',
  'TenTepDangKy',
])

/** Everything else, flat: `ThongTinSuaDoi/TenChuongTrinhKhuyenMaiKM`. */
function formOf(sent: Json): DossierSubmittedField[] {
  const fields: DossierSubmittedField[] = []
  const add = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) add(`${name}/${key}`, inner)
    else if (value !== null && value !== undefined) fields.push({ name, value: String(value) })
  }
  for (const [name, value] of Object.entries(sent)) if (!placed.has(name)) add(name, value)
  return fields
}
