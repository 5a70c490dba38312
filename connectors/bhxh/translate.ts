/**
 * Questions to the social insurance service and its records, pure. Names of members, and what their
 * codes mean, are those of the API document of a province (Quảng Bình, apiBHXH over NGSP). Values are
 * given as they are: codes stay codes, and what a record does not have is not made up.
 */
import {
  formatDay,
  type LookupQuestion,
  type LookupRecord,
  nfc,
  parseDay,
  permanent,
  unknown,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { InsuranceOptions } from './options.ts'

/** Which call answers a lookup, and what the schemas of its request and answer begin with. */
export const calls = {
  'ho-gia-dinh-theo-ma-so': { path: 'byNumber', schema: 'household-by-number' },
  'ma-so-theo-tieu-chi': { path: 'byCriteria', schema: 'number-by-criteria' },
  'ho-gia-dinh': { path: 'household', schema: 'household' },
} as const
export type CallName = keyof typeof calls

interface Person {
  readonly fullName: string
  readonly birth: string
  readonly genderCode: string
  readonly birthRegistration?: boolean
}
interface Parameters {
  readonly 'ho-gia-dinh-theo-ma-so': { readonly insuranceNumber: string }
  readonly 'ma-so-theo-tieu-chi': Person & {
    readonly provinceCode?: string
    readonly districtCode?: string
    readonly wardCode?: string
  }
  readonly 'ho-gia-dinh': Person & {
    readonly provinceCode: string
    readonly bookNumber?: string
    readonly cardNumber?: string
  }
}

/** Fitted the manifest's schema. */
const parametersOf = <Name extends CallName>({ parameters }: LookupQuestion): Parameters[Name] =>
  parameters as unknown as Parameters[Name]

/** How much of a birth is known: `loaiNgaySinh`, its digits in `ngaySinh`, its length as `YYYY-MM-DD`. */
const births = [
  { kind: '0', digits: 8, length: 10 },
  { kind: '1', digits: 4, length: 4 },
  { kind: '2', digits: 6, length: 7 },
] as const

/**
 * `ngaySinh` is year, month and day in one; `loaiNgaySinh` says which of them count. What stands in the
 * place of those that do not, nobody has written down: it is an option.
 */
function birthOf(
  birth: string,
  fill: InsuranceOptions['birthFill'],
): { ngaySinh: string; loaiNgaySinh: string } {
  const whole = formatDay(`${birth}-01-01`.slice(0, 10), 'yyyyMMdd', '/parameters/birth')
  const known = births.find(({ length }) => length === birth.length)
  const part = whole.slice(0, known?.digits)
  const filled = { none: part, '00': part.padEnd(8, '0'), '01': whole }[fill]
  return { ngaySinh: filled, loaiNgaySinh: known?.kind ?? '' }
}

const personOf = (person: Person, { birthFill }: InsuranceOptions) => ({
  hoTen: nfc(person.fullName).trim().replace(/\s+/g, ' '),
  ...birthOf(person.birth, birthFill),
  gioiTinh: person.genderCode,
  isKs: person.birthRegistration ? '1' : '0',
})

/** What is asked, by every name that the service knows: what is not given is sent empty. */
export function requestOf(
  question: LookupQuestion,
  options: InsuranceOptions,
): Readonly<Record<string, string>> {
  switch (question.operation as CallName) {
    case 'ho-gia-dinh-theo-ma-so':
      return { maSoBhxh: parametersOf<'ho-gia-dinh-theo-ma-so'>(question).insuranceNumber }
    case 'ma-so-theo-tieu-chi': {
      const asked = parametersOf<'ma-so-theo-tieu-chi'>(question)
      return {
        ...personOf(asked, options),
        maTinhKs: asked.provinceCode ?? '',
        maHuyenKs: asked.districtCode ?? '',
        maXaKs: asked.wardCode ?? '',
      }
    }
    case 'ho-gia-dinh': {
      const asked = parametersOf<'ho-gia-dinh'>(question)
      return {
        maTinh: asked.provinceCode,
        ...personOf(asked, options),
        soSo: asked.bookNumber ?? '',
        maThe: asked.cardNumber ?? '',
      }
    }
  }
}

export type InsuranceRecord = Readonly<Record<string, unknown>>
export type InsuranceAnswer = InsuranceRecord | readonly InsuranceRecord[]

const notAgreed = () => unknown('answer-invalid')

const textOf = (record: InsuranceRecord, name: string): string | undefined => {
  const value = record[name]
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text.trim() !== '' ? nfc(text.trim()) : undefined
}

const numberOf = (record: InsuranceRecord): string | undefined =>
  textOf(record, 'maSoBhxh') ?? textOf(record, 'maSo')

const isBlank = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '')

/** Where a person would be: one of these is there, and empty. */
const emptyPlaces = (record: InsuranceRecord): boolean =>
  ['maSoBhxh', 'maSo', 'hoTen'].some((name) => Object.hasOwn(record, name) && isBlank(record[name]))
