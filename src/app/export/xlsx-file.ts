/** A workbook of one sheet, as ECMA-376 has it. Texts are texts: no cell is a formula, whatever it begins with. */
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { isFormula } from '../csv.ts'
import { type Cell, cutWords, type Sheet, type Tally } from './sheet.ts'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const parts = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** More a cell may not hold. */
const longest = 32_767

/** What XML has no room for: control characters, halves of pairs, and two code points that are none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unwritable = /[\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF]|\p{Cs}/gu

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

export const xmlText = (text: string): string =>
  text
    .replaceAll(unwritable, '\uFFFD')
    .replaceAll(/[&<>]/g, (one) => escapes[one] ?? one)
    // A parser would make it a line feed.
    .replaceAll('\r', '&#13;')

const shortened = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text

/** Style 2 has the mark that Excel puts before a text: it stays one when somebody edits the cell. */
function cellXml(cell: Cell, style = 0): string {
  if (cell === null || cell === '') return '<c/>'
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`
  const mark = style === 0 && isFormula(cell) ? 2 : style
  const attribute = mark > 0 ? ` s="${mark}"` : ''
  return `<c t="inlineStr"${attribute}><is><t xml:space="preserve">${xmlText(shortened(cell))}</t></is></c>`
}

const rowXml = (cells: readonly Cell[], style = 0): string =>
  `<row>${cells.map((cell) => cellXml(cell, style)).join('')}</row>`

/** The first row stays in sight, is bold, and filters. */
async function* sheetXml<Row>(
  { head: titles, cells }: Sheet<Row>,
  pages: AsyncIterable<readonly Row[]>,
  tally: Tally,
): AsyncGenerator<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${titles.length}" width="24" customWidth="1"/></cols><sheetData>${rowXml(titles, 1)}`
  for await (const rows of pages) yield rows.map((row) => rowXml(cells(row))).join('')
  if (tally.isCut) yield rowXml([cutWords(tally.rows)])
  yield '</sheetData></worksheet>'
}

const fixedParts = (title: string): Readonly<Record<string, string>> => ({
  '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${parts}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${parts}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${parts}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${xmlText(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>`,
})

/** The rows are read no faster than the ZIP is taken. */
export async function* xlsxPieces<Row>(
  sheet: Sheet<Row>,
  pages: AsyncIterable<readonly Row[]>,
  tally: Tally,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable
  const rows = Readable.from(sheetXml(sheet, pages, tally), { highWaterMark: 1 })
  const fail = (error: Error) => out.destroy(error)
  rows.once('error', fail)
  zip.once('error', fail)
  for (const [name, xml] of Object.entries(fixedParts(sheet.title)))
    zip.addBuffer(Buffer.from(head + xml), name)
  zip.addReadStream(rows, 'xl/worksheets/sheet1.xml')
  zip.end()
  try {
    for await (const piece of out) yield piece as Uint8Array
  } finally {
    rows.destroy()
  }
}
