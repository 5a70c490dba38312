/**
 * What the system means by its status and its words. Only the success code is believed, and only without
 * an error beside it; every other answer is looked up by its words.
 *
 * The phrases are data, all unverified: read them as a table, add what the real system says. What is not
 * in the table is "unclear". Version 2025-08.
 */
import { createWordings } from '../../src/connector/index.ts'
import type { CriminalRecordOptions } from './options.ts'

export type Meaning = 'done' | 'already' | 'missing' | 'refused' | 'session' | 'busy' | 'unclear'

const wordings = createWordings<Exclude<Meaning, 'done' | 'unclear'>>({
  already: ['đã được tiếp nhận', 'hồ sơ đã tồn tại'],
  missing: ['không tìm thấy hồ sơ', 'hồ sơ không tồn tại', 'hồ sơ chưa tồn tại'],
  refused: [
    'không được để trống',
    'không hợp lệ',
    'không đúng định dạng',
    'sai định dạng',
    'là bắt buộc',
    'có độ dài vượt quá',
    'không tồn tại trong danh mục',
  ],
  session: ['authkey không hợp lệ', 'sai authkey'],
  busy: ['hệ thống đang bận', 'hệ thống bận', 'đang bảo trì', 'vui lòng thử lại', 'thử lại sau'],
})

type Said = string | number | null | undefined

export interface Answer {
  readonly status?: Said
  readonly statusDescription?: Said
  readonly statusCode?: Said
  readonly errorDetail?: Said
}

const textOf = (said: Said): string => String(said ?? '').trim()

type Style = Pick<CriminalRecordOptions, 'answers' | 'successStatus'>

export const codeOf = ({ answers }: Style, answer: Answer): string =>
  textOf(answers === 'status' ? answer.status : answer.statusCode)

export function meaningOf(style: Style, answer: Answer): Meaning {
  const code = codeOf(style, answer)
  const detail = textOf(answer.errorDetail)
  if (style.answers === 'status-code') {
    // An error beside the success: neither is believed.
    if (code === '00') return detail === '' ? 'done' : 'unclear'
    return code === '01' ? (wordings.meaningOf(detail) ?? 'unclear') : 'unclear'
  }
  const words = textOf(answer.statusDescription)
  const meaning = wordings.meaningOf(words)
  if (code === style.successStatus)
    return meaning === undefined && detail === '' ? 'done' : 'unclear'
  return code === '' ? 'unclear' : (meaning ?? 'unclear')
}
