import { byteOrderMark, csvRow } from '../csv.ts'
import { cutWords, type Sheet, type Tally } from './sheet.ts'

const encoder = new TextEncoder()

export async function* csvPieces<Row>(
  { head, cells }: Sheet<Row>,
  pages: AsyncIterable<readonly Row[]>,
  tally: Tally,
): AsyncGenerator<Uint8Array> {
  yield encoder.encode(byteOrderMark + csvRow(head))
  for await (const rows of pages)
    yield encoder.encode(rows.map((row) => csvRow(cells(row))).join(''))
  if (tally.isCut) yield encoder.encode(csvRow([cutWords(tally.rows)]))
}