const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null

/**
 * Whether a record is about somebody. Its code decides. "Nobody" is a code that says so, or success and an
 * empty place where the person would be, or a record in which nothing at all is written. What is written
 * elsewhere may be an error, or the person in a form that is not known here.
 */
function isSomebody(
  record: InsuranceRecord,
  named: boolean,
  { successCodes, missingCodes }: InsuranceOptions,
): boolean {
  const code = textOf(record, 'errorCode')
  if (code !== undefined && missingCodes.includes(code)) return false
  if (code !== undefined && !successCodes.includes(code))
    throw permanent('target-rejected', { evidence: { remoteCode: code } })
  if (named) return true
  const { errorCode: _, ...rest } = record
  const values = Object.values(rest)
  if (code !== undefined && emptyPlaces(record) && values.every(isPlain)) return false
  if (!values.every(isBlank)) throw notAgreed()
  return false
}

/**
 * The record of the number asked about, alone or in the list of a household. The documented record does
 * not repeat the number: without one it can be of the person asked about only if there is no other.
 */
function ofNumber(people: readonly InsuranceRecord[], number: string): InsuranceRecord {
  const own = people.filter((person) => numberOf(person) === number)
  const [person, another] = own.length > 0 ? own : people
  if (!person || another || (numberOf(person) ?? number) !== number) throw notAgreed()
  return person
}

/** Of several people that fit a description nobody knows which one was meant. */
function only([person, another]: readonly InsuranceRecord[]): InsuranceRecord {
  if (!person || another) throw notAgreed()
  return person
}

/** Undefined when the service says that there is nobody; whatever it does not say clearly is thrown. */
export function readAnswer(
  question: LookupQuestion,
  answer: InsuranceAnswer,
  options: InsuranceOptions,
): LookupRecord | undefined {
  const byNumber = question.operation === 'ho-gia-dinh-theo-ma-so'
  const records = isList(answer) ? answer : [answer]
  const people = records.filter((record) => {
    const hasName = byNumber && textOf(record, 'hoTen') !== undefined
    return isSomebody(record, hasName || numberOf(record) !== undefined, options)
  })
  if (people.length === 0) return undefined
  const person = byNumber
    ? ofNumber(people, parametersOf<'ho-gia-dinh-theo-ma-so'>(question).insuranceNumber)
    : only(people)
  const household = isList(answer) ? people : undefined
  return withoutAbsent(
    Object.fromEntries(
      question.fields.map((field) => [field, readers[field]?.(person, household)]),
    ),
  )
}

const isList = (answer: InsuranceAnswer): answer is readonly InsuranceRecord[] =>
  Array.isArray(answer)

type Reader = (person: InsuranceRecord, household?: readonly InsuranceRecord[]) => unknown

/** Only what was asked for is read: what nobody needs cannot fail, and goes nowhere. */
const readers: Readonly<Record<string, Reader>> = {
  insuranceNumber: numberOf,
  fullName: (person) => textOf(person, 'hoTen'),
  birth,
  genderCode: (person) => textOf(person, 'gioiTinh'),
  oldBookNumber: (person) => textOf(person, 'soSoCu'),
  birthRegistrationPlace: place,
  householdCode: (person) => textOf(person, 'maHo'),
  address: (person) => textOf(person, 'diaChi'),
  status: (person) => textOf(person, 'trangThai'),
  members: (_, household) => household?.map(member),
}

const member = (person: InsuranceRecord): LookupRecord =>
  withoutAbsent({
    insuranceNumber: numberOf(person),
    fullName: textOf(person, 'hoTen'),
    birth: birth(person),
    genderCode: textOf(person, 'gioiTinh'),
    status: textOf(person, 'trangThai'),
  })

/** A day, a month or a year: as much as counts. Without a kind, what is not filled with zeros. */
function birth(person: InsuranceRecord): string | undefined {
  const digits = textOf(person, 'ngaySinh')
  if (digits === undefined) return undefined
  const kind = textOf(person, 'loaiNgaySinh')
  const bare = digits.length === 8 ? digits.replace(/0000$|00$/, '') : digits
  const known = births.find((one) =>
    kind === undefined ? one.digits === bare.length : one.kind === kind,
  )
  if (!known || digits.length < known.digits) throw notAgreed()
  const day = `${digits.slice(0, known.digits)}0101`.slice(0, 8)
  return parseDay(day, 'yyyyMMdd', '/birth').slice(0, known.length)
}

function place(person: InsuranceRecord): LookupRecord | undefined {
  const found = withoutAbsent({
    province: textOf(person, 'maTinhKs'),
    district: textOf(person, 'maHuyenKs'),
    ward: textOf(person, 'maXaKs'),
  })
  return Object.keys(found).length > 0 ? found : undefined
}
