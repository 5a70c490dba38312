/**
 * Records of the licence system and of the ministry → canonical messages and answers, pure. Codes stay
 * codes: no list of them is public. A record's member that has no place of its own is kept by its name in
 * `otherFields`; a value that is in no form known here stays as it is, and the schema of the message
 * refuses that message alone.
 */
import {
  type DrivingLicenceRequested,
  type DrivingLicenceRequestedField,
  field,
  isZeroDate,
  type MinistryDossierUpserted,
  nfc,
  parseDay,
  parseTime,
  type RemoteRecord,
  withoutAbsent,
} from '../../src/connector/index.ts'

/** A member as text; nothing and the empty text are both "not said". */
export function text(record: RemoteRecord, name: string): string | undefined {
  const value = field(record, name)
  if (value === undefined || value === null || typeof value === 'object') return undefined
  const words = nfc(String(value)).trim()
  return words === '' ? undefined : words
}

type Parse = (words: string) => string

const dayForms = ['yyyy-MM-dd', 'dd/MM/yyyy', 'yyyyMMdd'] as const
const timeForms = ['dd/MM/yyyy HH:mm:ss', 'yyyy-MM-ddTHH:mm:ss', 'yyyyMMddHHmmss'] as const
const times: readonly Parse[] = timeForms.map((form) => (words) => parseTime(words, form))
const days: readonly Parse[] = [
  ...dayForms.map((form) => (words: string) => parseDay(words, form)),
  ...times.map((parse) => (words: string) => parse(words).slice(0, 10)),
]

/** In the first form that it has; as it is where it has none. */
function inForm(words: string | undefined, forms: readonly Parse[]): string | undefined {
  if (words === undefined || isZeroDate(words)) return undefined
  for (const parse of forms)
    try {
      return parse(words)
    } catch {
      // Another form, perhaps.
    }
  return words
}

const dayOf = (record: RemoteRecord, name: string) => inForm(text(record, name), days)
const timeOf = (record: RemoteRecord, name: string) => inForm(text(record, name), times)

/** Undefined where nothing is known. */
function some(parts: RemoteRecord): RemoteRecord | undefined {
  const known = withoutAbsent(parts)
  return Object.keys(known).length > 0 ? known : undefined
}

const listOf = (record: RemoteRecord, name: string): readonly RemoteRecord[] => {
  const value = field(record, name)
  return Array.isArray(value) ? (value as RemoteRecord[]) : []
}

/** Everything that has no place of its own, by its own name. */
function othersOf(record: RemoteRecord, placed: readonly string[]): DrivingLicenceRequestedField[] {
  const known = new Set(placed.map((name) => name.toLowerCase()))
  return Object.entries(record).flatMap(([name, value]) => {
    if (known.has(name.toLowerCase()) || value === null || value === undefined || value === '')
      return []
    return [{ name, value: typeof value === 'object' ? JSON.stringify(value) : String(value) }]
  })
}

const placeOf = (record: RemoteRecord, name: string, unit: string) => {
  const words = text(record, name)
  return words === undefined
    ? undefined
    : withoutAbsent({ text: words, unitCode: text(record, unit) })
}

const licencePlaces = [
  ...['maHoSo', 'maDangKyDvc', 'maDangKyCu', 'maDonVi', 'ngayNhanHoSo', 'ngayHenTraGplx'],
  ...['loaiHoSo', 'hangDaoTao', 'lyDoDoiGplx', 'mucDichDoiGplx', 'hoTen', 'ngaySinh', 'gioiTinh'],
  ...['quocTich', 'soCmnd', 'soCmndCu', 'gplxDaCap', 'hoSoDinhKem', 'anhChanDung'],
]
/** An address without words has no place: its code is kept with the other fields. */
const homes = [
  ['noiCuTru', 'dvhcNoiCuTru'],
  ['noiThuongTru', 'dvhcNoiThuongTru'],
] as const

/** What is missing stays missing: the schema of the message decides. */
export function licenceRequested(
  record: RemoteRecord,
  { portrait }: { readonly portrait: boolean },
): DrivingLicenceRequested {
  const [residence, permanentResidence] = homes.map(([name, unit]) => placeOf(record, name, unit))
  const toldHomes = homes.filter(([name]) => text(record, name) !== undefined).flat()
  const applicant = withoutAbsent({
    name: text(record, 'hoTen'),
    birthDate: dayOf(record, 'ngaySinh'),
    genderCode: text(record, 'gioiTinh'),
    nationality: text(record, 'quocTich'),
    identityNumber: text(record, 'soCmnd'),
    formerIdentityNumber: text(record, 'soCmndCu'),
    ...{ residence, permanentResidence },
  })
  return withoutAbsent({
    code: text(record, 'maHoSo'),
    registrationCode: text(record, 'maDangKyDvc'),
    formerRegistrationCode: text(record, 'maDangKyCu'),
    unitCode: text(record, 'maDonVi'),
    receivedOn: dayOf(record, 'ngayNhanHoSo'),
    dueOn: dayOf(record, 'ngayHenTraGplx'),
    kindCode: text(record, 'loaiHoSo'),
    classCode: text(record, 'hangDaoTao'),
    reason: text(record, 'lyDoDoiGplx'),
    purpose: text(record, 'mucDichDoiGplx'),
    applicant,
    heldLicences: listOf(record, 'gplxDaCap').map(heldLicence),
    files: listOf(record, 'hoSoDinhKem').map(fileOf),
    portrait: portrait ? text(record, 'anhChanDung') : undefined,
    otherFields: othersOf(record, [...licencePlaces, ...toldHomes]),
  }) as unknown as DrivingLicenceRequested
}

