/**
 * What each broken rule is called in Vietnamese and English: one row for each keyword of JSON
 * Schema 2020-12 that ajv can report, one for each format. ajv-i18n has no Vietnamese. A text may
 * quote the schema, never the value.
 */
import type { Words } from '../../domain/errors.ts'

export type Parameters = Readonly<Record<string, unknown>>

const typeNames: Readonly<Record<string, Words>> = {
  string: { vi: 'chuỗi ký tự', en: 'a string' },
  integer: { vi: 'số nguyên', en: 'an integer' },
  number: { vi: 'số', en: 'a number' },
  boolean: { vi: 'true hoặc false', en: 'true or false' },
  object: { vi: 'đối tượng', en: 'an object' },
  array: { vi: 'danh sách', en: 'an array' },
  null: { vi: 'null', en: 'null' },
}

export const formatNames: Readonly<Record<string, Words>> = {
  date: { vi: 'ngày dạng YYYY-MM-DD', en: 'a date as YYYY-MM-DD' },
  time: { vi: 'giờ dạng HH:MM:SS có múi giờ', en: 'a time as HH:MM:SS with offset' },
  'date-time': {
    vi: 'thời điểm ISO 8601 có múi giờ, ví dụ 2024-01-31T08:00:00+07:00',
    en: 'an ISO 8601 date-time with offset, for example 2024-01-31T08:00:00+07:00',
  },
  'iso-time': { vi: 'giờ dạng HH:MM:SS', en: 'a time as HH:MM:SS' },
  'iso-date-time': { vi: 'thời điểm theo ISO 8601', en: 'an ISO 8601 date-time' },
  duration: { vi: 'khoảng thời gian theo ISO 8601', en: 'an ISO 8601 duration' },
  uri: { vi: 'URI tuyệt đối', en: 'an absolute URI' },
  'uri-reference': { vi: 'URI hoặc tham chiếu URI', en: 'a URI or URI-reference' },
  'uri-template': { vi: 'mẫu URI', en: 'a URI template' },
  url: { vi: 'địa chỉ URL', en: 'a URL' },
  email: { vi: 'địa chỉ thư điện tử', en: 'an e-mail address' },
  hostname: { vi: 'tên máy chủ', en: 'a host name' },
  ipv4: { vi: 'địa chỉ IPv4', en: 'an IPv4 address' },
  ipv6: { vi: 'địa chỉ IPv6', en: 'an IPv6 address' },
  regex: { vi: 'biểu thức chính quy', en: 'a regular expression' },
  uuid: { vi: 'mã UUID', en: 'a UUID' },
  'json-pointer': { vi: 'JSON Pointer', en: 'a JSON Pointer' },
  'json-pointer-uri-fragment': {
    vi: 'JSON Pointer dạng mảnh URI',
    en: 'a JSON Pointer as URI fragment',
  },
  'relative-json-pointer': { vi: 'JSON Pointer tương đối', en: 'a relative JSON Pointer' },
  byte: { vi: 'dữ liệu mã hoá Base64', en: 'Base64 data' },
  int32: { vi: 'số nguyên 32 bit', en: 'a 32-bit integer' },
  int64: { vi: 'số nguyên 64 bit', en: 'a 64-bit integer' },
  float: { vi: 'số thực', en: 'a number' },
  double: { vi: 'số thực', en: 'a number' },
  password: { vi: 'mật khẩu', en: 'a password' },
  binary: { vi: 'dữ liệu nhị phân', en: 'binary data' },
}

const number = (value: unknown): string => String(value)

/** Schema values in words: short ones in full, a long list cut. */
function listed(values: unknown): Words {
  const all = Array.isArray(values) ? values : [values]
  const shown = all.slice(0, 20).map((value) => JSON.stringify(value)?.slice(0, 100) ?? '')
  const rest = all.length - shown.length
  const text = shown.join(', ')
  return rest > 0
    ? { vi: `${text} và ${rest} giá trị khác`, en: `${text} and ${rest} more` }
    : both(text)
}

const both = (text: string): Words => ({ vi: text, en: text })
const words = (vi: string, en: string): Words => ({ vi, en })
const unknownMember = words('Trường này không có trong lược đồ', 'The schema has no such member')

const comparisons: Readonly<Record<string, Words>> = {
  '<=': words('nhỏ hơn hoặc bằng', 'less than or equal to'),
  '>=': words('lớn hơn hoặc bằng', 'greater than or equal to'),
  '<': words('nhỏ hơn', 'less than'),
  '>': words('lớn hơn', 'greater than'),
}

function compared({ comparison, limit }: Parameters): Words {
  const sign = comparisons[String(comparison)] ?? both(String(comparison))
  return words(`Phải ${sign.vi} ${number(limit)}`, `Must be ${sign.en} ${number(limit)}`)
}

function typed({ type }: Parameters): Words {
  const names = (Array.isArray(type) ? type : [type]).map(
    (name) => typeNames[String(name)] ?? both(String(name)),
  )
  return words(
    `Phải là ${names.map(({ vi }) => vi).join(' hoặc ')}`,
    `Must be ${names.map(({ en }) => en).join(' or ')}`,
  )
}

