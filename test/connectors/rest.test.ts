import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import createConnector from '../../connectors/rest/index.ts'
import {
  type Connector,
  ConnectorError,
  createSimulatorServer,
  type IncomingMessage,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorRequest,
  type UnreadRecord,
} from '../../src/connector/index.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'
import { pullRequest } from '../support/pull-request.ts'

const steady = new AbortController().signal
const at = (n: number): string => new Date(Date.UTC(2026, 2, 2) + n * 60_000).toISOString()

interface Row {
  id: string
  at: string
}

let rows: Row[]
let asked: SimulatorRequest[]
let beforeAnswer: (request: SimulatorRequest) => void
let answer: ((request: SimulatorRequest) => SimulatorAnswer) | undefined
let server: Simulator

/** A source that can be paged in every style; `since` is inclusive. */
function page({ query }: SimulatorRequest): SimulatorAnswer {
  const since = Date.parse(query.get('since') ?? at(-1_000_000))
  const found = rows.filter((row) => !(Date.parse(row.at) < since))
  const size = Number(query.get('size') ?? 1_000)
  const number = query.get('page')
  const start = number ? (Number(number) - 1) * size : Number(query.get('from') ?? 0)
  const next = start + size < found.length ? String(start + size) : undefined
  return {
    body: { rows: found.slice(start, start + size), next: next ?? null },
    ...(next && {
      headers: {
        link: `</rows?from=${next}&size=${size}&since=${encodeURIComponent(query.get('since') ?? '')}>; rel="next"`,
      },
    }),
  }
}

beforeEach(async () => {
  rows = Array.from({ length: 7 }, (_, n) => ({ id: `H99-${n + 1}`, at: at(n) }))
  asked = []
  beforeAnswer = () => undefined
  answer = undefined
  server = await createSimulatorServer(
    { port: 0 },
    {
      modes: [],
      state: () => new Map(),
      handle: (request) => ({
        kind: 'read',
        run() {
          asked.push(request)
          beforeAnswer(request)
          return (answer ?? page)(request)
        },
      }),
    },
  )
})
afterEach(async () => {
  closeContexts()
  await server.stop()
})

function connect(more: object): Connector {
  const options = {
    address: server.address,
    credentials: { style: 'none' },
    check: { request: { path: '/me' }, answers: [{ at: '/ok', is: [true], means: 'done' }] },
    ...more,
  }
  return createConnector(contextOf({ system: 'nguon', address: server.address, options }))
}

const pull = (paging: object) => ({
  pulls: [
    {
      ...{ name: 'rows', title: { vi: 'Dòng', en: 'Rows' }, types: ['vn.tthc.question.asked.v1'] },
      request: { path: '/rows' },
      answers: [{ at: '/rows', exists: true, means: 'page' }],
      items: '/rows',
      changedSince: { parameter: 'since', first: '2026-01-01T00:00:00Z' },
      paging,
      message: { subject: '/id', time: '/at', data: [{ to: '/id', from: '/id' }] },
    },
  ],
})
const styles = [
  { style: 'none' },
  { style: 'cursor', parameter: 'from', next: '/next', sizeParameter: 'size', size: 2 },
  { style: 'offset', parameter: 'from', sizeParameter: 'size', size: 3 },
  { style: 'page', parameter: 'page', sizeParameter: 'size', size: 2 },
  { style: 'link', sizeParameter: 'size', size: 2 },
]
const offset = styles[2] as object

