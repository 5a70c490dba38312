import type { Sheet, Tally } from './sheet.ts'

const encoder = new TextEncoder()

/** `truncated` stands at the end, where it is known. */
export async function* jsonPieces<Row>(
  { json = (row) => row }: Sheet<Row>,
  pages: AsyncIterable<readonly Row[]>,
  tally: Tally,
): AsyncGenerator<Uint8Array> {
  let before = '{"items":['
  for await (const rows of pages) {
    yield encoder.encode(before + rows.map((row) => JSON.stringify(json(row))).join(',\n'))
    before = ',\n'
  }
  const start = before.startsWith('{') ? before : ''
  yield encoder.encode(`${start}],"rows":${tally.rows},"truncated":${tally.isCut}}\n`)
}