function contained({ minContains, maxContains }: Parameters): Words {
  const least = number(minContains ?? 1)
  return maxContains === undefined
    ? words(
        `Phải có ít nhất ${least} phần tử đúng khuôn dạng quy định`,
        `Must contain at least ${least} fitting items`,
      )
    : words(
        `Phải có từ ${least} đến ${number(maxContains)} phần tử đúng khuôn dạng quy định`,
        `Must contain ${least} to ${number(maxContains)} fitting items`,
      )
}

function formatted({ format }: Parameters): Words {
  const name = formatNames[String(format)] ?? both(String(format))
  return words(`Phải là ${name.vi}`, `Must be ${name.en}`)
}

function patterned({ pattern }: Parameters): Words {
  const text = String(pattern)
  return text.length > 80
    ? words('Không đúng khuôn dạng quy định', 'Does not have the required form')
    : words(`Không đúng khuôn dạng quy định: ${text}`, `Does not have the required form: ${text}`)
}

const tooManyItems = ({ limit }: Parameters): Words =>
  words(
    `Chỉ được có tối đa ${number(limit)} phần tử`,
    `Must not have more than ${number(limit)} items`,
  )

export const keywordWords: Readonly<Record<string, (parameters: Parameters) => Words>> = {
  type: typed,
  enum: ({ allowedValues }) => {
    const list = listed(allowedValues)
    return words(`Phải là một trong các giá trị: ${list.vi}`, `Must be one of: ${list.en}`)
  },
  const: ({ allowedValue }) => {
    const value = listed([allowedValue])
    return words(`Phải là ${value.vi}`, `Must be ${value.en}`)
  },
  required: () => words('Thiếu trường bắt buộc', 'A required member is missing'),
  dependentRequired: ({ property }) =>
    words(
      `Thiếu trường bắt buộc khi đã có trường ${JSON.stringify(property)}`,
      `Required because member ${JSON.stringify(property)} is present`,
    ),
  dependencies: ({ property }) =>
    words(
      `Thiếu trường bắt buộc khi đã có trường ${JSON.stringify(property)}`,
      `Required because member ${JSON.stringify(property)} is present`,
    ),
  additionalProperties: () => unknownMember,
  unevaluatedProperties: () => unknownMember,
  propertyNames: () => words('Tên trường không hợp lệ', 'The name of the member is not valid'),
  'false schema': () => words('Không được có giá trị ở đây', 'No value is allowed here'),
  minLength: ({ limit }) =>
    limit === 1
      ? words('Không được để trống', 'Must not be empty')
      : words(
          `Phải có ít nhất ${number(limit)} ký tự`,
          `Must have at least ${number(limit)} characters`,
        ),
  maxLength: ({ limit }) =>
    words(
      `Chỉ được dài tối đa ${number(limit)} ký tự`,
      `Must not have more than ${number(limit)} characters`,
    ),
  pattern: patterned,
  format: formatted,
  minimum: compared,
  maximum: compared,
  exclusiveMinimum: compared,
  exclusiveMaximum: compared,
  multipleOf: ({ multipleOf }) =>
    words(
      `Phải là bội số của ${number(multipleOf)}`,
      `Must be a multiple of ${number(multipleOf)}`,
    ),
  minItems: ({ limit }) =>
    words(`Phải có ít nhất ${number(limit)} phần tử`, `Must have at least ${number(limit)} items`),
  maxItems: tooManyItems,
  items: tooManyItems,
  unevaluatedItems: tooManyItems,
  uniqueItems: ({ i, j }) =>
    words(
      `Các phần tử không được trùng nhau: phần tử ${number(j)} và ${number(i)} (đếm từ 0)`,
      `Items must differ: items ${number(j)} and ${number(i)} (counted from 0) are the same`,
    ),
  contains: contained,
  minProperties: ({ limit }) =>
    words(`Phải có ít nhất ${number(limit)} trường`, `Must have at least ${number(limit)} members`),
  maxProperties: ({ limit }) =>
    words(
      `Chỉ được có tối đa ${number(limit)} trường`,
      `Must not have more than ${number(limit)} members`,
    ),
  not: () =>
    words('Giá trị thuộc trường hợp không được phép', 'The value is of a kind that is not allowed'),
  anyOf: () =>
    words('Không khớp dạng nào trong các dạng cho phép', 'Fits none of the allowed forms'),
  oneOf: ({ passingSchemas }) =>
    Array.isArray(passingSchemas)
      ? words(
          'Khớp nhiều hơn một dạng; chỉ được đúng một dạng',
          'Fits more than one form; exactly one is allowed',
        )
      : words('Không khớp dạng nào trong các dạng cho phép', 'Fits none of the allowed forms'),
}

/** The words for a broken rule. A keyword without a row is only named: a test keeps the table whole. */
export function wordsFor(keyword: string, parameters: Parameters): Words {
  const row = Object.hasOwn(keywordWords, keyword) ? keywordWords[keyword] : undefined
  return row?.(parameters) ?? words(`Không đạt quy tắc ${keyword}`, `Breaks the rule ${keyword}`)
}
