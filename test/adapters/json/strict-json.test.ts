import { describe, expect, it } from 'vitest'
import { readStrictJson } from '../../../src/adapters/json/strict-json.ts'
import { HubError } from '../../../src/domain/errors.ts'

const limits = { depth: 64 }
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string): unknown => readStrictJson(encode(text), limits).value

function refusalOf(bytes: Uint8Array | string): HubError {
  try {
    readStrictJson(typeof bytes === 'string' ? encode(bytes) : bytes, limits)
  } catch (error) {
    if (error instanceof HubError) return error
    throw error
  }
  throw new Error('it was taken')
}

const summary = (bytes: Uint8Array | string): string[] => {
  const { code, faults } = refusalOf(bytes)
  return faults.map(({ rule, pointer }) => `${code} ${rule} ${pointer}`)
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

describe('strict-json', () => {
  it.each([
    'null',
    'true',
    ' [ ] ',
    '{}',
    '""',
    '"\\u0041\\n\\/"',
    '"\\ud83d\\ude00"',
    '"😀 Thử"',
    '-1.5e3',
    '{"a":{"b":[1,2,{"c":null}]},"d":"\\"}{,:"}',
    '{"a":1,"A":2}',
    '{"a":{"x":1},"b":{"x":1}}',
    '{"constructor":1,"prototype":2,"toString":3,"hasOwnProperty":4}',
    '{"":1}',
    '{"10":1,"9":2}',
    '[1,[2],[3]]',
    '\t\r\n{"a" : [ true , false , null ] }\n',
    nested(64),
  ])('takes %s as JSON.parse does', (text) => {
    expect(read(text)).toEqual(JSON.parse(text))
  })

  it.each([
    ['', 'syntax'],
    ['{', 'syntax'],
    ['{"a":1,}', 'syntax'],
    ['[1,]', 'syntax'],
    ['[1 2]', 'syntax'],
    ['{"a" 1}', 'syntax'],
    ['{a:1}', 'syntax'],
    ["{'a':1}", 'syntax'],
    ['01', 'syntax'],
    ['+1', 'syntax'],
    ['.5', 'syntax'],
    ['1.', 'syntax'],
    ['1e', 'syntax'],
    ['NaN', 'syntax'],
    ['tru', 'syntax'],
    ['truee', 'syntax'],
    ['{} {}', 'syntax'],
    ['{}x', 'syntax'],
    ['"a', 'syntax'],
    ['"\\x41"', 'syntax'],
    ['"\\u12g4"', 'syntax'],
    ['"a\nb"', 'syntax'],
    ['"\\', 'syntax'],
    ['// a\n{}', 'syntax'],
    ['[', 'syntax'],
    ['\u00a0{}', 'syntax'],
    ['{}\u0000', 'syntax'],
    ['"\\u0000"', 'nul'],
    ['{"a\\u0000":1}', 'nul'],
    ['"\\ud800"', 'surrogate'],
    ['"\\udc00x"', 'surrogate'],
    ['"\\ud83d\\u0041"', 'surrogate'],
    ['"\\ud83d\\n"', 'surrogate'],
    ['{"\\ud800":1}', 'surrogate'],
    ['{"__proto__":{"polluted":1}}', 'reserved-key'],
    ['{"\\u005f_proto__":1}', 'reserved-key'],
  ])('refuses %s as body-not-json: %s', (text, rule) => {
    const { code, faults } = refusalOf(text)
    expect([code, faults[0]?.rule]).toEqual(['body-not-json', rule])
  })

  it('names line and column of a syntax error, and the member it is in', () => {
    const [fault] = refusalOf('{\n  "họ": [1,\n  2 3]}').faults
    expect(fault).toMatchObject({
      pointer: '/họ',
      en: 'JSON syntax error at line 3, column 5',
      vi: 'Sai cú pháp JSON tại dòng 3, cột 5',
    })
  })

  it('refuses a BOM and bytes that are not UTF-8', () => {
    expect(summary(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toEqual(['body-not-json bom '])
    expect(summary(new Uint8Array([0x22, 0xc3, 0x22]))).toEqual(['body-not-json utf-8 '])
    expect(summary(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]))).toEqual([
      'body-not-json utf-8 ',
    ])
    expect(summary(new Uint8Array([0x22, 0xc0, 0x80, 0x22]))).toEqual(['body-not-json utf-8 '])
    expect(summary(new Uint8Array([0x22, 0, 0x22]))).toEqual(['body-not-json syntax '])
  })

  it('names every repeated key by pointer, however it is escaped', () => {
    const text = '{"a":1,"b/c~":[{"x":1,"\\u0078":2}],"a":{"a":1},"a":3}'
    expect(summary(text)).toEqual([
      'json-duplicate-key duplicate-key /b~1c~0/0/x',
      'json-duplicate-key duplicate-key /a',
      'json-duplicate-key duplicate-key /a',
    ])
  })

  it('names every number that would be rounded', () => {
    const text = '{"a":9007199254740993,"b":[1,1e400,-0,0.1],"c":12345678901234567890}'
    expect(summary(text)).toEqual([
      'json-number-inexact exact-number /a',
      'json-number-inexact exact-number /b/1',
      'json-number-inexact exact-number /b/2',
      'json-number-inexact exact-number /c',
    ])
  })

  it('takes 64 levels and refuses 65, also when the text never ends', () => {
    expect(summary(nested(65))).toEqual([`json-too-deep depth ${'/0'.repeat(64)}`])
    expect(summary('{"a":'.repeat(65))).toEqual([`json-too-deep depth ${'/a'.repeat(64)}`])
    expect(refusalOf('['.repeat(1_000_000)).code).toBe('json-too-deep')
  })

  it('leaves prototypes alone', () => {
    expect(refusalOf('{"a":{"__proto__":{"isAdmin":true}}}').faults[0]?.pointer).toBe(
      '/a/__proto__',
    )
    const value = read('{"constructor":{"prototype":{"isAdmin":true}}}')
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
  })

  it('names at most 100 places, with pointers of a bounded length', () => {
    expect(refusalOf(`[${'-0,'.repeat(500)}1]`).faults).toHaveLength(100)
    const name = 'k'.repeat(5000)
    expect(refusalOf(`{"a":{"${name}":-0}}`).faults[0]?.pointer).toBe('/a')
  })

  it('never quotes a value', () => {
    const secret = '079099000001'
    for (const text of [
      `{"a":"${secret}",}`,
      `{"a":"${secret}","a":1}`,
      `["${secret}\\u0000"]`,
      `[${secret}x]`,
    ]) {
      const error = refusalOf(text)
      expect(JSON.stringify([error.message, error.faults, error.detail])).not.toContain(secret)
      expect(error.cause).toBeUndefined()
    }
  })
})
