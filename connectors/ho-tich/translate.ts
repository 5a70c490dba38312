/**
 * What the system says of a dossier → canonical messages, checked by their schemas, so that one that does
 * not fit is told of as a record that cannot be read. Pure. What is left out is not filled in.
 */
import {
  type CivilStatusRegistered,
  type CivilStatusRequested,
  type ConnectorContext,
  type ConnectorError,
  type DossierStatus,
  digest,
  type hoTich,
  type IncomingMessage,
  parseDay,
  parseTime,
  sameText,
  unknown,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { CivilStatusOptions } from './options.ts'

interface Edge {
  readonly context: Pick<ConnectorContext, 'answer' | 'codes' | 'province' | 'system'>
  readonly options: Pick<CivilStatusOptions, 'unnamedOfficer'>
}

export interface Change {
  readonly status: DossierStatus
  /** The same for the same state, time and words. */
  readonly digest: string
  readonly message: IncomingMessage
}

type Item = hoTich.StatesAnswerHoSo
type Result = NonNullable<Item['ketQuaXuLy']>
type Said = string | number | null | undefined

const textOf = (said: Said): string | undefined => {
  const text = String(said ?? '')
    .normalize('NFC')
    .trim()
  return text === '' ? undefined : text
}

/** What the codes mean, in the words of the published list: said where the system adds none of its own. */
const meanings: Readonly<Record<string, string>> = {
  '1': 'Chờ xử lý',
  '2': 'Cần bổ sung',
  '3': 'Đủ điều kiện',
  '4': 'Hoàn thành',
  '6': 'Từ chối',
}

const sourceOf = ({ context }: Edge): string =>
  `/${context.province.toLowerCase()}/${context.system}`

export function changeOf(edge: Edge, code: string, item: Item): Change {
  const state = required(item.trangThai, '/trangThai')
  const at = timeOf(required(item.thoiGianThucHien, '/thoiGianThucHien'), '/thoiGianThucHien')
  const status = edge.context.codes.toCanonical(
    'ho-tich-status',
    state,
    new Date(at),
    '/trangThai',
  ) as DossierStatus
  const step = withoutAbsent({
    officer: officerOf(edge, item),
    position: textOf(item.chucDanh),
    department: textOf(item.phongBanXuLy),
    at,
    content: contentOf(item, state),
    status,
  })
  const own = digest([state, step])
  return {
    status,
    digest: own,
    message: {
      source: sourceOf(edge),
      eventId: `${code}.${state}.${own}`,
      type: 'vn.tthc.dossier.progressed.v1',
      subject: code,
      time: at,
      data: edge.context.answer('tthc/dossier-progressed/v1', { code, steps: [step] }),
    },
  }
}

/** Undefined while the system has announced no result yet. */
export function resultOf(
  edge: Edge,
  code: string,
  event: CivilStatusRequested['event'],
  item: Item,
): IncomingMessage | undefined {
  const said: Result = item.ketQuaXuLy ?? {}
  if (Object.values(said).every((value) => value === null || value === '')) return undefined
  const at = (member: keyof Result) => `/ketQuaXuLy/${String(member)}`
  const registeredAt = timeOf(
    required(item.thoiGianThucHien, '/thoiGianThucHien'),
    '/thoiGianThucHien',
  )
  const file = textOf(said.giayKhaiSinh)
  const data = edge.context.answer<CivilStatusRegistered>('tthc/civil-status-registered/v1', {
    ...withoutAbsent({
      code,
      event,
      registeredAt,
      registeredBy: textOf(item.nguoiXuLy),
      entry: withoutAbsent({
        number: required(said.soDangKy, at('soDangKy')),
        date: dayOf(required(said.ngayDangKy, at('ngayDangKy')), at('ngayDangKy')),
        book: textOf(said.quyenSo),
        page: textOf(said.trangSo),
      }),
      personalId: textOf(said.soDinhDanh),
      certificate: file === undefined ? undefined : certificateOf(file, at('giayKhaiSinh')),
    }),
  })
  return {
    source: sourceOf(edge),
    eventId: `${code}.ket-qua.${digest(data)}`,
    type: 'vn.tthc.civil-status.registered.v1',
    subject: code,
    time: registeredAt,
    data,
  }
}

function officerOf({ options }: Edge, item: Item): string {
  return textOf(item.nguoiXuLy) ?? options.unnamedOfficer ?? required(undefined, '/nguoiXuLy')
}

/** The limit of a supplement is the citizen's, not that of the step, so it is said in words. */
function contentOf(item: Item, state: string): string {
  const said = [item.noiDungXuLy, item.ghiChu].flatMap((text) => textOf(text) ?? [])
  const [first, second] = said
  if (first !== undefined && second !== undefined && sameText(first, second)) said.pop()
  const limit = textOf(item.hanBoSungHoSo)
  const words = said.length > 0 ? said : [meanings[state] ?? state]
  return [...words, ...(limit === undefined ? [] : [`Hạn bổ sung: ${limit}`])].join('\n')
}

function required(said: Said, pointer: string): string {
  const text = textOf(said)
  if (text === undefined) throw invalid(pointer, 'required', 'thiếu', 'is missing')
  return text
}

/** No two of these forms look alike, so the text itself says which it is. */
function timeOf(text: string, pointer: string): string {
  if (/^\d{14}$/.test(text)) return parseTime(text, 'yyyyMMddHHmmss', pointer)
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text))
    return parseTime(text, 'yyyy-MM-ddTHH:mm:ss', pointer)
  if (/^\d{2}\/\d{2}\/\d{4}$/.test(text)) return `${dayOf(text, pointer)}T00:00:00+07:00`
  return parseTime(text, 'dd/MM/yyyy HH:mm:ss', pointer)
}

const dayOf = (text: string, pointer: string): string =>
  parseDay(text, /^\d{4}-/.test(text) ? 'yyyy-MM-dd' : 'dd/MM/yyyy', pointer)

function certificateOf(content: string, pointer: string): CivilStatusRegistered['certificate'] {
  const base64 = content.replace(/[\r\n]/g, '')
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    throw invalid(pointer, 'base64', 'không phải Base64', 'is not Base64')
  const isPdf = Buffer.from(base64.slice(0, 8), 'base64').toString('latin1').startsWith('%PDF')
  return {
    mediaType: isPdf ? 'application/pdf' : 'application/octet-stream',
    content: base64,
  }
}

const invalid = (pointer: string, rule: string, vi: string, en: string): ConnectorError =>
  unknown('answer-invalid', { faults: [{ pointer, rule, vi, en }] })
