/**
 * `data[]` item of DongBoHoSoMC, as one-stop software has been sending it to the portal since 2020,
 * → canonical dossier. Pure. Public client code of one-stop systems, 2020 to 2025; unverified.
 *
 * A field that only the second generation has may be missing; then it comes from the operator's
 * constants, or the record is refused and the field named. `''` means "none" everywhere.
 */
import {
  type Dossier,
  type DossierApplicant,
  type DossierIdentity,
  type DossierStatus,
  parseTime,
  type tthcLegacy,
} from '../../../src/connector/index.ts'
import { canonical, identityOf, type LegacyEdge, lookedUp, missing, type Place } from './legacy.ts'
import { componentOf, feeOf, otherPaperOf, resultOf, supplementOf } from './legacy-lists.ts'
import { createReading, newest, optional, present } from './reading.ts'

type Item = tthcLegacy.DossierSyncHoSo

/** What a record says, and the newest time it speaks of. */
export interface Snapshot {
  readonly dossier: Dossier
  /** RFC 3339 with +07:00. */
  readonly time: string
}

/** `item` has fitted `tthc-legacy/dossier-sync/v1`. Throws `mapping-failed` with every fault. */
export function legacyDossier(edge: LegacyEdge, item: Item, at: string): Snapshot {
  const reading = createReading()
  const time = (field: keyof Item & string): string | undefined => {
    const text = present(item[field] as string | undefined)
    if (text === undefined) return undefined
    return reading.take(() => parseTime(text, 'yyyyMMddHHmmss', `${at}/${field}`))
  }
  const acceptedAt = time('NgayTiepNhan')
  const times = {
    acceptedAt,
    submittedAt:
      time('NgayNopHoSo') ??
      (edge.constants.submittedAt === 'accepted-at' ? acceptedAt : undefined),
    dueAt: time('NgayHenTra'),
    finishedAt: time('NgayKetThucXuLy'),
    returnedAt: time('NgayTra'),
    refusedAt: time('NgayTuChoi'),
  }
  const supplements = (item.DanhSachHoSoBoSung ?? []).flatMap((each) => [
    each.NgayBoSung,
    each.NgayTiepNhanBoSung,
  ])
  // Wrong ones are named where the supplement itself is read.
  const supplementTimes = supplements.map((text) => createReading().take(() => momentOf(text)))
  const { dueAt: _future, ...past } = times
  const newestTime = newest([...Object.values(past), ...supplementTimes])
  const codesAt = newestTime === undefined ? edge.now : new Date(newestTime)
  const place: Place = { edge, reading, at, codesAt }
  if (times.submittedAt === undefined) missing(place, 'NgayNopHoSo', 'submittedAt')

  const dossier = {
    ...identification(place, item),
    ...facts(place, item),
    applicant: applicantOf(place, item),
    summary: item.TrichYeuHoSo,
    ...defined(times),
    ...optional('receiptNumber', present(item.SoBienNhan)),
    ...optional('returnNote', present(item.ThongTinTra)),
    ...optional('otherInformation', present(item.ThongTinKhac)),
    ...optional('note', present(item.GhiChu)),
    ...lists(place, item),
  }
  reading.finish()
  // Every reading that returned undefined has left a fault, so all required members are there.
  return { dossier: dossier as Dossier, time: newestTime as string }
}

const momentOf = (text: string | undefined): string | undefined =>
  present(text) === undefined ? undefined : parseTime(text as string, 'yyyyMMddHHmmss')

const defined = (members: Readonly<Record<string, string | undefined>>): Partial<Dossier> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))

/** The agency is the one whose code the dossier's code begins with: that is what the code means. */
function identification(place: Place, item: Item) {
  const agency = item.MaHoSo.split('-')[0] ?? ''
  return {
    code: item.MaHoSo,
    procedure: { code: item.MaTTHC, name: item.TenTTHC },
    domain: { code: item.MaLinhVuc, name: item.TenLinhVuc },
    agency: { code: agency, name: lookedUp(place, 'tthc-agency-name', agency, 'MaHoSo') },
    handlingUnit: { name: item.DonViXuLy },
  }
}

