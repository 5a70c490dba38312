/** The forms a process setting can have: how its text is read, and what is said when it is wrong. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import type { Words } from '../domain/errors.ts'
import type { RateRule } from './http/rate-limit.ts'
import { nearest } from './nearest.ts'

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; wrong: Words }

export interface Form<T> {
  /** What may be written, for the documentation and for faults. */
  readonly expects: Words
  /** What it holds is shown nowhere. */
  readonly secret?: boolean
  /** Never puts the text itself into `wrong`: it may be a secret in the wrong place. */
  read(text: string): Read<T>
}

const right = <T>(value: T): Read<T> => ({ ok: true, value })
const wrong = (vi: string, en: string): Read<never> => ({ ok: false, wrong: { vi, en } })

export function oneOf<const T extends string>(...values: readonly T[]): Form<T> {
  const list = values.join(' | ')
  return {
    expects: { vi: list, en: list },
    read(text) {
      const found = values.find((value) => value === text)
      if (found !== undefined) return right(found)
      const meant = nearest(text, values)
      return meant
        ? wrong(
            `phải là ${list} (có phải ý là "${meant}"?)`,
            `must be ${list} (did you mean "${meant}"?)`,
          )
        : wrong(`phải là ${list}`, `must be ${list}`)
    },
  }
}

export function wholeNumber(min: number, max: number): Form<number> {
  const vi = `số nguyên từ ${min} đến ${max}`
  const en = `a whole number from ${min} to ${max}`
  return {
    expects: { vi, en },
    read(text) {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
      return value >= min && value <= max ? right(value) : wrong(`phải là ${vi}`, `must be ${en}`)
    },
  }
}

const rateWords: Words = {
  vi: 'SỐ+SỐ/min: bao nhiêu lượt liền một lúc, rồi bao nhiêu lượt mỗi phút; mỗi số từ 1 đến 1.000.000',
  en: 'N+N/min: how many at once, then how many a minute; each from 1 to 1,000,000',
}

export const rateRule: Form<RateRule> = {
  expects: rateWords,
  read(text) {
    const [burst, perMinute] = (/^(\d{1,7})\+(\d{1,7})\/min$/.exec(text)?.slice(1) ?? []).map(
      Number,
    )
    const isIn = (count: number | undefined): count is number =>
      count !== undefined && count >= 1 && count <= 1_000_000
    return isIn(burst) && isIn(perMinute)
      ? right({ burst, perSecond: perMinute / 60 })
      : wrong(`phải là ${rateWords.vi}`, `must be ${rateWords.en}`)
  },
}

/** An address with one of `schemes`; `hidden` addresses hold a password and may come from a file. */
export function address(schemes: readonly string[], hidden = false): Form<string> {
  const list = schemes.map((scheme) => `${scheme}://…`).join(', ')
  const expects = hidden
    ? {
        vi: `${list}, hoặc file:ĐƯỜNG-DẪN tới tệp chứa địa chỉ`,
        en: `${list}, or file:PATH of a file that holds it`,
      }
    : { vi: list, en: list }
  const readAddress = (text: string): Read<string> => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    return url && schemes.includes(url.protocol.slice(0, -1))
      ? right(text)
      : wrong(`phải là địa chỉ ${list}`, `must be an address ${list}`)
  }
  return {
    expects,
    read(text) {
      if (!hidden || !text.startsWith('file:')) return readAddress(text)
      try {
        return readAddress(readFileSync(text.slice('file:'.length), 'utf8').trim())
      } catch {
        return wrong('trỏ tới tệp không đọc được', 'names a file that cannot be read')
      }
    },
  }
}

/** A word, or a file that holds it. */
export const secretText: Form<string> = {
  secret: true,
  expects: {
    vi: 'chuỗi, hoặc file:ĐƯỜNG-DẪN tới tệp chứa chuỗi',
    en: 'a text, or file:PATH of a file that holds it',
  },
  read(text) {
    if (!text.startsWith('file:')) return right(text)
    try {
      const held = readFileSync(text.slice('file:'.length), 'utf8').trim()
      return held ? right(held) : wrong('trỏ tới tệp rỗng', 'names an empty file')
    } catch {
      return wrong('trỏ tới tệp không đọc được', 'names a file that cannot be read')
    }
  },
}

export const plainText: Form<string> = {
  expects: { vi: 'chuỗi không quá 200 ký tự', en: 'a text of at most 200 characters' },
  read: (text) =>
    text.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(text)
      ? right(text)
      : wrong('phải là chuỗi không quá 200 ký tự', 'must be a text of at most 200 characters'),
}

export const folder: Form<string> = {
  expects: { vi: 'đường dẫn thư mục', en: 'path of a folder' },
  read(text) {
    const path = resolve(text)
    return existsSync(path) && !statSync(path).isDirectory()
      ? wrong('trỏ tới tệp, không phải thư mục', 'names a file, not a folder')
      : right(path)
  },
}

/** There may be none yet. */
export const file: Form<string> = {
  expects: { vi: 'đường dẫn tệp', en: 'path of a file' },
  read(text) {
    const path = resolve(text)
    return existsSync(path) && !statSync(path).isFile()
      ? wrong('trỏ tới thư mục, không phải tệp', 'names a folder, not a file')
      : right(path)
  },
}

const existing = (kind: 'file' | 'folder'): Form<string> => {
  const vi = kind === 'file' ? 'tệp' : 'thư mục'
  return {
    expects: { vi: `đường dẫn ${vi} đã có`, en: `path of an existing ${kind}` },
    read(text) {
      const path = resolve(text)
      const found = existsSync(path) ? statSync(path) : undefined
      return (kind === 'file' ? found?.isFile() : found?.isDirectory())
        ? right(path)
        : wrong(`trỏ tới ${vi} không tồn tại`, `names a ${kind} that does not exist`)
    },
  }
}

export const existingFile = existing('file')
export const existingFolder = existing('folder')

const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i

export const host: Form<string> = {
  expects: { vi: 'địa chỉ IP hoặc tên máy', en: 'an IP address or a host name' },
  read: (text) =>
    isIP(text) || hostName.test(text)
      ? right(text)
      : wrong('phải là địa chỉ IP hoặc tên máy', 'must be an IP address or a host name'),
}

export const isCidr = (text: string): boolean => {
  const [ip = '', bits, ...rest] = text.split('/')
  const version = isIP(ip)
  if (!version || rest.length > 0) return false
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  )
}

export const addressRanges: Form<readonly string[]> = {
  expects: {
    vi: 'các dải địa chỉ CIDR, cách nhau bằng dấu phẩy',
    en: 'CIDR ranges, separated by commas',
  },
  read(text) {
    const ranges = text.split(',').map((range) => range.trim())
    return ranges.every(isCidr)
      ? right(ranges)
      : wrong(
          'phải là các dải CIDR, ví dụ 10.0.0.0/8,::1',
          'must be CIDR ranges, for example 10.0.0.0/8,::1',
        )
  },
}

export const memorySize: Form<string> = {
  expects: { vi: 'dung lượng, ví dụ 256MB hoặc 2GB', en: 'a size, for example 256MB or 2GB' },
  read: (text) =>
    /^[1-9]\d{0,6}(kB|MB|GB)$/.test(text)
      ? right(text)
      : wrong('phải là dung lượng như 256MB hoặc 2GB', 'must be a size such as 256MB or 2GB'),
}
