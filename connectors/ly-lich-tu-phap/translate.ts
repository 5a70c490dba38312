/**
 * What the system says of a dossier → canonical messages, checked by their schemas, so that one that does
 * not fit is told of as a record that cannot be read. What is left out is not filled in.
 */
import {
  type ConnectorError,
  type CriminalRecordIssued,
  type DossierStatus,
  digest,
  type IncomingMessage,
  type lyLichTuPhap,
  parseDay,
  unknown,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { Tools } from './push.ts'

type Edge = Pick<Tools, 'context' | 'options'>
type Item = lyLichTuPhap.StatesAnswerHoSo
type Result = NonNullable<Item['ketQuaXuLy']>
type Said = string | number | null | undefined

export interface Change {
  readonly status: DossierStatus
  /** In the system's code. */
  readonly state: string
  message(at: string): IncomingMessage
}

export interface Issued {
  readonly digest: string
  message(at: string): IncomingMessage
}

const textOf = (said: Said): string | undefined => {
  const text = String(said ?? '')
    .normalize('NFC')
    .trim()
  return text === '' ? undefined : text
}

/** The words of the published list: the system sends the code only. */
const meanings: Readonly<Partial<Record<DossierStatus, string>>> = {
  registered: 'Mới đăng ký',
  accepted: 'Được tiếp nhận',
  rejected: 'Không được tiếp nhận',
  processing: 'Đang xử lý',
  'supplement-requested': 'Yêu cầu bổ sung giấy tờ',
  'payment-requested': 'Yêu cầu thực hiện nghĩa vụ tài chính',
  withdrawn: 'Công dân yêu cầu rút hồ sơ',
  stopped: 'Dừng xử lý',
  finished: 'Đã xử lý xong',
  returned: 'Đã trả kết quả',
}

const sourceOf = ({ context }: Edge): string =>
  `/${context.province.toLowerCase()}/${context.system}`

/** The system gives no time of a change: its moment is when it was found out. */
export function changeOf(edge: Edge, code: string, item: Item): Change {
  const { context, options } = edge
  const state = required(item.trangThaiXuLy, '/trangThaiXuLy')
  const status = context.codes.toCanonical(
    'ly-lich-tu-phap-status',
    state,
    context.clock.now(),
    '/trangThaiXuLy',
  ) as DossierStatus
  const step = { officer: options.officer, content: meanings[status] ?? state, status }
  return {
    status,
    state,
    message: (at) => ({
      source: sourceOf(edge),
      eventId: `${code}.${state}.${digest([state, at])}`,
      type: 'vn.tthc.dossier.progressed.v1',
      subject: code,
      time: at,
      data: context.answer('tthc/dossier-progressed/v1', { code, steps: [{ ...step, at }] }),
    }),
  }
}

/** Undefined while the system has announced no result yet. */
export function issuedOf(edge: Edge, code: string, item: Item): Issued | undefined {
  const { context } = edge
  const said: Result = item.ketQuaXuLy ?? {}
  const isEmpty = (value: unknown) => value === null || value === ''
  if (Object.values(said).every(isEmpty)) return undefined
  if (said.quyetDinhThuHoi !== undefined && !isEmpty(said.quyetDinhThuHoi)) throw revoked()
  const at = (member: keyof Result) => `/ketQuaXuLy/${String(member)}`
  const day = required(said.ngayCapPhieu, at('ngayCapPhieu'))
  const file = textOf(said.phieuLLTP)
  const now = context.clock.now()
  const data = context.answer<CriminalRecordIssued>(
    'tthc/criminal-record-issued/v1',
    withoutAbsent({
      code,
      number: required(said.soPhieuLLTP, at('soPhieuLLTP')),
      issuedOn: parseDay(
        day,
        /^\d{4}-/.test(day) ? 'yyyy-MM-dd' : 'dd/MM/yyyy',
        at('ngayCapPhieu'),
      ),
      kind: context.codes.toCanonical(
        'ly-lich-tu-phap-kind',
        required(said.loaiPhieu, at('loaiPhieu')),
        now,
        at('loaiPhieu'),
      ),
      signer: textOf(said.nguoiKy),
      document: file === undefined ? undefined : documentOf(file, at('phieuLLTP')),
    }),
  )
  const own = digest(data)
  return {
    digest: own,
    message: (at) => ({
      source: sourceOf(edge),
      eventId: `${code}.ket-qua.${own}`,
      type: 'vn.tthc.criminal-record.issued.v1',
      subject: code,
      time: at,
      data,
    }),
  }
}

function required(said: Said, pointer: string): string {
  const text = textOf(said)
  if (text === undefined) throw missing(pointer)
  return text
}

function documentOf(content: string, pointer: string): CriminalRecordIssued['document'] {
  const base64 = content.replace(/[\r\n]/g, '')
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    throw invalid(pointer, 'base64', 'không phải Base64', 'is not Base64')
  const isPdf = Buffer.from(base64.slice(0, 8), 'base64').toString('latin1').startsWith('%PDF')
  return {
    mediaType: isPdf ? 'application/pdf' : 'application/octet-stream',
    content: base64,
  }
}

export const missing = (pointer: string): ConnectorError =>
  invalid(pointer, 'required', 'thiếu', 'is missing')

/** A revoked or changed record must not pass for one that was issued: a person looks. */
export const revoked = (): ConnectorError =>
  invalid(
    '/ketQuaXuLy',
    'unchanged',
    'phiếu đã bị thu hồi hoặc đã thay đổi',
    'the record was revoked or has changed',
  )

const invalid = (pointer: string, rule: string, vi: string, en: string): ConnectorError =>
  unknown('answer-invalid', { faults: [{ pointer, rule, vi, en }] })
