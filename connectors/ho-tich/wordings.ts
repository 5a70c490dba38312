/**
 * What the system means by its status and its words. 1 is success unless an error stands beside it; every
 * failure is 0, and only the words say which. Validation faults are joined to one text.
 *
 * The phrases are data: read them as a table, add what the real system says. Version 2025-08.
 * Seen in a running client: `đã được tiếp nhận`, `có độ dài vượt quá`, `không tồn tại trong danh mục`.
 * The others are unverified and follow the sense of the words; what is not in the table is "unclear".
 */
import { createWordings } from '../../src/connector/index.ts'

export type Meaning = 'done' | 'already' | 'missing' | 'refused' | 'session' | 'busy' | 'unclear'

const wordings = createWordings<Exclude<Meaning, 'done' | 'unclear'>>({
  already: ['đã được tiếp nhận'],
  missing: [
    'không tìm thấy hồ sơ',
    'không tìm thấy dữ liệu',
    'hồ sơ không tồn tại',
    'hồ sơ chưa tồn tại',
  ],
  refused: [
    'có độ dài vượt quá',
    'không tồn tại trong danh mục',
    'không được để trống',
    'không hợp lệ',
    'không đúng định dạng',
    'sai định dạng',
    'là bắt buộc',
  ],
  session: ['phiên làm việc hết hạn', 'token không hợp lệ', 'token hết hạn'],
  busy: ['hệ thống đang bận', 'hệ thống bận', 'đang bảo trì', 'vui lòng thử lại', 'thử lại sau'],
})

/** Error codes of the older call (dangKyHoTich). */
const codes: Readonly<Record<string, Meaning>> = {
  '100': 'session',
  '101': 'refused',
  '106': 'refused',
  '108': 'refused',
  '200': 'refused',
  '201': 'missing',
  '302': 'refused',
  '500': 'refused',
}

type Said = string | number | null | undefined

export interface Answer {
  readonly status: string | number
  readonly statusDescription?: Said
  readonly errorCode?: Said
  readonly errorDescription?: Said
}

const textOf = (said: Said): string => String(said ?? '').trim()

export function meaningOf(answer: Answer): Meaning {
  const code = textOf(answer.errorCode)
  const words = textOf(answer.errorDescription)
  const isFree = (code === '' || code === '0') && words === ''
  switch (textOf(answer.status)) {
    case '1':
      // An error beside the success: neither is believed.
      return isFree ? 'done' : 'unclear'
    case '0': {
      const meaning = wordings.meaningOf(words || textOf(answer.statusDescription))
      return meaning ?? codes[code] ?? 'unclear'
    }
    default:
      return 'unclear'
  }
}
