/** What the process of expressions says went wrong, in words. None of them holds anything that was read. */
import type { Words } from '../../domain/errors.ts'

/** As it comes through the pipe: from a place that may have been taken over. */
export interface Fault {
  readonly fault?: unknown
  /** JSONata's own, `[A-Z]\d{4}`. */
  readonly code?: unknown
  /** In the text of the expression, in characters. */
  readonly position?: unknown
  readonly cpuMs?: number
}

const words: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  syntax: ['biểu thức sai cú pháp', 'the expression has a fault of syntax'],
  threw: ['biểu thức báo lỗi khi tính', 'the expression failed'],
  time: ['biểu thức chạy quá 200 ms', 'the expression took more than 200 ms'],
  memory: ['biểu thức dùng quá 64 MB', 'the expression used more than 64 MB'],
  number: ['kết quả có số không hữu hạn', 'the result has a number that is not finite'],
  function: [
    'kết quả là hàm, hoặc có hàm bên trong',
    'the result is a function, or has one inside',
  ],
  reserved: [
    'dữ liệu hoặc biểu thức chứa tên dành riêng của JSONata (_jsonata_)',
    'the data or the expression holds a name that JSONata keeps for itself (_jsonata_)',
  ],
  'too-deep': ['kết quả lồng quá 64 tầng', 'the result is nested deeper than 64'],
  'too-large': ['kết quả dài quá 1.000.000 ký tự', 'the result has more than 1,000,000 characters'],
  'input-too-large': [
    'dữ liệu vào dài quá 1.000.000 ký tự',
    'what goes in has more than 1,000,000 characters',
  ],
}

export function meaningOf({ fault, code, position }: Fault): Words {
  const known = typeof fault === 'string' && Object.hasOwn(words, fault) ? words[fault] : undefined
  const [vi, en] = known ?? ['không tính được biểu thức', 'the expression could not be evaluated']
  const said = typeof code === 'string' && /^[A-Z]\d{4}$/.test(code) ? ` (JSONata ${code})` : ''
  const place = Number.isSafeInteger(position) ? position : undefined
  return {
    vi: `${vi}${said}${place === undefined ? '' : `, ở ký tự ${place}`}`,
    en: `${en}${said}${place === undefined ? '' : `, at character ${place}`}`,
  }
}
