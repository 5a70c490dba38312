import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, anEvent, batch, startApi } from '../../../support/http-api.ts'

let api: Api
let key: string

let number = 0
const freshId = () => `batch-${++number}`
const submit = (body: string, headers: Record<string, string>) =>
  api.ask('POST', '/api/v1/messages', { key, headers, body })

const sendBatch = (items: readonly unknown[] | string) =>
  submit(typeof items === 'string' ? items : JSON.stringify(items), batch)
interface Result {
  readonly status: string
  readonly event: { readonly source: string | null; readonly id: string | null }
  readonly receipt?: { readonly id: string; readonly sha256: string }
  readonly problem?: {
    readonly code: string
    readonly errors?: readonly { readonly pointer: string }[]
  }
}
const resultsOf = (answer: { json: Readonly<Record<string, unknown>> }) =>
  answer.json.results as Result[]

function items() {
  it('answers 202 with a receipt for each item in order', async () => {
    const ids = [freshId(), freshId(), freshId()]

    const answer = await sendBatch(ids.map((id) => anEvent({ id })))

    expect(answer.status).toBe(202)
    expect(answer.json).toMatchObject({ accepted: 3, duplicates: 0, refused: 0 })
    expect(resultsOf(answer).map((result) => result.event.id)).toEqual(ids)
  })

  it('keeps the exact slice of each item', async () => {
    const [first, second] = [freshId(), freshId()]
    const spaced = JSON.stringify(anEvent({ id: first }), null, 3)
    const tight = JSON.stringify(
      anEvent({ id: second, data: { code: 'H99.1', step: 'Đã trả kết quả ✓' } }),
    )

    const answer = await sendBatch(` [\n${spaced} ,${tight}\t]\n`)

    expect(answer.status).toBe(202)
    const bytesOf = (id: string) =>
      Buffer.from(
        api.hub.accepted.find(({ attributes }) => attributes.eventId === id)?.bytes ?? [],
      ).toString()
    expect(bytesOf(first)).toBe(spaced)
    expect(bytesOf(second)).toBe(tight)
    expect(resultsOf(answer)[0]?.receipt?.sha256).toBe(
      createHash('sha256').update(spaced).digest('hex'),
    )
  })

  it('judges each item by itself and answers 200 when one is refused', async () => {
    const good = anEvent({ id: freshId() })
    const items = [
      good,
      anEvent({ id: freshId(), specversion: '0.3' }),
      good,
      anEvent({ id: freshId(), data: { code: 'X', step: 'a' } }),
      'text',
    ]

    const answer = await sendBatch(items)

    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ accepted: 1, duplicates: 1, refused: 3 })
    expect(resultsOf(answer).map((result) => result.problem?.code ?? result.status)).toEqual([
      'accepted',
      'event-invalid',
      'duplicate',
      'schema-violation',
      'event-invalid',
    ])
    expect(resultsOf(answer)[3]?.problem?.errors?.[0]?.pointer).toBe('/data/code')
  })

  it('refuses an item with a repeated key and takes its neighbour', async () => {
    const id = freshId()
    const bad = JSON.stringify(anEvent({ id: freshId() })).replace('{', '{"type":"a",')

    const answer = await sendBatch(`[${bad},${JSON.stringify(anEvent({ id }))}]`)

    expect(answer.status).toBe(200)
    expect(resultsOf(answer)[0]?.problem?.code).toBe('json-duplicate-key')
    expect(resultsOf(answer)[1]).toMatchObject({ status: 'accepted', event: { id } })
  })
}

function wholes() {
  it('answers 200 to nothing but repeats, and to an empty batch', async () => {
    const items = [anEvent({ id: freshId() })]
    await sendBatch(items)
    expect((await sendBatch(items)).status).toBe(200)
    const empty = await sendBatch([])
    expect([empty.status, empty.json.results]).toEqual([200, []])
  })

  it('refuses more than 1,000 items with 413', async () => {
    const answer = await sendBatch(Array.from({ length: 1001 }, () => ({})))
    expect([answer.status, answer.json.code]).toEqual([413, 'batch-too-large'])
  })

  it('refuses what is no array', async () => {
    const answer = await sendBatch('{}')
    expect([answer.status, answer.json.code]).toEqual([400, 'body-not-json'])
  })

  it('answers 503 for the whole batch while the store is away', async () => {
    api.hub.world.storeAway = true
    const answer = await sendBatch([anEvent({ id: freshId() })])
    api.hub.world.storeAway = false
    expect([answer.status, answer.json.code]).toEqual([503, 'store-unavailable'])
  })
}

describe('results', () => {
  beforeAll(async () => {
    api = await startApi()
    key = api.hub.key('messages:write')
  })
  afterAll(() => api.close())

  items()
  wholes()
})
