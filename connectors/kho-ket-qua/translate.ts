/**
 * Questions to the national store of results, its answers, and papers for the province's store, pure. Names
 * are those of a running provincial system. Mind the case: this store says `errorCode`, its neighbours
 * behind the same adapter `error_code`; and a file comes as bare base64, without an envelope.
 */
import {
  type CodeTables,
  type Dossier,
  type DossierResult,
  type DossierResultIssued,
  formatDay,
  formatTime,
  type LookupQuestion,
  type LookupRecord,
  nfc,
  type Outcome,
  permanent,
  unknown,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { DateForm, LocalStore, StoreOptions } from './options.ts'

export interface Answer {
  readonly errorCode?: string | number | null
  readonly [name: string]: unknown
}

/** Undefined where the answer says no code; what that means is for who asked. */
export const codeOf = ({ errorCode }: Answer): string | undefined => {
  const code = errorCode === null || errorCode === undefined ? '' : String(errorCode).trim()
  return code === '' ? undefined : code
}

const tokenNames = ['session', 'token', 'accessToken', 'access_token']

/** Its name has not been published: one of those in use, in the answer or in its `result` or `data`. */
export function tokenOf(answer: Answer): string | undefined {
  const places = [answer, answer.result, answer.data].filter(
    (place): place is Record<string, unknown> => typeof place === 'object' && place !== null,
  )
  const found = places.flatMap((place) => tokenNames.map((name) => place[name]))
  return found.find((token): token is string => typeof token === 'string' && token !== '')
}

interface ResultsParameters {
  readonly ownerId: string
  readonly requesterName: string
  readonly requesterId: string
  readonly channel: string
  readonly procedureCode: string
  readonly wanted: readonly { readonly resultCode: string; readonly number?: string }[]
}
const resultsParameters = ({ parameters }: LookupQuestion): ResultsParameters =>
  parameters as unknown as ResultsParameters

export function resultsRequest(question: LookupQuestion, codes: CodeTables, now: Date): object {
  const asked = resultsParameters(question)
  return {
    SoDinhDanhChuSoHuu: asked.ownerId,
    HoTenNguoiYeuCau: nfc(asked.requesterName).trim().replace(/\s+/g, ' '),
    SoDinhDanhNguoiYeuCau: asked.requesterId,
    KenhThucHien: codes.toRemote('dvcqg-channel', asked.channel, now, '/parameters/channel'),
    MaThuTuc: asked.procedureCode,
    DanhSachDanhMucKetQua: asked.wanted.map(({ resultCode, number }) => ({
      MaKetQua: resultCode,
      ...(number !== undefined && { SoKyHieu: nfc(number) }),
    })),
  }
}

export const fileRequest = ({ parameters }: LookupQuestion): object => ({
  CoQuanChuQuan: parameters.agency,
  DuongDan: parameters.path,
})

interface RemotePaper {
  readonly MaKetQua: string
  readonly TenGiayTo?: string | null
  readonly SoKyHieu?: string | null
  readonly CoQuanChuQuan?: string | null
  readonly DanhSachTepDinhKem?:
    | readonly { readonly TenTep?: string | null; readonly DuongDan: string }[]
    | null
}

/** Undefined when the store itself says that there is no such paper. */
export function readPapers(
  question: LookupQuestion,
  answer: Answer,
  { successCodes, missingCodes }: StoreOptions,
): LookupRecord | undefined {
  const code = codeOf(answer)
  if (code !== undefined && missingCodes.includes(code)) return undefined
  if (code === undefined) throw unknown('answer-invalid')
  if (!successCodes.includes(code))
    throw permanent('target-rejected', { evidence: { remoteCode: code } })
  const result = answer.result as
    | { readonly DanhSachGiayToKetQua?: readonly RemotePaper[] | null }
    | null
    | undefined
  const papers = result?.DanhSachGiayToKetQua
  // Success without a list has said nothing about papers.
  if (!papers) throw unknown('answer-invalid')
  if (papers.length === 0) return undefined
  const wanted = new Set(resultsParameters(question).wanted.map(({ resultCode }) => resultCode))
  if (papers.some(({ MaKetQua }) => !wanted.has(MaKetQua))) throw unknown('answer-invalid')
  return question.fields.includes('papers') ? { papers: papers.map(paper) } : {}
}

const paper = (remote: RemotePaper): LookupRecord =>
  withoutAbsent({
    resultCode: remote.MaKetQua,
    name: textOf(remote.TenGiayTo),
    number: textOf(remote.SoKyHieu),
    agency: textOf(remote.CoQuanChuQuan),
    files: (remote.DanhSachTepDinhKem ?? []).map(({ TenTep, DuongDan }) =>
      withoutAbsent({ name: textOf(TenTep), path: DuongDan }),
    ),
  })

const textOf = (text: string | null | undefined): string | undefined =>
  text === null || text === undefined || text.trim() === '' ? undefined : nfc(text)

/** How the files begin that offices keep; what begins otherwise may be words in the place of a file. */
const beginnings: readonly (readonly [mediaType: string, hex: string])[] = [
  ['application/pdf', '255044462d'],
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e470d0a1a0a'],
  ['image/tiff', '49492a00'],
  ['image/tiff', '4d4d002a'],
  ['application/zip', '504b0304'],
  ['application/x-ole-storage', 'd0cf11e0a1b11ae1'],
  ['application/xml', '3c3f786d6c'],
]

/** Many an error message is base64, too ("NotFound"): only what begins as a file does is a file. */
export function readFile({ fields }: LookupQuestion, body: string): LookupRecord {
  const text = body.trim()
  const base64 = /^".*"$/s.test(text) ? text.slice(1, -1).replaceAll('\\/', '/') : text
  const isBase64 = base64.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
  const head = isBase64 ? Buffer.from(base64.slice(0, 16), 'base64').toString('hex') : ''
  const kind = beginnings.find(([, beginning]) => head.startsWith(beginning))
  if (!kind) throw unknown('answer-invalid')
  const record: LookupRecord = { file: base64, mediaType: kind[0] }
  return Object.fromEntries(fields.map((field) => [field, record[field]]))
}

/** One paper for each result of the dossier; what a message does not say is left out, never made up. */
export function papersOf(message: DossierResultIssued, local: LocalStore): readonly object[] {
  const { dossier, issuedAt, issuedBy } = message
  if (dossier.results.length === 0) throw absent('/dossier/results')
  const common = {
    MaHoSo: dossier.code,
    TrichYeuNoiDung: nfc(dossier.summary),
    CoQuanBanHanh: nfc(dossier[local.issuingAgency].name),
    ...(issuedBy !== undefined && { NguoiKy: nfc(issuedBy) }),
    ChuHoSo: nfc(dossier.applicant.name),
    MaDinhDanh: ownerNumber(dossier),
    LoaiSoHoa: 1,
  }
  return dossier.results.map((result, index) => {
    const at = `/dossier/results/${index}`
    return {
      ...{ Ten: nfc(result.name), Ma: result.resultCode ?? missing(`${at}/resultCode`), ...common },
      ...(result.number !== undefined && { SoKyHieu: nfc(result.number) }),
      NgayBanHanh: issueDate(result, issuedAt, local.dateForm, at),
      DinhKem: result.url,
    }
  })
}

function issueDate(result: DossierResult, issuedAt: string, form: DateForm, at: string): string {
  const [moment, pointer] = result.issuedAt
    ? [result.issuedAt, `${at}/issuedAt`]
    : [issuedAt, '/issuedAt']
  return form === 'yyyy-MM-dd' || form === 'dd/MM/yyyy'
    ? formatDay(formatTime(moment, 'yyyy-MM-ddTHH:mm:ss', pointer).slice(0, 10), form, pointer)
    : formatTime(moment, form, pointer)
}

/** The store finds papers by it: an old number or a passport is none. */
const ownerKinds = ['personal-id', 'tax-code', 'business-registration', 'agency-code']

function ownerNumber({ applicant: { identities } }: Dossier): string {
  const owner = identities.find(({ kind }) => ownerKinds.includes(kind))
  return owner?.number ?? missing('/dossier/applicant/identities')
}

const absent = (pointer: string) =>
  permanent('payload-invalid', {
    faults: [
      {
        ...{ pointer, rule: 'required' },
        vi: 'kho kết quả cần giá trị này, bản tin không có',
        en: 'the store of results needs this, and the message lacks it',
      },
    ],
  })

function missing(pointer: string): never {
  throw absent(pointer)
}

/** Success only by a code of success; a code that is in no list leaves the outcome open. */
export function outcomeOf(answer: Answer, options: StoreOptions): Outcome {
  const remoteCode = codeOf(answer)
  if (remoteCode === undefined) throw unknown('answer-invalid')
  const evidence = { remoteCode }
  if (options.successCodes.includes(remoteCode)) return { kind: 'delivered', evidence }
  if (options.refusedCodes.includes(remoteCode)) throw permanent('target-rejected', { evidence })
  throw unknown('answer-wording-unknown', { evidence })
}