function facts(place: Place, item: Item) {
  const { constants } = place.edge
  const code = <T>(field: keyof Item & string, table: string, constant: T | undefined) => {
    const text = present(item[field] as string | undefined)
    if (text !== undefined) return canonical(place, `dvcqg-${table}`, text, field)
    return constant ?? missing(place, field, constantOf[field])
  }
  const flag = (field: keyof Item & string, constant: boolean | undefined) => {
    if (item[field] !== undefined) return item[field] === '1'
    return constant ?? missing(place, field, constantOf[field])
  }
  return {
    channel: code('KenhThucHien', 'channel', constants.channel),
    submittedFrom: code('NoiNopHoSo', 'submitted-from', constants.submittedFrom),
    status: canonical(
      place,
      'dvcqg-dossier-status',
      item.TrangThaiHoSo,
      'TrangThaiHoSo',
    ) as DossierStatus,
    returnMethod: canonical(place, 'dvcqg-return-method', item.HinhThuc, 'HinhThuc'),
    digitised: flag('HoSoCoThanhPhanSoHoa', constants.digitised),
    verifiedByVNeID: flag('TaiKhoanDuocXacThucVoiVNeID', constants.verifiedByVNeID),
    onlinePayment: code('DuocThanhToanTrucTuyen', 'online-payment', constants.onlinePayment),
    databasesConsulted: databases(place, item),
  }
}

const constantOf: Readonly<Record<string, string>> = {
  KenhThucHien: 'channel',
  NoiNopHoSo: 'submittedFrom',
  HoSoCoThanhPhanSoHoa: 'digitised',
  TaiKhoanDuocXacThucVoiVNeID: 'verifiedByVNeID',
  DuocThanhToanTrucTuyen: 'onlinePayment',
}

/** In the second generation a missing list is an empty one; the first has no such list. */
function databases(place: Place, item: Item) {
  const { constants } = place.edge
  const sent = item.DSKetNoiCSDL
  if (sent !== undefined)
    return sent.map((each, index) =>
      canonical(place, 'dvcqg-database', each.MaCSDL, `DSKetNoiCSDL/${index}/MaCSDL`),
    )
  if (constants.databasesConsulted !== undefined) return constants.databasesConsulted
  return item.KenhThucHien !== undefined ? [] : missing(place, 'DSKetNoiCSDL', 'databasesConsulted')
}

function applicantOf(place: Place, item: Item): Partial<DossierApplicant> {
  const kind = canonical(place, 'dvcqg-applicant-kind', item.LoaiDoiTuong, 'LoaiDoiTuong')
  const name = present(item.ChuHoSo) ?? missing(place, 'ChuHoSo')
  return {
    ...optional('kind', kind as DossierApplicant['kind'] | undefined),
    ...optional('name', name),
    identities: identitiesOf(place, item, kind),
    ...optional('portalAccount', present(item.MaDoiTuong)),
    ...optional('phone', present(item.SoDienThoai)),
    ...optional('email', present(item.Email)),
    ...optional('fax', present(item.Fax)),
  }
}

/** The main number first. When it is not among the identities its kind is told by its form. */
function identitiesOf(place: Place, item: Item, kind: string | undefined): DossierIdentity[] {
  const main = present(item.SoGiayToChuHoSo)
  const listed = (item.DinhDanhCHS ?? []).map((each, index) => ({
    kind: canonical(
      place,
      'dvcqg-identity-kind',
      each.LoaiDinhDanh,
      `DinhDanhCHS/${index}/LoaiDinhDanh`,
    ) as DossierIdentity['kind'],
    number: each.SoDinhDanh,
  }))
  if (main === undefined) {
    if (listed.length === 0) missing(place, 'SoGiayToChuHoSo')
    return listed
  }
  const found = listed.find((identity) => identity.number === main)
  const rest = listed.filter((identity) => identity !== found)
  return [found ?? identityOf(main, kind), ...rest]
}

const lists = (place: Place, item: Item) => ({
  components: (item.TaiLieuNop ?? []).map((each, index) =>
    componentOf(place, each, `TaiLieuNop/${index}`),
  ),
  fees: (item.DanhSachLePhi ?? []).map((each, index) =>
    feeOf(place, each, `DanhSachLePhi/${index}`),
  ),
  otherPapers: (item.DanhSachTepDinhKemKhac ?? []).map((each, index) =>
    otherPaperOf(place, each, `DanhSachTepDinhKemKhac/${index}`),
  ),
  supplements: (item.DanhSachHoSoBoSung ?? []).map((each, index) =>
    supplementOf(place, each, `DanhSachHoSoBoSung/${index}`),
  ),
  results: (item.DanhSachGiayToKetQua ?? []).map((each) => resultOf(each)),
})