/** A run as the engine makes it. */
async function run(connector: Connector, from?: string, overlapSeconds = 0) {
  const messages: IncomingMessage[] = []
  const unread: UnreadRecord[] = []
  const seen = new Set<string | undefined>([from])
  for (let cursor = from; ; ) {
    const request = pullRequest({
      ...{ operation: 'rows', cursor, startedFrom: from },
      overlapSeconds: cursor === from ? overlapSeconds : 0,
    })
    const result = await connector.pull?.(request, steady)
    if (!result) throw new Error('no pull')
    messages.push(...result.messages)
    unread.push(...(result.unread ?? []))
    cursor = result.cursor
    if (!result.more)
      return { messages, unread, cursor, ids: messages.map(({ subject }) => subject) }
    expect(seen, 'a cursor came twice').not.toContain(cursor)
    seen.add(cursor)
  }
}
const idsOf = (list: readonly Row[]) => list.map(({ id }) => id)
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof ConnectorError ? error.code : String(error)),
  )

describe('connectors/rest', () => {
  it.each(styles)('reads every row once: $style', async (paging) => {
    const { ids, cursor } = await run(connect(pull(paging)))
    expect(ids).toEqual(idsOf(rows))
    rows.push({ id: 'H99-8', at: at(7) })
    const later = await run(connect(pull(paging)), cursor, 60)
    // What the overlap brings again has the same key.
    expect(new Set(later.ids)).toEqual(new Set(['H99-6', 'H99-7', 'H99-8']))
    expect(Date.parse(asked.at(-1)?.query.get('since') ?? '')).toBe(Date.parse(at(5)))
  })

  it.each(styles)('makes one event of what is read twice: $style', async (paging) => {
    const connector = connect(pull(paging))
    const [one, two] = [await run(connector), await run(connector)]
    expect(two.messages).toEqual(one.messages)
    const keys = one.messages.map(({ eventId }) => eventId)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('goes on from the page where a run broke off', async () => {
    const connector = connect(pull(offset))
    const first = await connector.pull?.(pullRequest({ operation: 'rows' }), steady)
    const rest = await run(connector, first?.cursor)
    const seen = [...(first?.messages ?? []), ...rest.messages].map(({ subject }) => subject)
    expect(new Set(seen)).toEqual(new Set(idsOf(rows)))
  })

  it('misses nothing after a run that broke off, in whatever order the rows come', async () => {
    rows.reverse()
    const cursors = { style: 'cursor', parameter: 'from', next: '/next', sizeParameter: 'size' }
    const connector = connect(pull({ ...cursors, size: 2 }))
    const first = await connector.pull?.(pullRequest({ operation: 'rows' }), steady)
    const { ids } = await run(connector, first?.cursor)
    expect(new Set(ids)).toEqual(new Set(idsOf(rows)))
  })

  it.each([styles[0], styles[2]])(
    'asks again although a row is dated in the future: %j',
    async (one) => {
      rows.push({ id: 'H99-9', at: '2099-01-01T00:00:00.000Z' })
      const connector = connect(pull(one as object))
      const { cursor } = await run(connector)
      rows.push({ id: 'H99-10', at: new Date(Date.now() + 60_000).toISOString() })
      expect((await run(connector, cursor)).ids).toContain('H99-10')
    },
  )

  it.each([
    ['is put in', () => rows.unshift({ id: 'H99-0', at: at(-1) })],
    ['is taken out', () => rows.shift()],
  ])('misses no row when one before the place %s between two pages', async (_, move) => {
    const all = new Set(idsOf(rows))
    beforeAnswer = () => {
      if (asked.length === 2) move()
    }
    const { ids } = await run(connect(pull(offset)))
    for (const id of [...all, ...idsOf(rows)]) expect(ids).toContain(id)
  })

  it('says so when the rows never keep still', async () => {
    beforeAnswer = () => void rows.unshift({ id: `H99-n${asked.length}`, at: at(-1) })
    expect(await codeOf(run(connect(pull(offset))))).toBe('pages-shifting')
  })

  it.each([
    ['names the same page again', styles[1], { rows: [{ id: 'a', at: at(0) }], next: 'x' }],
    ['has no list', styles[0], { rows: 'none' }],
  ])('fails loudly when a source %s', async (_, paging, body) => {
    answer = () => ({ body })
    expect(await codeOf(run(connect(pull(paging as object))))).toBe('answer-invalid')
  })

  it('follows no link to another host', async () => {
    answer = () => ({
      body: { rows: [{ id: 'a', at: at(0) }] },
      headers: { link: '<https://elsewhere.example/rows>; rel="next"' },
    })
    expect(await codeOf(run(connect(pull(styles[4] as object))))).toBe('address-forbidden')
  })

  it.each(styles)(
    'tells a row that cannot be read, and takes the others: $style',
    async (paging) => {
      const bad: unknown[] = [
        { id: 'H99-2', at: 'yesterday' },
        { id: 'H99-4', at: at(3), status: 'chua-co' },
        { at: at(5), name: 'Nguyễn Văn Thử' },
        'không phải dòng',
      ]
      for (const [index, place] of [1, 3, 5, 2].entries()) rows[place] = bad[index] as Row
      const [one] = pull(paging).pulls
      const status = { to: '/status', from: '/status', required: false, codes: 'trang-thai' }
      const data = [{ to: '/id', from: '/id' }, status]
      const pulls = [{ ...one, message: { ...one?.message, data } }]
      const first = await run(connect({ pulls }))
      expect(first.ids).toEqual(['H99-1', 'H99-5', 'H99-7'])
      const told = first.unread.map(({ code, pointers }) => `${code} ${pointers}`)
      expect(told).toEqual([
        ...['mapping-failed /at', 'mapping-failed /id', 'code-untranslated /status'],
        'mapping-failed /id',
      ])
      expect(first.unread.map(({ subject }) => subject.replace(/\d$/, 'n'))).toEqual([
        ...['H99-n', 'rows #n', 'H99-n', `rows ${at(5)} #n`],
      ])
      expect(JSON.stringify(first.unread)).not.toContain('Thử')
      // Passed: only the newest is read again.
      rows[6] = { id: 'H99-7', at: at(6) }
      expect((await run(connect({ pulls }), first.cursor)).ids).toEqual(['H99-7'])
    },
  )

  it.each(styles)(
    'reads again from an earlier moment when it is sent back: $style',
    async (paging) => {
      const connector = connect(pull(paging))
      const { cursor } = await run(connector)
      const from = async (time: string) =>
        (await run(connector, connector.rewind?.('rows', cursor, new Date(time)))).ids
      expect(await from(at(4))).toEqual(['H99-5', 'H99-6', 'H99-7'])
      expect(await from(at(100))).toEqual(['H99-7'])
      expect(connector.rewind?.('rows', undefined, new Date())).toBeUndefined()
    },
  )

  it.each(styles)(
    'stops at an answer that holds no list, and takes nothing: $style',
    async (paging) => {
      answer = () => ({ body: { rows: { id: 'H99-1' } } })
      expect(await codeOf(run(connect(pull(paging))))).toBe('answer-invalid')
    },
  )

  it('refuses a cursor that it did not make', async () => {
    for (const cursor of ['x', '[]', '{}'])
      expect(await codeOf(run(connect(pull(offset)), cursor))).toBe('mapping-failed')
  })

  it('has the parts that are configured, and no others', () => {
    const parts = (connector: Connector) =>
      ['send', 'pull', 'lookup'].filter((name) => name in connector)
    expect(parts(connect({}))).toEqual([])
    expect(parts(connect(pull(offset)))).toEqual(['pull'])
  })

  it('reads 10,000 rows page by page and keeps none of them', async () => {
    rows = Array.from({ length: 10_000 }, (_, n) => ({ id: `H99-${n}`, at: at(n) }))
    const big = { style: 'cursor', parameter: 'from', next: '/next', sizeParameter: 'size' }
    const { ids } = await run(connect(pull({ ...big, size: 500 })))
    expect(new Set(ids).size).toBe(10_000)
    expect(asked).toHaveLength(20)
  })
})
