/**
 * What a provider of `mapi` means by a code and its words. The code decides first; where it leaves the
 * meaning open (code 0 is also used for "already there", -1 for everything that failed), the words do.
 *
 * The phrases are data: read them as a table, add what a real provider says. Version 2025-02.
 * Verified by running client code: `thành công`, `đã tồn tại`. Everything else is unverified and
 * follows the sense of the words; what is not in the table is "unknown", never success.
 */
import { createWordings, fold } from '../text.ts'

export type MapiMeaning =
  /** Taken. */
  | 'done'
  /** A record with this code is there already. */
  | 'exists'
  /** The dossier is not there. */
  | 'missing'
  /** The session is not valid any more. */
  | 'session'
  /** Never, as it is. */
  | 'refused'
  /** Not now. */
  | 'busy'
  /** Nothing in the table says what this means. */
  | 'unclear'

const phrases = {
  done: ['thành công'],
  exists: ['đã tồn tại'],
  missing: [
    'không tồn tại',
    'chưa tồn tại',
    'không tìm thấy hồ sơ',
    'hồ sơ không tồn tại',
    'hồ sơ chưa tồn tại',
  ],
  refused: [
    'không hợp lệ',
    'không đúng',
    'không thuộc',
    'không được để trống',
    'không được vượt quá',
    'không được dài quá',
    'không có quyền',
    'không liên kết',
    'chưa được liên kết',
    'thủ tục không tồn tại',
    'mã thủ tục không tồn tại',
    'mã tthc không tồn tại',
    'đơn vị không tồn tại',
    'không tìm thấy thủ tục',
    'vượt quá',
    'dài quá',
    'quá dài',
    'bắt buộc',
    'sai định dạng',
    'thiếu',
  ],
  busy: [
    'hệ thống đang bận',
    'hệ thống bận',
    'quá tải',
    'đang bảo trì',
    'thử lại sau',
    'vui lòng thử lại',
  ],
} as const

/** Words by which a refusal speaks about the session, and those that only look like it. */
const session = { marks: ['phiên', 'session'], notThese: ['phiên bản'] } as const

/** Say that it failed, not why. */
const failure = ['không thành công', 'chưa thành công', 'thất bại']

const wordings = createWordings(phrases)

const word = (phrase: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${fold(phrase)}(?![\\p{L}\\p{N}])`, 'gu')
const sessionMarks = session.marks.map(word)
const notSession = session.notThese.map(word)
const neutral = failure.map(word)

const without = (phrases: readonly RegExp[], words: string): string =>
  phrases.reduce((text, phrase) => text.replace(phrase, ' '), fold(words))

const speaksOfSession = (words: string): boolean => {
  const rest = without(notSession, words)
  return sessionMarks.some((mark) => rest.search(mark) >= 0)
}

/** Success is one sentence as a rule; its reading is remembered. */
let usualSuccess = ''

/**
 * `code` is the number in `error_code`, `words` the text in `message` ('' when there is none).
 * Code 0 without words is success: the code has said it.
 */
export function meaningOf(code: number, words: string): MapiMeaning {
  if (code === 0 && (words === '' || words === usualSuccess)) return 'done'
  const meaning = readMeaning(code, words)
  if (meaning === 'done' && words.length <= 100) usualSuccess = words
  return meaning
}

/** "3/10": only a part of what was sent. */
const isPart = (words: string): boolean => {
  const count = /(\d+)\s*\/\s*(\d+)/.exec(words)
  return count !== null && Number(count[1]) !== Number(count[2])
}

function readMeaning(code: number, words: string): MapiMeaning {
  if (code !== 0 && speaksOfSession(words)) return 'session'
  const meaning = wordings.meaningOf(without(neutral, words))
  if (meaning === undefined) return 'unclear'
  // Words against the code: neither is believed.
  if (code === 0)
    return (meaning === 'done' && !isPart(words)) || meaning === 'exists' ? meaning : 'unclear'
  return meaning === 'done' ? 'unclear' : meaning
}
