import { describe, expect, it } from 'vitest'
import { parseCodeTable } from '../../../src/app/config/code-table.ts'

const head = 'canonical,remote,valid_from,valid_to,note\n'
const parse = (text: string | Uint8Array) =>
  parseCodeTable('codes/x.csv', typeof text === 'string' ? new TextEncoder().encode(text) : text)
const faultsOf = (text: string | Uint8Array): string[] =>
  parse(text).flatMap((entry) =>
    'rule' in entry ? [`${entry.line} ${entry.pointer} ${entry.rule}`] : [],
  )

describe('code-table', () => {
  it('reads rows, quoted cells and the mark that Excel puts first', () => {
    expect(parse(`\uFEFF${head}a,"1,5",,,"ghi ""chú"""\r\nb,2,2025-01-01,2025-12-31,\r\n`)).toEqual(
      [
        { canonical: 'a', remote: '1,5', validFrom: '', validTo: '' },
        { canonical: 'b', remote: '2', validFrom: '2025-01-01', validTo: '2025-12-31' },
      ],
    )
  })

  it('takes the columns in any order and without note', () => {
    expect(parse('remote,canonical,valid_to,valid_from\n1,a,,\n')).toEqual([
      { canonical: 'a', remote: '1', validFrom: '', validTo: '' },
    ])
  })

  it('takes a table without rows', () => {
    expect(parse(head)).toEqual([])
  })

  it('names every fault with its line', () => {
    expect(
      faultsOf(
        `${head}a,,,,\n,1,,,\nb,2,2025-02-29,31/12/2025,\n c,3,,,\nd,4,2025-02-01,2025-01-01,\n`,
      ),
    ).toEqual([
      '2 /0/remote required',
      '3 /1/canonical required',
      '4 /2/valid_from date',
      '4 /2/valid_to date',
      '5 /3/canonical whitespace',
      '6 /4/valid_to period',
    ])
  })

  it('refuses a code that means two things on one day', () => {
    expect(faultsOf(`${head}a,1,,,\na,2,,,\n`)).toEqual(['3 /1/canonical overlap'])
    expect(faultsOf(`${head}a,1,,2025-06-30,\na,2,2025-06-30,,\n`)).toEqual([
      '3 /1/canonical overlap',
    ])
    // The third lies inside the first, not inside the second.
    expect(
      faultsOf(`${head}a,1,2020-01-01,2030-12-31,\na,2,2021-01-01,2021-12-31,\na,3,2025-01-01,,\n`),
    ).toEqual(['3 /1/canonical overlap', '4 /2/canonical overlap'])
    expect(faultsOf(`${head}a,1,,2025-06-30,\na,2,2025-07-01,,\n`)).toEqual([])
  })

  it.each([
    ['another header', 'ma,gia_tri\na,1\n', '1  header'],
    ['semicolons', 'canonical;remote;valid_from;valid_to\na;1;;\n', '1  header'],
    ['a column twice', 'canonical,remote,valid_from,valid_to,note,note\n', '1  header'],
    ['a short line', `${head}a,1\n`, '2  columns'],
    ['an open quote', `${head}a,"1,,,\n`, '2  csv'],
    ['decomposed letters', `${head}${'Tỉnh'.normalize('NFD')},1,,,\n`, '2 /0/canonical unicode'],
    ['an empty file', '', '1  header'],
    ['bytes that are not UTF-8', Uint8Array.from([0xff, 0xfe, 0x41]), '1  utf-8'],
  ])('refuses %s', (_name, text, fault) => {
    expect(faultsOf(text)).toEqual([fault])
  })
})
