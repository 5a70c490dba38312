import { describe, expect, it } from 'vitest'
import { readCsv } from '../../../connectors/sftp/csv.ts'
import type { CsvFormat } from '../../../connectors/sftp/options.ts'
import { FileFault, type ReadRecord, type Source } from '../../../connectors/sftp/records.ts'
import { readXlsx } from '../../../connectors/sftp/xlsx.ts'
import { kindOf, serialDate } from '../../../connectors/sftp/xlsx-dates.ts'
import { readXmlFile } from '../../../connectors/sftp/xml.ts'
import { type Cell, xlsxOf, xlsxParts, zipOf } from '../../support/xlsx.ts'

/** In pieces that cut letters and tags in two. */
const sourceOf = (content: string | Uint8Array): Source => {
  const bytes = Buffer.from(content)
  return {
    size: bytes.length,
    async *read(from = 0, to = bytes.length) {
      const piece = bytes.length > 100_000 ? 65_536 : 7
      const end = Math.min(to, bytes.length)
      for (let at = from; at < end; at += piece) yield bytes.subarray(at, Math.min(at + piece, end))
    },
  }
}
const read = async (records: AsyncGenerator<ReadRecord>): Promise<unknown[]> => {
  const all: unknown[] = []
  try {
    for await (const record of records)
      all.push('value' in record ? record.value : record.pointers.join(' '))
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    all.push(`fault ${error.code}`)
  }
  return all
}
const csv = (
  content: string | Uint8Array,
  format: Partial<CsvFormat> = {},
  required: string[] = [],
) => read(readCsv(sourceOf(content), { kind: 'csv', ...format }, required))
const xml = (content: string, record = '/ds/h') =>
  read(readXmlFile(sourceOf(content), { kind: 'xml', record }))
const xlsx = (content: Uint8Array) =>
  read(readXlsx(sourceOf(content), { kind: 'xlsx', sheet: 'Câu hỏi' }, []))
const sheet = (...rows: Cell[][]) => xlsx(xlsxOf([['mã', 'tên'], ...rows]))

describe('connectors/sftp CSV', () => {
  it('is read with quotes, line breaks in cells, a byte order mark and empty lines', async () => {
    const text = '\ufeffmã,tên\r\n1,"a, ""b""\r\nc"\r\n\r\n__proto__,Đặng Thị Thử'
    expect(await csv(text)).toEqual([
      { mã: '1', tên: 'a, "b"\r\nc' },
      { mã: '__proto__', tên: 'Đặng Thị Thử' },
    ])
  })

  it('is read by other delimiters and encodings, and without names of columns', async () => {
    expect(await csv('a;b\n1;2', { delimiter: ';' })).toEqual([{ a: '1', b: '2' }])
    const utf16 = Buffer.from('\ufefftên\nĐỗ', 'utf16le')
    expect(await csv(utf16, { encoding: 'utf-16le' })).toEqual([{ tên: 'Đỗ' }])
    expect(await csv(utf16.swap16(), { encoding: 'utf-16be' })).toEqual([{ tên: 'Đỗ' }])
    // Nguyê + n, ê and the acute that stands behind it: composed in what is read.
    const vietnamese = Buffer.from([...Buffer.from('a\nTi'), 0xea, 0xec, ...Buffer.from('ng')])
    expect(await csv(vietnamese, { encoding: 'windows-1258' })).toEqual([{ a: 'Tiếng' }])
    expect(await csv('1,2\n3,4', { header: false })).toEqual([
      { 0: '1', 1: '2' },
      { 0: '3', 1: '4' },
    ])
  })

  it.each<[string, string | Uint8Array, string]>([
    ['a quote that is never closed', `a,b\n1,"${'x'.repeat(3_000_000)}`, 'file-type-mismatch'],
    ['a million columns', `${'a,'.repeat(1_000_000)}\n`, 'file-too-large'],
    [
      'more columns than a table has',
      `${Array.from({ length: 1_001 }, (_, n) => n)}\n`,
      'file-too-large',
    ],
    ['two columns of one name', 'a,a\n1,2', 'file-type-mismatch'],
    ['other bytes than its encoding', Buffer.from([0x61, 0x0a, 0xff]), 'file-type-mismatch'],
    ['nothing', '', 'file-type-mismatch'],
  ])('is refused for %s', async (_, content, code) => {
    expect((await csv(content)).at(-1)).toBe(`fault ${code}`)
  })

  it('lacks a column that is needed: said once, and not of each row', async () => {
    expect(await csv('a,b\n1,2\n3,4', {}, ['a', 'c'])).toEqual(['fault mapping-failed'])
  })
})

