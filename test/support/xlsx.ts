/** XLSX files for tests, honest and otherwise: a ZIP writer, and the parts of a workbook of one sheet. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  readonly name: string
  readonly content: string | Uint8Array
  /** What the directory says instead of the truth. */
  readonly claim?: { readonly size?: number; readonly crc?: number }
}

export function zipOf(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const { name, content, claim = {} } of parts) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const title = Buffer.from(name)
    const facts = Buffer.alloc(22)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(claim.crc ?? crc32(bytes), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(claim.size ?? bytes.length, 18)
    const lengths = Buffer.alloc(4)
    lengths.writeUInt16LE(title.length)
    const version = Buffer.from([20, 0])
    const local = [Buffer.from('PK\x03\x04'), version, facts.subarray(2), lengths, title, packed]
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    entries.push(
      Buffer.concat([
        ...[Buffer.from('PK\x01\x02'), version, version, facts.subarray(2), lengths.subarray(0, 2)],
        ...[Buffer.alloc(2), tail.subarray(0, 14).fill(0, 0, 10), title],
      ]),
    )
    const body = Buffer.concat(local)
    bodies.push(body)
    at += body.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, directory, end])
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Styles 0 general, 1 day, 2 moment, 3 an own format of a day, 4 a number that looks like one. */
const styles = `<styleSheet ${main}><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0.00&quot; d&quot;"/></numFmts><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A text is a shared string; anything else is the XML of a cell without its place, for example `<c s="1"><v>1</v></c>`. */
export type Cell = string | { readonly xml: string }

export function xlsxParts(
  rows: readonly (readonly Cell[])[],
  { sheet = 'Câu hỏi', date1904 = false } = {},
): ZipPart[] {
  const strings = new Map<string, number>()
  const cellXml = (cell: Cell): string => {
    if (typeof cell !== 'string') return cell.xml
    const index = strings.get(cell) ?? strings.size
    strings.set(cell, index)
    return `<c t="s"><v>${index}</v></c>`
  }
  const written = rows.map((row, at) => `<row r="${at + 1}">${row.map(cellXml).join('')}</row>`)
  return [
    {
      name: 'xl/workbook.xml',
      content: `${head}<workbook ${main} xmlns:r="${relations}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets><sheet name="Bìa" sheetId="1" r:id="rId9"/><sheet name="${sheet}" sheetId="2" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    { name: 'xl/styles.xml', content: head + styles },
    {
      name: 'xl/sharedStrings.xml',
      content: `${head}<sst ${main}>${[...strings.keys()].map((text) => `<si><t>${escapeXml(text)}</t></si>`).join('')}</sst>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `${head}<worksheet ${main}><sheetData>${written.join('')}</sheetData></worksheet>`,
    },
  ]
}

export const xlsxOf = (...[rows, more]: Parameters<typeof xlsxParts>): Buffer =>
  zipOf(xlsxParts(rows, more))
