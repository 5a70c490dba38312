/**
 * Which passwords are taken: long ones that are not the first that anybody would try. A long list of leaked
 * passwords holds few of fifteen characters; what is left of it follows rules, so these are the rules.
 */
import type { Fault } from './errors.ts'

export const shortestPassword = 15
export const longestPassword = 200

/** Words that one thinks of in front of this hub, and those that every list of passwords begins with. */
const commonWords = [
  ...[
    'lienthong',
    'lienthonghub',
    'hub',
    'quantri',
    'quantrivien',
    'nguoidung',
    'canbo',
    'vienchuc',
  ],
  ...[
    'hoso',
    'motcua',
    'dichvucong',
    'hanhchinhcong',
    'thutuchanhchinh',
    'tthc',
    'dvcqg',
    'congdan',
  ],
  ...['ubnd', 'uybannhandan', 'uybannhandantinh', 'tinh', 'huyen', 'xa', 'phuong', 'so', 'vietnam'],
  ...[
    'matkhau',
    'dangnhap',
    'taikhoan',
    'baomat',
    'xinchao',
    'anhyeuem',
    'emyeuanh',
    'hanoi',
    'saigon',
  ],
  ...[
    'password',
    'passw0rd',
    'p@ssw0rd',
    'pass',
    'admin',
    'administrator',
    'root',
    'user',
    'login',
  ],
  ...['welcome', 'letmein', 'iloveyou', 'changeme', 'secret', 'default', 'test', 'guest', 'system'],
  ...[
    'qwerty',
    'qwertyuiop',
    'asdfghjkl',
    'zxcvbnm',
    'qazwsx',
    'abc',
    'abcdef',
    'monkey',
    'dragon',
  ],
]

/** Rows of a keyboard, letters and digits in their order: whoever walks along them chooses nothing. */
const walks = [
  ...['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ...['1qaz2wsx3edc4rfv5tgb6yhn7ujm', '!@#$%^&*()'],
].flatMap((row) => [row, [...row].reverse().join('')])

/** Small letters without marks; how a word is written does not make it another. */
const plainOf = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd')

/** What is left when pieces of three and more that follow a walk count as one character each. */
const withoutWalks = (text: string): string => {
  let left = ''
  for (let at = 0; at < text.length; ) {
    let length = 1
    while (
      at + length < text.length &&
      walks.some((row) => row.includes(text.slice(at, at + length + 1)))
    )
      length += 1
    left += length >= 3 ? '·' : text.slice(at, at + length)
    at += length
  }
  return left
}

/** What is left when the same piece again and again is written once. */
const withoutRepeats = (text: string): string => text.replaceAll(/(.+?)\1{2,}/gsu, '$1')

/** What is left without common words, the names of this account, years, and what people put around them. */
function withoutWords(text: string, words: readonly string[]): string {
  const joined = (piece: string): string => piece.replaceAll(/[\s!@#$%^&*()_\-+=.,;:?/]+/g, '')
  const longFirst = [...commonWords, ...words].map(joined).sort((a, b) => b.length - a.length)
  return longFirst
    .reduce((left, word) => (word.length > 1 ? left.replaceAll(word, '·') : left), joined(text))
    .replaceAll(/(?:19|20)\d\d|\d{1,4}(?!\d)/g, '')
}

/** Fewer different characters than this after all that is common is taken away: it was common. */
const leastLeft = 6

const isCommon = (password: string, words: readonly string[]): boolean => {
  const plain = plainOf(password)
  const left = withoutWords(withoutRepeats(withoutWalks(plain)), words)
  return Math.min(new Set(withoutRepeats(plain)).size, left.replaceAll('·', '').length) < leastLeft
}

const fault = (rule: string, vi: string, en: string): Fault => ({
  pointer: '/password',
  rule,
  vi,
  en,
})

/** Why this password is not taken. `names`: of the account, of the hub: nobody takes those. */
export function passwordFaults(password: string, names: readonly string[]): readonly Fault[] {
  const length = [...password].length
  if (length < shortestPassword)
    return [
      fault(
        'length',
        `Phải có ít nhất ${shortestPassword} ký tự; một câu dễ nhớ là tốt nhất.`,
        `Must have at least ${shortestPassword} characters; a sentence is best.`,
      ),
    ]
  if (length > longestPassword)
    return [
      fault(
        'length',
        `Được nhiều nhất ${longestPassword} ký tự.`,
        `May have at most ${longestPassword} characters.`,
      ),
    ]
  const words = names.flatMap((name) => plainOf(name).split(/[^\p{L}\p{N}]+/u))
  if (!isCommon(password, words)) return []
  return [
    fault(
      'common',
      'Quá dễ đoán: chỉ gồm chuỗi lặp, dãy liền trên bàn phím, từ thường gặp hoặc tên tài khoản.',
      'Too easy to guess: nothing but repeats, walks along the keyboard, common words or names.',
    ),
  ]
}

/** One form for every way in which the same text can be typed. */
export const passwordForm = (password: string): string => password.normalize('NFKC')