describe('connectors/sftp XML', () => {
  it('is read record by record', async () => {
    const text = `<?xml version="1.0"?><ds xmlns="u:x"><!-- x --><h ma="1"><t>Đỗ</t><t>B</t></h><k><h/></k><h ma="2">&lt;a&gt;</h></ds>`
    expect(await xml(text)).toEqual([
      { '@ma': '1', t: ['Đỗ', 'B'] },
      { '@ma': '2', '#text': '<a>' },
    ])
  })

  it.each([
    ['a document type', '<!DOCTYPE ds [<!ENTITY a "b">]><ds><h>&a;</h></ds>', 'file-type-mismatch'],
    ['an end in the middle', '<ds><h>1</h><h>2', 'file-type-mismatch'],
    ['another root', '<khac><h>1</h></khac>', 'file-type-mismatch'],
    ['depth', `<ds>${'<a>'.repeat(70)}`, 'file-type-mismatch'],
    ['a record without end', `<ds><h>${'<a/>'.repeat(20_000)}`, 'file-too-large'],
    ['a text without end', `<ds><h>${'x'.repeat(5_000_000)}</h></ds>`, 'file-too-large'],
    ['a comment without end', `<ds><!--${'x'.repeat(5_000_000)}`, 'file-too-large'],
    [
      'a million attributes',
      `<ds><h ${Array.from({ length: 100_000 }, (_, n) => `a${n}="1"`).join(' ')}/></ds>`,
      'file-too-large',
    ],
    ['no XML', 'ma,ten', 'file-type-mismatch'],
  ])('is refused for %s', async (_, text, code) => {
    expect((await xml(text)).at(-1)).toBe(`fault ${code}`)
  })

  it('gives what stands before a fault', async () => {
    expect(await xml('<ds><h a="1"/><h a="2"/></x>')).toEqual([
      { '@a': '1' },
      { '@a': '2' },
      'fault file-type-mismatch',
    ])
  })
})

