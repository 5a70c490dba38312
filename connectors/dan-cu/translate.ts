/**
 * Questions to the population database and its records, pure. Field names are those of the service
 * (công văn 761/VPCP-KSTT and running clients); values are given as they are: codes stay codes of the
 * shared catalogues, and what a record does not have is not made up.
 */
import {
  childAt,
  formatDay,
  type LookupQuestion,
  type LookupRecord,
  type Markup,
  nfc,
  parseDay,
  soapEnvelope,
  textAt,
  unknown,
  withoutAbsent,
  type XmlElement,
  xml,
} from '../../src/connector/index.ts'
import type { PopulationOptions } from './options.ts'

/** What a lookup is called at the service, and the number under which it has been agreed. */
export const services = {
  'thong-tin-cong-dan': { name: 'TraCuuThongTinCongDan', integration: '037' },
  'xac-thuc': { name: 'XacThucThongTinCongDan', integration: '033' },
  'nhan-than': { name: 'XacMinhThongTinNhanThan', integration: '033' },
} as const
export type ServiceKey = keyof typeof services

interface Parameters {
  readonly serviceCode: string
  readonly number: string
  readonly fullName: string
  readonly birth: string
}

/** Fitted the manifest's schema. */
export const parametersOf = (question: LookupQuestion): Parameters =>
  question.parameters as unknown as Parameters

const oldNumberLength = 9

export function nameOf(name: string, form: PopulationOptions['nameForm']): string {
  const upper = nfc(name).trim().replace(/\s+/g, ' ').toLocaleUpperCase('vi')
  if (form === 'upper') return upper
  return upper.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('Đ', 'D')
}

/** Members of a request, in the order that the service asks for. Undefined ones are left out. */
export function fieldsOf(
  question: LookupQuestion,
  options: PopulationOptions,
): readonly (readonly [string, string | undefined])[] {
  const { serviceCode, number, fullName, birth } = parametersOf(question)
  const { integration } = services[question.operation as ServiceKey]
  const details = options.officialDetails
  const day = birth.length > 4 ? formatDay(birth, 'yyyyMMdd', '/parameters/birth') : undefined
  return [
    ['MaYeuCau', question.id],
    ['MaDVC', serviceCode],
    ['MaTichHop', integration],
    ['MaCanBo', question.official],
    ['MaDonVi', details ? question.unit : undefined],
    ['TaiKhoan', details ? question.official : undefined],
    ['SoDinhDanh', number.length > oldNumberLength ? number : undefined],
    ['SoCMND', number.length > oldNumberLength ? undefined : number],
    ['HoVaTen', nameOf(fullName, options.nameForm)],
    ['NgayThangNam', day],
    ['Nam', day === undefined ? birth : undefined],
  ]
}

const ofBirth = new Set(['NgayThangNam', 'Nam'])

export function soapRequest(question: LookupQuestion, options: PopulationOptions): string {
  const { name } = services[question.operation as ServiceKey]
  const namespace =
    question.operation === 'nhan-than' ? options.relativesNamespace : options.namespace
  const fields = fieldsOf(question, options)
  const element = ([key, value]: readonly [string, string | undefined]): Markup =>
    xml(`dc:${key}`, {}, value)
  const plain = fields.filter(([key]) => !ofBirth.has(key)).map(element)
  const birth = fields.filter(([key]) => ofBirth.has(key)).map(element)
  return soapEnvelope('1.1', [
    xml(`dc:${name}`, { 'xmlns:dc': namespace }, [...plain, xml('dc:NgayThangNamSinh', {}, birth)]),
  ])
}

export function proxyRequest(
  question: LookupQuestion,
  options: PopulationOptions,
): Record<string, string> {
  const given = fieldsOf(question, options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as Record<string, string>
}

/** The first element of this name at any depth: services wrap their answers differently. */
function within(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of element.children) {
    const found = child.name === name ? child : within(child, name)
    if (found) return found
  }
  return undefined
}

const notAgreed = () => unknown('answer-invalid')

/** Whether the person exists as described. Anything but a clear yes or no is no answer. */
export function readExists(body: XmlElement): LookupRecord {
  const text = within(body, 'TonTai')?.text.trim().toLowerCase()
  if (text === 'true' || text === '1') return { exists: true }
  if (text === 'false' || text === '0') return { exists: false }
  throw notAgreed()
}

/**
 * The record of the person asked about. Undefined when the collection is there and empty, or holds one
 * person of no other number whose name is empty: so the service says that there is none. Whatever else it
 * holds (another number, two people, an error of its own) is no answer to the question.
 */
