/**
 * What VBDLIS says in its callbacks → canonical data. Only the members are read that are published or that
 * the operator has named; what is absent stays absent. Pure.
 */
import {
  type ConnectorError,
  type DossierProgressed,
  type DossierStatus,
  type datDai,
  type LandDossierReported,
  type LandTaxNotified,
  nfc,
  parseTimeByLook,
  permanent,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { VbdlisOptions } from './options.ts'

type Body = Readonly<Record<string, unknown>>

/** Of which dossier it speaks. */
export interface About {
  readonly code: string
  readonly receiptNumber: string
}

/** The callbacks of which only SoBienNhan is published. */
export const events = {
  DongBoTrangThaiLuanChuyenHoSo: 'moved',
  DongBoTrangThaiChoBoSung: 'supplement-requested',
  DaBoSung: 'supplemented',
  KetThuc: 'ended',
  ThongBaoNhapSaiThuTuc: 'wrong-procedure',
  ThueChuyenTraHoSoDoSai: 'tax-returned',
  YeuCauCapNhatHoSo: 'update-requested',
} as const satisfies Record<string, LandDossierReported['event']>

export function reportedOf(
  { members }: VbdlisOptions,
  about: About,
  event: LandDossierReported['event'],
  body: Body,
): LandDossierReported {
  const time = textOf(body, members.time)
  if (members.time !== undefined && time === undefined) throw missing(members.time)
  return withoutAbsent({
    ...about,
    event,
    at: time === undefined ? undefined : parseTimeByLook(time, `/${members.time}`),
    officer: textOf(body, members.officer),
    content: textOf(body, members.content),
    files: members.files === undefined ? undefined : filesOf(body[members.files], members.files),
  }) as unknown as LandDossierReported
}

/** Undefined where it is no step of the dossier, or where nobody has said what it means. */
export function progressOf(
  { progress }: VbdlisOptions,
  { code, event, officer, content, at }: LandDossierReported,
  receivedAt: string,
): DossierProgressed | undefined {
  const status = event === 'ended' ? progress?.ended : statuses[event]
  if (!progress || status === undefined) return undefined
  const step = {
    officer: officer ?? progress.officer,
    at: at ?? receivedAt,
    content: content ?? words[event] ?? event,
    status,
  }
  return { code, steps: [step] }
}

type Event = LandDossierReported['event']

/** Of what is not here the dossier's own status says nothing. */
const statuses: Readonly<Partial<Record<Event, DossierStatus>>> = {
  moved: 'processing',
  'supplement-requested': 'supplement-requested',
  supplemented: 'processing',
}

/** The callback's own name in words: said where the system adds none of its own. */
const words: Readonly<Partial<Record<Event, string>>> = {
  moved: 'Hồ sơ được luân chuyển tại cơ quan đăng ký đất đai',
  'supplement-requested': 'Cơ quan đăng ký đất đai chờ bổ sung hồ sơ',
  supplemented: 'Cơ quan đăng ký đất đai đã nhận bổ sung',
  ended: 'Cơ quan đăng ký đất đai kết thúc hồ sơ',
}

export const taxOf = (about: About, body: datDai.TaxCallback): LandTaxNotified => ({
  ...about,
  resultAt: parseTimeByLook(body.NgayCoKetQuaThue.trim(), '/NgayCoKetQuaThue'),
  notices: body.DanhSachThongBaoThue.map((notice) => ({
    owner: nfc(notice.HoTenChu),
    kind: nfc(notice.LoaiThue),
    number: nfc(notice.SoThongBaoThue),
    url: notice.DuongDanThongBaoThue,
  })),
})

/** Undefined: not named, not there, null or blank. */
export function textOf(body: Body, name: string | undefined): string | undefined {
  const said = name === undefined ? undefined : body[name]
  if (said === undefined || said === null) return undefined
  if (typeof said !== 'string') throw fault(`/${name}`, 'type', 'phải là văn bản', 'must be a text')
  const text = nfc(said).trim()
  return text === '' ? undefined : text
}

function filesOf(said: unknown, name: string): readonly object[] | undefined {
  if (said === undefined || said === null) return undefined
  if (!Array.isArray(said)) throw fault(`/${name}`, 'type', 'phải là mảng', 'must be an array')
  return said.map((file: unknown, index) => {
    const at = `${name}/${index}`
    if (typeof file !== 'object' || file === null)
      throw fault(`/${at}`, 'type', 'phải là đối tượng', 'must be an object')
    const record = file as Body
    const required = (member: string): string => {
      const text = textOf(record, member)
      if (text === undefined) throw missing(`${at}/${member}`)
      return text
    }
    return withoutAbsent({
      name: required('TenGiayTo'),
      kind: textOf(record, 'KieuFile'),
      url: required('LinkFile'),
      originals: record.SoBanChinh ?? undefined,
      copies: record.SoBanSao ?? undefined,
    })
  })
}

export const missing = (name: string): ConnectorError =>
  fault(`/${name}`, 'required', 'thiếu', 'is missing')

export const fault = (pointer: string, rule: string, vi: string, en: string): ConnectorError =>
  permanent('payload-invalid', { faults: [{ pointer, rule, vi, en }] })