describe('connectors/sftp XLSX', () => {
  it('is read as a person sees it', async () => {
    const cells = [
      ['Đỗ Văn Thử & con', 'Đỗ Văn Thử & con'],
      [{ xml: '<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>' }, 'ab'],
      [{ xml: '<c><v>79201234567</v></c>' }, '79201234567'],
      [{ xml: '<c><v>0.10000000000000001</v></c>' }, '0.1'],
      [{ xml: '<c s="1"><v>46083</v></c>' }, '2026-03-02'],
      [{ xml: '<c s="2"><v>46083.375</v></c>' }, '2026-03-02T09:00:00'],
      [{ xml: '<c s="3"><v>46083.375</v></c>' }, '2026-03-02T09:00:00'],
      [{ xml: '<c s="4"><v>46083</v></c>' }, '46083'],
      [{ xml: '<c t="str"><f>A1&amp;"x"</f><v>1x</v></c>' }, '1x'],
      [{ xml: '<c t="b"><v>1</v></c>' }, 'true'],
    ] as const
    const rows = cells.map(([cell], n): Cell[] => [String(n), cell])
    expect(await sheet(...rows, [])).toEqual(cells.map(([, tên], n) => ({ mã: String(n), tên })))
  })

  it('tells the rows whose cells hold an error or a formula without its value', async () => {
    const wrong = ['<c t="e"><v>#REF!</v></c>', '<c><f>1+1</f></c>', '<c s="1"><v>60</v></c>']
    expect(await sheet(...wrong.map((text): Cell[] => ['1', { xml: text }]), ['2', 'b'])).toEqual([
      ...['/tên', '/tên', '/tên'],
      { mã: '2', tên: 'b' },
    ])
  })

  it('is refused when it is no workbook, or lacks its sheet', async () => {
    const whole = xlsxOf([['mã'], ['1']])
    const mismatch = ['fault file-type-mismatch']
    expect(await xlsx(whole.subarray(0, whole.length - 30))).toEqual(mismatch)
    expect(await xlsx(Buffer.from('PK\x03\x04 khong phai'))).toEqual(mismatch)
    expect(await xlsx(zipOf([{ name: 'a.txt', content: 'a' }]))).toEqual(mismatch)
    expect(await xlsx(xlsxOf([['mã']], { sheet: 'Khác' }))).toEqual(['fault mapping-failed'])
  })

  it('is refused when it is a bomb, whatever its directory says', async () => {
    const parts = xlsxParts([['mã'], ['1']])
    const bomb = (claim: object) =>
      parts.map((part) =>
        part.name.includes('sheet1')
          ? { ...part, content: Buffer.alloc(20_000_000, 0x20), claim }
          : part,
      )
    expect(await xlsx(zipOf(bomb({})))).toEqual(['fault file-too-large'])
    expect(await xlsx(zipOf(bomb({ size: 10 })))).toEqual(['fault file-type-mismatch'])
    const wrong = parts.map((part) => ({ ...part, claim: { crc: 1 } }))
    expect((await xlsx(zipOf(wrong))).at(-1)).toBe('fault file-type-mismatch')
    const twice = [...parts, ...parts.slice(-1)]
    expect(await xlsx(zipOf(twice))).toEqual(['fault file-type-mismatch'])
    const evil = [{ name: '../../etc/passwd', content: 'x' }, ...parts]
    expect(await xlsx(zipOf(evil))).toEqual(['fault file-type-mismatch'])
  })

  it('is refused for a document type and for cells out of their order', async () => {
    const withSheet = (content: string) =>
      xlsx(
        zipOf(
          xlsxParts([['mã']]).map((part) =>
            part.name.includes('sheet1') ? { ...part, content } : part,
          ),
        ),
      )
    expect(await withSheet('<!DOCTYPE worksheet><worksheet/>')).toEqual([
      'fault file-type-mismatch',
    ])
    const cells = '<c r="B1" t="str"><v>b</v></c><c r="A1" t="str"><v>a</v></c>'
    const text = `<worksheet><sheetData><row r="1">${cells}</row></sheetData></worksheet>`
    expect(await withSheet(text)).toEqual(['fault file-type-mismatch'])
    const far = `<worksheet><sheetData><row r="1"><c r="ZZZ1" t="str"><v>b</v></c></row></sheetData></worksheet>`
    expect(await withSheet(far)).toEqual(['fault file-type-mismatch'])
  })
})

describe('connectors/sftp dates of XLSX', () => {
  it.each([
    ['dd/mm/yyyy', 'day'],
    ['[$-42A]dd mmmm yyyy;@', 'day'],
    ['mmm-yy', 'day'],
    ['yyyy-mm-dd hh:mm', 'moment'],
    ['[h]:mm:ss', 'clock'],
    ['mm:ss.0', 'clock'],
    ['General', undefined],
    ['#,##0.00', undefined],
    ['0.00" đồng/dòng"', undefined],
    ['[Red]0.00', undefined],
  ])('know the format %s', (format, kind) => {
    expect(kindOf(format)).toBe(kind)
  })

  it.each([
    [1, 'day', false, '1900-01-01'],
    [59, 'day', false, '1900-02-28'],
    [60, 'day', false, undefined],
    [61, 'day', false, '1900-03-01'],
    [0, 'day', true, '1904-01-01'],
    [0.5, 'clock', false, '12:00:00'],
    [45_000.999_999, 'moment', false, '2023-03-16T00:00:00'],
    [-1, 'day', false, undefined],
    [2_958_466, 'day', false, undefined],
  ] as const)('say what day %d is', (serial, kind, is1904, text) => {
    expect(serialDate(serial, kind, is1904)).toBe(text)
  })
})
