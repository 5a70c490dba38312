/** Lists as files: what is in them, what is not, and that it is on record. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Entry, fromBuffer } from 'yauzl'
import { type ExportFormat, exportFile } from '../../src/app/export/file.ts'
import { type ConsoleWorld, openConsoleWorld } from '../support/console-world.ts'

const text = (pieces: readonly Uint8Array[]): string => Buffer.concat(pieces).toString()

/** What lies in a workbook, by name. */
async function unzipped(bytes: Buffer): Promise<Record<string, string>> {
  const parts: Record<string, string> = {}
  await new Promise<void>((done, fail) => {
    fromBuffer(bytes, { lazyEntries: true }, (fault, zip) => {
      if (fault) return fail(fault)
      zip.on('entry', (entry: Entry) =>
        zip.openReadStream(entry, (wrong, stream) => {
          if (wrong) return fail(wrong)
          const pieces: Buffer[] = []
          stream.on('data', (piece: Buffer) => pieces.push(piece))
          stream.on('end', () => {
            parts[entry.fileName] = text(pieces)
            zip.readEntry()
          })
        }),
      )
      zip.on('end', done)
      zip.readEntry()
    })
  })
  return parts
}

interface Row {
  readonly id: number
  readonly name: string
}
const sheet = {
  ...{ name: 'thu', title: 'Thử <1>', head: ['Số', 'Tên'] },
  cells: ({ id, name }: Row) => [id, name],
}
/** So many pages of so many rows. */
function source(pages: number, rows: number, name = '=1+1', limit?: number) {
  const asked: (string | undefined)[] = []
  return {
    asked,
    ...(limit !== undefined && { limit }),
    async page(size: number, cursor: string | undefined) {
      asked.push(cursor)
      const at = Number(cursor ?? 0)
      const items = Array.from({ length: Math.min(rows, size) }, (_, n) => ({
        id: at * rows + n,
        name,
      }))
      return { items, next: at + 1 < pages || size < rows ? String(at + 1) : null }
    },
  }
}
function file(from: ReturnType<typeof source>, format: ExportFormat) {
  const notes: string[] = []
  const note = async ({ detail }: { detail?: string }) => void notes.push(detail ?? '')
  const taking = { actor: 'user:lan', action: 'x.exported', filter: { system: 'a' }, note }
  return { notes, ...exportFile(sheet, from, format, taking) }
}
async function all(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe('a list as a file', () => {
  it('is CSV with no cell that a spreadsheet takes for a formula', async () => {
    const { body, notes } = file(source(2, 1), 'csv')
    expect((await all(body)).toString()).toBe("\uFEFFSố,Tên\r\n0,'=1+1\r\n1,'=1+1\r\n")
    expect(notes.map((one) => JSON.parse(one))).toEqual([
      { filter: { system: 'a' }, rows: 2, cut: false, whole: true },
    ])
  })

  it('is a workbook in which every text is a text', async () => {
    const parts = await unzipped(
      await all(file(source(1, 1, '=HYPERLINK("x") & \u0001'), 'xlsx').body),
    )
    expect(Object.keys(parts)).toEqual(
      expect.arrayContaining([
        '[Content_Types].xml',
        'xl/workbook.xml',
        'xl/worksheets/sheet1.xml',
      ]),
    )
    expect(parts['xl/workbook.xml']).toContain('Thử &lt;1&gt;')
    const cells = parts['xl/worksheets/sheet1.xml'] ?? ''
    expect(cells).toContain('<c><v>0</v></c>')
    expect(cells).toContain('=HYPERLINK("x") &amp; \uFFFD</t>')
    expect(cells).not.toContain('<f>')
  })

  it.each(['csv', 'xlsx', 'json'] as const)(
    'says as %s when there is more than it may hold',
    async (format) => {
      const { body, notes, tally } = file(source(9, 10, 'a', 25), format)
      const bytes = await all(body)
      expect(tally).toEqual({ rows: 25, isCut: true })
      expect(JSON.parse(notes[0] ?? '')).toMatchObject({ rows: 25, cut: true })
      const said =
        format === 'xlsx' ? (await unzipped(bytes))['xl/worksheets/sheet1.xml'] : bytes.toString()
      expect(said).toMatch(format === 'json' ? '"truncated":true' : /25 dòng đầu, còn nữa/)
    },
  )

  it('is made no faster than it is read, and what is broken off is on record', async () => {
    const from = source(1_000, 100, 'a')
    const { body, notes } = file(from, 'csv')
    for (let piece = 0; piece < 5; piece++) await body.next()
    expect(from.asked.length).toBeLessThan(8)
    await body.return(undefined)
    expect(notes.map((one) => JSON.parse(one))).toMatchObject([{ whole: false }])
  })
})

describe('deliveries and problems as files', () => {
  let world: ConsoleWorld
  let key: string
  beforeAll(async () => {
    world = await openConsoleWorld()
    key = await world.hub.key('deliveries:read', 'systems:read', 'audit:read')
    world.answer(400)
    await world.submit('H99.14-261122-0001', 'H99.15-261122-0002')
    await world.until('dead', 2)
  }, 60_000)
  afterAll(() => world.close())
  const get = async (path: string) => {
    const response = await fetch(`${world.hub.address}/api/v1/${path}`, {
      headers: { 'x-api-key': key },
    })
    return {
      status: response.status,
      headers: response.headers,
      body: Buffer.from(await response.arrayBuffer()),
    }
  }

  it('have the rows of the filter, in words, and nothing of what a message says', async () => {
    const csv = await get('deliveries/export?state=dead')
    expect(csv.headers.get('content-disposition')).toMatch(/filename="luot-gui-[\d-]+\.csv"/)
    const lines = csv.body.toString().trim().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain('Hồ sơ,Đơn vị,Loại bản tin')
    expect(lines[1]).toContain('H99.15-261122-0002,H99.14,vn.tthc.dossier.upserted.v1,noi-vu')
    expect(lines[1]).toContain('Bị dừng,dead,target-rejected')
    expect(lines[1]).toContain('+07:00')
    expect(csv.body.toString()).not.toMatch(/Nguyễn|0900000/)
    expect(
      (await get('deliveries/export?state=held')).body.toString().trim().split('\r\n'),
    ).toHaveLength(1)
  })

  it('have those of a problem, and the problems themselves', async () => {
    const { items } = JSON.parse((await get('problems')).body.toString()) as {
      items: { id: number }[]
    }
    const id = items[0]?.id ?? 0
    const found = JSON.parse(
      (await get(`deliveries/export?format=json&problem=${id}`)).body.toString(),
    )
    expect(found).toMatchObject({
      rows: 2,
      truncated: false,
      items: [{ stateWords: 'Bị dừng' }, {}],
    })
    const none = await get(`deliveries/export?format=json&problem=${id + 1000}`)
    expect(JSON.parse(none.body.toString())).toMatchObject({ rows: 0 })
    const book = await unzipped((await get('problems/export?format=xlsx')).body)
    expect(book['xl/worksheets/sheet1.xml']).toContain('Hệ thống đích từ chối')
    const one = await get(`deliveries?problem=${id}&limit=1`)
    expect(JSON.parse(one.body.toString())).toMatchObject({ items: [{}], next: expect.any(String) })
  })

  it('are on record with who, which and how many', async () => {
    const { items } = JSON.parse((await get('audit?action=delivery.exported')).body.toString()) as {
      items: { actor: string; object: string; more: object }[]
    }
    expect(items.at(-1)).toMatchObject({
      ...{ actor: expect.stringMatching(/^client:/), object: 'csv' },
      more: { filter: { state: 'dead' }, rows: 2, cut: false, whole: true },
    })
  })

  it('are refused in a format that there is not', async () => {
    expect((await get('deliveries/export?format=pdf')).status).toBe(400)
    expect((await get('deliveries/export?problem=x')).status).toBe(400)
  })
})
