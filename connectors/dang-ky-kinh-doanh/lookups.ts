/** What an official asks, and what of the answer is his. Pure. */
import { type LookupQuestion, type LookupRecord, withoutAbsent } from '../../src/connector/index.ts'
import type { RegistryAnswer, RegistryQuestion } from './client.ts'
import { knownDateOf, notAgreed, type Row, rowsOf, textOf } from './reading.ts'

type Reader = (row: Row, answer: RegistryAnswer) => unknown

const text =
  (name: string): Reader =>
  (row) =>
    textOf(row, name)
const date =
  (name: string): Reader =>
  (row) =>
    knownDateOf(row, name)

/** Undefined when nothing of it is there. */
function part(row: Row, members: Readonly<Record<string, string>>): LookupRecord | undefined {
  const found = withoutAbsent(
    Object.fromEntries(
      Object.entries(members).map(([name, remote]) => [name, textOf(row, remote)]),
    ),
  )
  return Object.keys(found).length > 0 ? found : undefined
}
const parts = (
  value: unknown,
  members: Readonly<Record<string, string>>,
): readonly LookupRecord[] =>
  rowsOf(value)
    .map((row) => part(row, members))
    .filter((one) => one !== undefined)

const enterprise: Readonly<Record<string, Reader>> = {
  enterpriseCode: text('ENTERPRISE_GDT_CODE'),
  formerCertificateNumber: text('IMP_BUSINESS_CODE'),
  typeCode: text('ENTERPRISE_TYPE_ID'),
  typeName: text('ENTERPRISE_TYPE_NAME'),
  name: text('NAME'),
  shortName: text('SHORT_NAME'),
  foreignName: text('NAME_F'),
  foundedOn: date('FOUNDING_DATE'),
  amendedOn: date('LAST_AMEND_DATE'),
  amendments: text('NUMBER_CHANGES'),
  status: text('ENTERPRISE_STATUS'),
  legalRepresentatives: (row) =>
    textOf(row, 'LEGAL_NAMES')
      ?.split(';')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  capital: text('CAPITAL_AMOUNT'),
  address: (_, answer) =>
    part(rowsOf(answer.HOAdress)[0] ?? {}, {
      ...{ provinceCode: 'CityID', provinceName: 'CityName' },
      ...{ districtCode: 'DistrictID', districtName: 'DistrictName' },
      ...{ wardCode: 'WardID', wardName: 'WardName' },
      ...{ street: 'StreetNumber', text: 'AddressFullText' },
    }),
  activities: (_, answer) =>
    parts(answer.BusinessActivity, { code: 'CODE', name: 'NAME', isMain: 'IS_MAIN' }).map(
      ({ isMain, ...activity }) => ({ ...activity, main: isMain === 'Y' }),
    ),
  members: (_, answer) =>
    parts(answer.Member, {
      ...{ name: 'MEMBER_NAME', amount: 'AMOUNT' },
      ...{ percent: 'RATIO_PERCENT', country: 'COUNTRY' },
    }),
}

const dossier: Readonly<Record<string, Reader>> = {
  receiptNumber: text('IN_JOURNAL_NO'),
  documentType: text('DOCUMENT_TYPE'),
  internalCode: text('ENTERPRISE_CODE'),
  enterpriseCode: text('ENTERPRISE_GDT_CODE'),
  enterpriseName: text('NAME'),
  enterpriseTypeCode: text('ENTERPRISE_TYPE_ID'),
  registrarCode: text('SITE_ID'),
  receivedOn: date('RECEIPT_DATE'),
  dueOn: date('PLAN_DATE'),
  status: text('PROCESS_STATUS'),
  approvedOn: date('REGISTRATION_DATE'),
  supplementedOn: date('SUPPLEMENT_DATE'),
  submissionType: text('SUBMISSION_TYPE'),
  contact: (row) =>
    part(row, {
      ...{ fullName: 'CONTACT_FULL_NAME', address: 'CONTACT_ADDRESS', idNumber: 'CONTACT_ID_NO' },
      ...{ phone: 'CONTACT_PHONE', email: 'CONTACT_EMAIL' },
    }),
}

interface Lookup {
  readonly call: RegistryQuestion['call']
  /** Name of the parameter, of what it is in the query, and of the member that repeats it. */
  readonly parameter: string
  readonly asked: string
  readonly repeated: string
  readonly readers: Readonly<Record<string, Reader>>
}

export const lookups: Readonly<Record<string, Lookup>> = {
  'doanh-nghiep': {
    ...{ call: 'chiTietDoanhNghiep', parameter: 'enterpriseCode', asked: 'msdn' },
    ...{ repeated: 'ENTERPRISE_GDT_CODE', readers: enterprise },
  },
  'tinh-trang-ho-so': {
    ...{ call: 'tinhTrangHoSo', parameter: 'receiptNumber', asked: 'in_journal_no' },
    ...{ repeated: 'IN_JOURNAL_NO', readers: dossier },
  },
}

const numberAsked = ({ parameter }: Lookup, { parameters }: LookupQuestion): string =>
  String(parameters[parameter])

export const questionOf = (lookup: Lookup, question: LookupQuestion): RegistryQuestion => ({
  call: lookup.call,
  query: { [lookup.asked]: numberAsked(lookup, question) },
  official: question.official,
})

/** Undefined when the service succeeded and holds nothing; a record of another number is no answer. */
export function recordOf(
  lookup: Lookup,
  question: LookupQuestion,
  answer: RegistryAnswer,
): LookupRecord | undefined {
  const [row, another] = rowsOf(answer.MainInformation)
  if (!row) {
    if (Number(answer.DataCount ?? 0) !== 0) throw notAgreed()
    return undefined
  }
  if (another || textOf(row, lookup.repeated) !== numberAsked(lookup, question)) throw notAgreed()
  return withoutAbsent(
    Object.fromEntries(
      question.fields.map((field) => [field, lookup.readers[field]?.(row, answer)]),
    ),
  )
}
