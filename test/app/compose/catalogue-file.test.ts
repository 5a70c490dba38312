import { describe, expect, it } from 'vitest'
import { readCatalogueFile } from '../../../src/app/compose/catalogue-file.ts'
import { HubError } from '../../../src/domain/errors.ts'

const read = (text: string | Uint8Array, name = 'xa.csv') =>
  readCatalogueFile(name, Buffer.from(text))
const faultsOf = (text: string | Uint8Array, name?: string): string[] => {
  try {
    read(text, name)
    return []
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    return error.faults.map(({ pointer, rule }) => `${pointer} ${rule}`)
  }
}

describe('compose/catalogue-file', () => {
  it('reads CSV and JSON to the same entries, codes as text', () => {
    const csv = '\ufeffcode,name,valid_from,identity\r\n00123,"Xã ""An"" Thử",2025-07-01,\r\n'
    const json = [{ code: '00123', name: 'Xã "An" Thử', valid_from: '2025-07-01' }]
    const entry = { code: '00123', validFrom: '2025-07-01', content: { name: 'Xã "An" Thử' } }
    expect(read(csv)).toEqual([entry])
    expect(read(JSON.stringify(json), 'xa.JSON')).toEqual([entry])
  })

  it('keeps one code with two periods apart', () => {
    const text = 'code,valid_from,valid_to\n1,2004-01-01,2025-06-30\n1,2025-07-01,\n'
    expect(read(text)).toHaveLength(2)
  })

  it.each([
    ['code,name\n1,A\n1,B\n', ['/1/code unique']],
    ['name\nA\n', ['/0/code required']],
    ['code,valid_from\n1,2025-02-30\n', ['/0/valid_from date']],
    ['code,valid_from,valid_to\n1,2025-07-01,2025-06-30\n', ['/0/valid_to period']],
    ['code,name\n', [' empty']],
    ['code,name,name\n1,A,B\n', [' header']],
    ['code,name\n1,A,B\n', [' csv']],
    ['code,name\n1,"A\n', [' csv']],
    ['', [' empty']],
  ])('names what is wrong in %j', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults)
  })

  it.each([
    ['{"code":"1"}', [' array']],
    ['[1]', [' array']],
    ['[{"code":1}]', ['/0/code type']],
    ['[{"code":"1","code":"2"}]', ['/0/code duplicate-key']],
    ['[{"code":"1","n":12345678901234567890}]', ['/0/n exact-number']],
  ])('names what is wrong in the JSON %j', (text, faults) => {
    expect(faultsOf(text, 'x.json')).toEqual(faults)
  })

  it('refuses what is not UTF-8', () => {
    expect(faultsOf(Buffer.from([0x63, 0xff, 0xfe]))).toEqual([' utf-8'])
  })
})
