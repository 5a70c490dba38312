/**
 * XLSX (ECMA-376): the rows of one sheet, one after the other. A cell is what a person sees in it as far as that is
 * exact: texts, numbers as they are, dates by the style of the cell, the kept value of a formula. An error in a cell
 * and a formula without a kept value make the row unreadable: what it would have been is not known.
 */
import {
  childAt,
  childrenNamed,
  readXml,
  readXmlRecords,
  type XmlElement,
  XmlError,
} from '../../src/connector/index.ts'
import type { XlsxFormat } from './options.ts'
import {
  columnsOf,
  FileFault,
  type ReadRecord,
  recordOf,
  requireColumns,
  type Source,
} from './records.ts'
import { type DateKind, dateStyles, serialDate } from './xlsx-dates.ts'
import { faultOf } from './xml.ts'
import { openZip, type Zip } from './zip.ts'

const mostStrings = 2_000_000
const mostStringCharacters = 32 * 1024 * 1024
const mostStyleBytes = 8 * 1024 * 1024
const widest = 16_384

/** What cells are read by. */
interface Book {
  readonly strings: readonly string[]
  readonly styles: readonly (DateKind | undefined)[]
  readonly is1904: boolean
}

export async function* readXlsx(
  source: Source,
  format: XlsxFormat,
  required: readonly string[],
): AsyncGenerator<ReadRecord> {
  try {
    yield* rowsOf(await openZip(source), format, required)
  } catch (error) {
    throw error instanceof XmlError ? faultOf(error) : error
  }
}

async function* rowsOf(
  zip: Zip,
  { sheet, headerRow = 1 }: XlsxFormat,
  required: readonly string[],
): AsyncGenerator<ReadRecord> {
  const workbook = await small(zip, 'xl/workbook.xml')
  const part = await partOfSheet(zip, workbook, sheet)
  const book: Book = {
    strings: await stringsOf(zip),
    styles: zip.has('xl/styles.xml') ? dateStyles(await small(zip, 'xl/styles.xml')) : [],
    is1904: /^(1|true)$/.test(childAt(workbook, 'workbookPr')?.attributes.date1904 ?? ''),
  }
  let names: readonly string[] | undefined
  let before = 0
  for await (const row of readXmlRecords(zip.part(part), ['worksheet', 'sheetData', 'row'], {
    maxElements: widest * 3,
  })) {
    const number = Number(row.attributes.r ?? before + 1)
    if (!Number.isSafeInteger(number) || number <= before) throw new FileFault('file-type-mismatch')
    before = number
    if (number < headerRow) continue
    const { cells, wrong } = cellsOf(row, book)
    if (!names) {
      if (number > headerRow || wrong.length > 0) throw new FileFault('file-type-mismatch')
      names = columnsOf(Array.from(cells, (cell) => cell ?? ''))
      requireColumns(names, required)
      continue
    }
    // A row that was formatted and never filled.
    if (wrong.length === 0 && cells.every((cell) => cell === undefined || cell === '')) continue
    const known = names
    yield wrong.length === 0
      ? { value: recordOf(known, cells) }
      : { code: 'mapping-failed', pointers: wrong.map((at) => `/${known[at] || at}`) }
  }
  if (!names) throw new FileFault('file-type-mismatch')
}

async function small(zip: Zip, name: string): Promise<XmlElement> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const bytes of zip.part(name)) {
    size += bytes.length
    if (size > mostStyleBytes) throw new FileFault('file-too-large')
    chunks.push(bytes)
  }
  return readXml(Buffer.concat(chunks), { maxElements: 200_000 })
}

async function partOfSheet(
  zip: Zip,
  workbook: XmlElement,
  wanted: string | undefined,
): Promise<string> {
  const sheets = childAt(workbook, 'sheets')?.children ?? []
  const isWanted = ({ attributes }: XmlElement): boolean =>
    wanted === undefined || attributes.name?.normalize('NFC') === wanted.normalize('NFC')
  const found = sheets.find(isWanted)
  const links = childrenNamed(await small(zip, 'xl/_rels/workbook.xml.rels'), 'Relationship')
  // `r:id`: attributes go by their local names, and the sheet's own number is `sheetId`.
  const link = links.find(({ attributes }) => attributes.Id === found?.attributes.id)
  const target = link?.attributes.Target
  if (!found || !target) throw new FileFault('mapping-failed', ['/sheet'])
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

async function stringsOf(zip: Zip): Promise<readonly string[]> {
  if (!zip.has('xl/sharedStrings.xml')) return []
  const strings: string[] = []
  let characters = 0
  for await (const one of readXmlRecords(zip.part('xl/sharedStrings.xml'), ['sst', 'si'])) {
    const text = richText(one)
    characters += text.length
    if (strings.length >= mostStrings || characters > mostStringCharacters)
      throw new FileFault('file-too-large')
    strings.push(text)
  }
  return strings
}

/** Of one font or of several; how it is to be pronounced (`rPh`) is no part of it. */
const richText = (element: XmlElement): string =>
  element.children
    .map((child) => {
      if (child.name === 't') return child.text
      return child.name === 'r' ? (childAt(child, 't')?.text ?? '') : ''
    })
    .join('')
    // Characters that XML cannot hold are written so (ECMA-376, 22.9.2.19).
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )

/** `B7` → 1 */
function columnOf(reference: string | undefined, otherwise: number): number {
  if (reference === undefined) return otherwise
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1]
  if (!letters) throw new FileFault('file-type-mismatch')
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function cellsOf(row: XmlElement, book: Book): { cells: (string | undefined)[]; wrong: number[] } {
  const cells: (string | undefined)[] = []
  const wrong: number[] = []
  for (const cell of childrenNamed(row, 'c')) {
    const at = columnOf(cell.attributes.r, cells.length)
    if (at < cells.length || at >= widest) throw new FileFault('file-type-mismatch')
    // No holes: what is absent is undefined.
    while (cells.length < at) cells.push(undefined)
    const value = cellValue(cell, book)
    if (value === undefined) wrong.push(at)
    cells.push(value ?? undefined)
  }
  return { cells, wrong }
}

/** Null: empty. Undefined: there is something, and it cannot be said what. */
function cellValue(cell: XmlElement, { strings, styles, is1904 }: Book): string | null | undefined {
  const { t = 'n', s } = cell.attributes
  if (t === 'inlineStr') return richText(childAt(cell, 'is') ?? cell)
  const text = childAt(cell, 'v')?.text
  if (text === undefined || text === '') return childAt(cell, 'f') && t !== 'str' ? undefined : null
  if (t === 's') {
    const found = /^\d+$/.test(text) ? strings[Number(text)] : undefined
    if (found === undefined) throw new FileFault('file-type-mismatch')
    return found
  }
  if (t === 'str') return text
  if (t === 'b') return text === '1' || text === 'true' ? 'true' : 'false'
  if (t === 'd') return text
  if (t !== 'n') return undefined
  const number = Number(text)
  if (!Number.isFinite(number)) return undefined
  const kind = s === undefined ? undefined : styles[Number(s)]
  return kind ? serialDate(number, kind, is1904) : numberText(text, number)
}

/** As a person sees it: 0.1, not 0.10000000000000001. What a double cannot hold stays as it is written. */
function numberText(text: string, number: number): string {
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) return text
  const written = String(number)
  return written.includes('e') ? text : written
}
