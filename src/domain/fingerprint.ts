/**
 * What a person would repair once. Failures with the same fingerprint are one problem. Made of the system's
 * code and words without what differs from dossier to dossier, of the places of faults, and of the code that
 * a table lacks. Only its hash is kept; the title beside it holds words of a closed list and nothing else, so
 * that no name can be left in it, whatever a system writes.
 */
import { showable } from './message.ts'
import type { Failed } from './outcome.ts'

export interface Cause {
  /** 16 hex digits. */
  readonly fingerprint: string
  /** Masked; empty when there is nothing to say beyond the error code. */
  readonly title: string
  /** The system's own code, where it looks like one. */
  readonly remoteCode: string | undefined
}

export interface LackingEntry {
  readonly table: string
  readonly code: string
}

/** Of one (system, operation, code), at most so many stand alone; the rest is one problem. */
export const fingerprintLimit = 200
export const othersFingerprint = 'others'

const vocabulary = new Set(
  (
    'mã thủ tục hồ sơ không tồn tại có chưa đã sai lỗi thiếu trường dữ liệu định dạng hợp lệ đơn vị cơ quan ' +
    'trạng thái ngày giờ tệp quá lớn trùng lặp quyền truy cập tài khoản mật khẩu phiên hết hạn hệ thống máy ' +
    'chủ bận thời gian chờ bắt buộc nhập giá trị danh mục kết quả giấy tờ thành phần lĩnh vực mức độ dịch vụ ' +
    'công được phép từ chối xử lý nhận gửi tiếp tham số cấu trúc bản tin thông công bố cập nhật the not found ' +
    'unknown invalid missing required field value code error procedure agency unit status date format file ' +
    'too large duplicate exists already does no is denied access permission session expired account password ' +
    'server busy timeout internal request body parameter type schema service unavailable rejected failed data'
  ).split(' '),
)

const space = /\s+/gu
const codeShape = /^[\p{L}\p{N}_.:-]{1,40}$/u
/** Shorter than a telephone number: what holds more digits may name a person. */
const mostDigits = 8
const isCode = (text: string): boolean =>
  codeShape.test(text) && text.replaceAll(/\D/g, '').length <= mostDigits

/** Agencies and procedures as the nation writes them: many digits, and nobody's. */
const nationalCode =
  /^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|\d\.\d{6}(?:\.(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2})?)$/u

const wordMember = /(?:message|msg|error|detail|reason|desc|thong_?bao|mo_?ta|loi)/iu

function* wordsOf(value: unknown, name = ''): Generator<string> {
  if (typeof value === 'string' && wordMember.test(name)) yield value
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value))
    yield* wordsOf(inner, Array.isArray(value) ? name : key)
}

/** An answer in JSON says more than its words: only they count. */
function saidIn(message: string): string {
  if (!/^\s*[[{]/u.test(message)) return message
  try {
    return [...wordsOf(JSON.parse(message))].join('; ')
  } catch {
    // Cut off: what stands between the names of its members is taken for words.
    return message.replaceAll(/"[^"]*"\s*:/gu, ' ')
  }
}

const name = /\p{Lu}[\p{L}\p{M}]*(?:\s+\p{Lu}[\p{L}\p{M}]*)+/gu
const innerName = /(?<=[\p{L}\p{N},]\s)\p{Lu}[\p{L}\p{M}]*/gu

/** Words without numbers, ids, dates, addresses, quotations and names. */
export function normalised(message: string): string {
  const said = saidIn(message.normalize('NFC').slice(0, 1_000))
  // Where all is in capitals, none says what is a name.
  const text = /\p{Ll}/u.test(said) ? said : said.toLowerCase()
  return text
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\S+@\S+|\w+:\/\/\S+/gu, ' ')
    .replaceAll(/"[^"]*"|“[^”]*”|‘[^’]*’|«[^»]*»|'[^']*'/gu, ' ')
    .replaceAll(/\S*\p{N}\S*/gu, ' ')
    .replaceAll(name, ' ')
    .replaceAll(innerName, ' ')
    .replaceAll(/[^\p{L}\p{M}\s]/gu, ' ')
    .replaceAll(space, ' ')
    .trim()
    .toLowerCase()
}

const titleOf = (text: string): string =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => (vocabulary.has(word) ? word : '…'))
    .join(' ')
    .replaceAll(/…(?: …)+/gu, '…')
    .slice(0, 160)

/** Segment 3 of a list becomes a star: a list is at fault in one way. Ids in a name of a member go too. */
const generalised = (pointer: string): string => pointer.replaceAll(/\/[^/]*\d[^/]*/gu, '/*')

const missingCode = /code table (\S+) .*"([^"]*)"/u

/** The table and the code that it lacks, as the code tables say it. */
function untranslated({ code, detail }: Failed): string[] {
  const found = code === 'code-untranslated' && detail ? missingCode.exec(detail.en) : null
  if (!found?.[1]) return []
  const lacking = found[2] ?? ''
  return [found[1], isCode(lacking) || nationalCode.test(lacking) ? lacking : '…']
}

/** What a code table lacks, as the title of the problem names it; undefined where that is not the cause, or the code is hidden. */
export function lackingEntry(code: string, title: string): LackingEntry | undefined {
  const [table, entry, more] = title.split(' ')
  if (code !== 'code-untranslated' || !table || !entry || entry === '…' || more) return undefined
  return { table, code: entry }
}

export function causeOf(failed: Failed, sha256: (bytes: Uint8Array) => Uint8Array): Cause {
  const { remoteCode: said, remoteMessage = '', httpStatus } = failed.evidence ?? {}
  const remoteCode = said !== undefined && isCode(said) ? said : undefined
  const words = normalised(remoteMessage)
  const table = untranslated(failed)
  const places = [
    ...new Set((failed.faults ?? []).map((fault) => `${generalised(fault.pointer)} ${fault.rule}`)),
  ].toSorted()
  const parts = table.length > 0 ? table : [remoteCode, words, httpStatus, ...places.slice(0, 20)]
  const bytes = new TextEncoder().encode(JSON.stringify([failed.code, ...parts]))
  const title = [
    table.join(' '),
    remoteCode && `[${remoteCode}]`,
    titleOf(words),
    table.length === 0 &&
      places
        .slice(0, 3)
        .map((place) => place.split(' ')[0])
        .join(', '),
  ]
  return {
    fingerprint: Buffer.from(sha256(bytes)).toString('hex').slice(0, 16),
    // Names of members come from outside, and what no row can hold would undo the whole settling.
    title: showable(title.filter(Boolean).join(' ')),
    remoteCode,
  }
}