export function readCitizen(
  body: XmlElement,
  number: string,
  fields: readonly string[],
): LookupRecord | undefined {
  const collection = within(body, 'CongdanCollection')
  if (!collection) throw notAgreed()
  const [citizen, another] = collection.children
  if (!citizen && collection.text.trim() === '') return undefined
  if (citizen?.name !== 'CongDan' || another) throw notAgreed()
  const numbers = ['SoDinhDanh', 'SoCMND'].flatMap((name) => textAt(citizen, name) ?? [])
  if (isNameless(citizen) && numbers.every((one) => one === number)) return undefined
  if (fullName(citizen) === undefined || !numbers.includes(number)) throw notAgreed()
  return withoutAbsent(
    Object.fromEntries(fields.map((field) => [field, readers[field]?.(citizen)])),
  )
}

/** Only what was asked for is read: what nobody needs cannot fail, and goes nowhere. */
const readers: Readonly<Record<string, (citizen: XmlElement) => unknown>> = {
  personalId: (citizen) => textAt(citizen, 'SoDinhDanh'),
  identityNumber: (citizen) => textAt(citizen, 'SoCMND'),
  fullName,
  genderCode: (citizen) => textAt(citizen, 'GioiTinh'),
  ethnicityCode: (citizen) => textAt(citizen, 'DanToc'),
  religionCode: (citizen) => textAt(citizen, 'TonGiao'),
  maritalStatusCode: (citizen) => textAt(citizen, 'TinhTrangHonNhan'),
  bloodGroupCode: (citizen) => textAt(citizen, 'NhomMau'),
  birth,
  birthRegistrationPlace: (citizen) => address(citizen, 'NoiDangKyKhaiSinh'),
  hometown: (citizen) => address(citizen, 'QueQuan'),
  permanentAddress: (citizen) => address(citizen, 'ThuongTru'),
  currentAddress: (citizen) => address(citizen, 'NoiOHienTai'),
  nationality: (citizen) => textAt(citizen, 'QuocTich'),
  father: (citizen) => relative(citizen, 'Cha'),
  mother: (citizen) => relative(citizen, 'Me'),
  spouse: (citizen) => relative(citizen, 'VoChong'),
  representative: (citizen) => relative(citizen, 'NguoiDaiDien'),
  householder: (citizen) => relative(citizen, 'ChuHo'),
  householdBookNumber: (citizen) => textAt(citizen, 'SoSoHoKhau'),
  taxCode: (citizen) => textAt(citizen, 'MaSoThue'),
  email: (citizen) => textAt(citizen, 'ThuDienTu'),
}

/** Its name is there and empty, or it has nothing in it at all. */
const isNameless = (citizen: XmlElement): boolean =>
  citizen.children.length === 0
    ? citizen.text.trim() === ''
    : childAt(citizen, 'HoVaTen') !== undefined && fullName(citizen) === undefined

/** Some services give the parts of a name, others all of it as `Ten`. */
function fullName(person: XmlElement): string | undefined {
  const name = childAt(person, 'HoVaTen')
  if (!name) return undefined
  const parts = ['Ho', 'ChuDem', 'Ten'].flatMap((part) => textAt(name, part) ?? [])
  const whole = parts.length > 0 ? parts.join(' ') : name.text.trim()
  return whole === '' ? undefined : nfc(whole)
}

/** A day; a year where that is all there is, or all that counts: `19550000`. */
function birth(citizen: XmlElement): string | undefined {
  const day = textAt(citizen, 'NgayThangNamSinh', 'NgayThangNam')
  if (day === undefined) return textAt(citizen, 'NgayThangNamSinh', 'Nam')
  return /^\d{4}0000$/.test(day) ? day.slice(0, 4) : parseDay(day, 'yyyyMMdd', '/birth')
}

/** Since July 2025 there is no district; older records have one. */
function address(citizen: XmlElement, name: string): LookupRecord | undefined {
  const place = childAt(citizen, name)
  if (!place) return undefined
  const found = withoutAbsent({
    province: textAt(place, 'MaTinhThanh'),
    district: textAt(place, 'MaQuanHuyen'),
    ward: textAt(place, 'MaPhuongXa'),
    detail: textAt(place, 'ChiTiet'),
    country: textAt(place, 'QuocGia'),
  })
  return Object.keys(found).length > 0 ? found : undefined
}

function relative(citizen: XmlElement, name: string): LookupRecord | undefined {
  const person = childAt(citizen, name)
  if (!person) return undefined
  const found = withoutAbsent({
    relation: textAt(person, 'QuanHe'),
    fullName: fullName(person),
    nationality: textAt(person, 'QuocTich'),
    personalId: textAt(person, 'SoDinhDanh'),
    identityNumber: textAt(person, 'SoCMND'),
  })
  return Object.keys(found).length > 0 ? found : undefined
}