const heldLicence = (record: RemoteRecord): RemoteRecord =>
  withoutAbsent({
    number: text(record, 'sogplx'),
    serial: text(record, 'soserigplx'),
    classCode: text(record, 'hanggplxgplx'),
    issuedBy: text(record, 'noicapgplx'),
    issuedOn: dayOf(record, 'ngaycapgplx'),
    expiresOn: dayOf(record, 'ngayhethangplx'),
    passedOn: dayOf(record, 'ngaytrungtuyen'),
  })

const fileOf = (record: RemoteRecord): RemoteRecord =>
  withoutAbsent({
    path: text(record, 'filedinhkem'),
    name: text(record, 'tengiayto'),
    paperCode: text(record, 'magiayto'),
  })

const ministryPlaces = [
  ...['MaHoSo', 'MaTTHC', 'TenTTHC', 'TenLinhVuc', 'TrichYeuHoSo', 'KenhThucHien', 'DonViXuLy'],
  ...[
    'MaDonViXuLy',
    'MaDoiTuong',
    'ChuHoSo',
    'SoDienThoai',
    'Email',
    'DiaChi',
    'MaTinh',
    'TenTinh',
  ],
  ...['MaHuyen', 'TenHuyen', 'MaXa', 'TenXa', 'NgayGuiHoSo', 'NgayTiepNhan', 'NgayHenTra'],
  ...['NgayKetThucXuLy', 'NgayTra', 'NgayHuyHoSo', 'TrangThaiHoSo', 'TenTrangThaiHoSo'],
  ...['NguoiNop', 'MaNguoiNop', 'DienThoaiNguoiNop', 'EmaiNguoiNop'],
]

export function ministryDossier(record: RemoteRecord): MinistryDossierUpserted {
  const of = (name: string) => text(record, name)
  const address = some({
    text: of('DiaChi'),
    ...{ provinceCode: of('MaTinh'), provinceName: of('TenTinh') },
    ...{ districtCode: of('MaHuyen'), districtName: of('TenHuyen') },
    ...{ wardCode: of('MaXa'), wardName: of('TenXa') },
  })
  return withoutAbsent({
    code: of('MaHoSo'),
    procedure: withoutAbsent({ code: of('MaTTHC'), name: of('TenTTHC') }),
    domainName: of('TenLinhVuc'),
    summary: of('TrichYeuHoSo'),
    channelCode: of('KenhThucHien'),
    handlingUnit: some({ code: of('MaDonViXuLy'), name: of('DonViXuLy') }),
    status: withoutAbsent({ code: of('TrangThaiHoSo'), name: of('TenTrangThaiHoSo') }),
    applicant: withoutAbsent({
      ...{ name: of('ChuHoSo'), number: of('MaDoiTuong') },
      ...{ phone: of('SoDienThoai'), email: of('Email'), address },
    }),
    submitter: some({
      ...{ name: of('NguoiNop'), number: of('MaNguoiNop') },
      // Sic.
      ...{ phone: of('DienThoaiNguoiNop'), email: of('EmaiNguoiNop') },
    }),
    submittedAt: timeOf(record, 'NgayGuiHoSo'),
    acceptedAt: timeOf(record, 'NgayTiepNhan'),
    dueAt: timeOf(record, 'NgayHenTra'),
    finishedAt: timeOf(record, 'NgayKetThucXuLy'),
    returnedAt: timeOf(record, 'NgayTra'),
    cancelledAt: timeOf(record, 'NgayHuyHoSo'),
    otherFields: othersOf(record, ministryPlaces),
  }) as unknown as MinistryDossierUpserted
}

type Reader = (record: RemoteRecord) => string | undefined

/** What a lookup can be asked for. Only what was asked for is read. */
export const dossierFields: Readonly<Record<string, Reader>> = {
  code: (record) => text(record, 'MaHoSo'),
  procedureCode: (record) => text(record, 'MaTTHC'),
  serviceCode: (record) => text(record, 'MaDVC'),
  serviceName: (record) => text(record, 'TenDVC'),
  submitterName: (record) => text(record, 'HoTenNguoiNop'),
  statusCode: (record) => text(record, 'MaTrangThai'),
  status: (record) => text(record, 'TrangThaiHoSo'),
  handlingUnit: (record) => text(record, 'DonViXuLy'),
  handlingUnitCode: (record) => text(record, 'MaDonViXuLy'),
  submittedAt: (record) => timeOf(record, 'NgayNop'),
  acceptedAt: (record) => timeOf(record, 'NgayTiepNhan'),
  dueAt: (record) => timeOf(record, 'NgayHenTra'),
  returnMethod: (record) => text(record, 'HinhThucNhanKQ'),
}
export const fileFields: Readonly<Record<string, Reader>> = {
  name: (record) => text(record, 'TenTaiLieu'),
  path: (record) => text(record, 'DuongDan'),
  content: (record) => text(record, 'Base64')?.replace(/\s+/g, ''),
}
