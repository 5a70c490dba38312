/** The canonical forms of birth and death → the members of `data`, in either shape. Pure. */
import {
  type CivilStatusRequestedBirthForm,
  type CivilStatusRequestedDeathForm,
  type CivilStatusRequestedIdentity,
  type CivilStatusRequestedName,
  type CivilStatusRequestedParent,
  type CivilStatusRequestedPlace,
  type CivilStatusRequestedRequester,
  type CodeTables,
  formatDay,
  permanent,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { CivilStatusOptions } from './options.ts'

export interface Edge {
  readonly codes: CodeTables
  readonly shape: CivilStatusOptions['shape']
  /** The day by which codes are translated. */
  readonly at: Date
}

type Members = Readonly<Record<string, unknown>>
/** Writes one value that stands at this pointer. */
type Write<T> = (edge: Edge, value: T, pointer: string) => unknown

/** What is absent stays absent; nothing is filled in. */
const put = <T>(edge: Edge, write: Write<T>, value: T | undefined, pointer: string): unknown =>
  value === undefined ? undefined : write(edge, value, pointer)

const code =
  (table: string): Write<string> =>
  ({ codes, at }, value, pointer) =>
    codes.toRemote(table, value, at, pointer)
const sex = code('ho-tich-sex')
const ethnicGroup = code('ho-tich-ethnic-group')
const nationality = code('ho-tich-nationality')
const residenceKind = code('ho-tich-residence-kind')
const identityKind = code('ho-tich-identity-kind')

const day: Write<string> = (_, value, pointer) => formatDay(value, 'dd/MM/yyyy', pointer)

const name: Write<CivilStatusRequestedName> = ({ shape }, { family, middle, given }) =>
  shape === 'flat'
    ? [family, middle, given].filter((part) => part !== undefined).join(' ')
    : withoutAbsent({ Ho: family, ChuDem: middle, Ten: given })

/** Of a birth that is not known to the day only what is known is written. */
const birth: Write<string> = ({ shape }, value) => {
  const [namSinh, thangSinh, ngaySinh] = value.split('-')
  return shape === 'flat'
    ? [ngaySinh, thangSinh, namSinh].filter((part) => part !== undefined).join('/')
    : withoutAbsent({ ngaySinh, thangSinh, namSinh })
}

const place: Write<CivilStatusRequestedPlace> = ({ shape }, value, pointer) => {
  if (shape === 'flat') return value.text
  const { detail, country, provinceCode, wardCode } = value
  if (country === undefined) throw missing(`${pointer}/country`)
  if (country === 'VN' && provinceCode === undefined) throw missing(`${pointer}/provinceCode`)
  if (country === 'VN' && wardCode === undefined) throw missing(`${pointer}/wardCode`)
  return withoutAbsent({
    dcChiTiet: detail,
    quocGia: country,
    maTinh: provinceCode,
    maXa: wardCode,
  })
}

const missing = (pointer: string) =>
  permanent('payload-invalid', {
    faults: [
      {
        pointer,
        rule: 'required',
        vi: 'thiếu, mà khuôn dạng hai cấp của hệ thống hộ tịch cần có',
        en: 'is missing, and the two-tier shape of the civil status system needs it',
      },
    ],
  })

const identityOf = (
  edge: Edge,
  prefix: string,
  identity: CivilStatusRequestedIdentity | undefined,
  at: string,
): Members => ({
  [`${prefix}LoaiGiayToTuyThan`]: put(edge, identityKind, identity?.kind, `${at}/identity/kind`),
  [`${prefix}SoGiayToTuyThan`]: identity?.number,
})

type Person = Omit<CivilStatusRequestedParent, 'verified'>

const person = (edge: Edge, prefix: string, who: Person | undefined, at: string): Members =>
  who
    ? {
        [`${prefix}HoTen`]: name(edge, who.name, `${at}/name`),
        [`${prefix}NgaySinh`]: put(edge, birth, who.birth, `${at}/birth`),
        [`${prefix}DanToc`]: put(edge, ethnicGroup, who.ethnicGroup, `${at}/ethnicGroup`),
        [`${prefix}QuocTich`]: put(edge, nationality, who.nationality, `${at}/nationality`),
        [`${prefix}LoaiCuTru`]: put(edge, residenceKind, who.residenceKind, `${at}/residenceKind`),
        [`${prefix}NoiCuTru`]: put(edge, place, who.residence, `${at}/residence`),
        ...identityOf(edge, prefix, who.identity, at),
        [`${prefix}SoDDCN`]: who.personalId,
      }
    : {}

const parent = (
  edge: Edge,
  prefix: string,
  who: CivilStatusRequestedParent | undefined,
  at: string,
): Members => ({
  ...person(edge, prefix, who, at),
  ...(who?.verified !== undefined && { [`${prefix}XacThucThongTin`]: who.verified ? '1' : '0' }),
})

const requester = (edge: Edge, who: CivilStatusRequestedRequester, at: string): Members => ({
  nycHoTen: name(edge, who.name, `${at}/name`),
  nycQuanHe: who.relation,
  ...identityOf(edge, 'nyc', who.identity, at),
  nycNgayCapGiayToTuyThan: put(edge, day, who.identityIssuedOn, `${at}/identityIssuedOn`),
  nycNoiCapGiayToTuyThan: who.identityIssuedBy,
  nycSoDienThoai: who.phone,
  nycEmail: who.email,
})

const registration = (
  edge: Edge,
  given: CivilStatusRequestedBirthForm['registration'],
  at: string,
): Members => ({
  loaiDangKy: code('ho-tich-registration-kind')(edge, given.kind, `${at}/kind`),
  noiDangKy: given.place,
  soLuongBanSao: given.copies === undefined ? undefined : String(given.copies),
})

export function birthForm(edge: Edge, form: CivilStatusRequestedBirthForm, at: string): Members {
  const { child, certificate } = form
  const of = `${at}/child`
  return withoutAbsent({
    maGCS: certificate?.number,
    ngayCapGCS: put(edge, day, certificate?.issuedOn, `${at}/certificate/issuedOn`),
    ...registration(edge, form.registration, `${at}/registration`),
    nksHoTen: name(edge, child.name, `${of}/name`),
    nksGioiTinh: sex(edge, child.sex, `${of}/sex`),
    nksNgaySinh: birth(edge, child.birth, `${of}/birth`),
    nksNgaySinhBangChu: child.birthInWords,
    nksNoiSinh: place(edge, child.birthPlace, `${of}/birthPlace`),
    nksQueQuan: put(edge, place, child.homeTown, `${of}/homeTown`),
    nksDanToc: put(edge, ethnicGroup, child.ethnicGroup, `${of}/ethnicGroup`),
    nksQuocTich: put(edge, nationality, child.nationality, `${of}/nationality`),
    nksLoaiKhaiSinh: put(edge, code('ho-tich-birth-kind'), child.birthKind, `${of}/birthKind`),
    ...parent(edge, 'me', form.mother, `${at}/mother`),
    ...parent(edge, 'cha', form.father, `${at}/father`),
    ...requester(edge, form.requester, `${at}/requester`),
  })
}

export function deathForm(edge: Edge, form: CivilStatusRequestedDeathForm, at: string): Members {
  const { deceased, certificate, notice } = form
  const of = `${at}/deceased`
  return withoutAbsent({
    maGBT: certificate?.number,
    ngayCapGBT: put(edge, day, certificate?.issuedOn, `${at}/certificate/issuedOn`),
    ...registration(edge, form.registration, `${at}/registration`),
    ...person(edge, 'nkt', deceased, of),
    nktGioiTinh: sex(edge, deceased.sex, `${of}/sex`),
    nktNgayChet: day(edge, deceased.diedOn, `${of}/diedOn`),
    nktGioPhutChet: deceased.diedAt,
    nktNoiChet: place(edge, deceased.deathPlace, `${of}/deathPlace`),
    nktNguyenNhanChet: deceased.cause,
    gbtLoai: notice?.kind,
    gbtSo: notice?.number,
    gbtNgay: put(edge, day, notice?.issuedOn, `${at}/notice/issuedOn`),
    gbtCoQuanCap: notice?.issuedBy,
    ...requester(edge, form.requester, `${at}/requester`),
  })
}
