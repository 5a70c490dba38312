/**
 * What one process takes to read a large list by `rest`, in every way of paging, and whether a row is missed or
 * doubled when it is killed in the midst of it. The worker is a process of its own, so that its memory is its own.
 *
 *   REST_ROWS=10000 npx vitest run test/e2e/rest-large.test.ts
 *
 * prints rows a second and the peak of memory, for every way; REST_PAGE sets the rows of a page. Without the
 * variables 600 rows, in two ways.
 */
import { afterEach, expect, it } from 'vitest'
import type { JobFile } from '../../src/app/config/defaults.ts'
import {
  createSimulatorServer,
  type Simulator,
  type SimulatorRequest,
} from '../../src/connector/index.ts'
import { type LargePull, openLargePull } from '../support/large-pull.ts'

const measured = process.env.REST_ROWS
const count = Number(measured ?? 600)
const pageSize = Number(process.env.REST_PAGE ?? 100)
const mostMegabytes = 300
const words = { vi: 'Danh sách lớn', en: 'A large list' }

interface Row {
  readonly id: string
  readonly at: string
  readonly text: string
}

/** One row a second, in the order of their changes. */
const rowsSince = (start: number): Row[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `HD-99-${n}`,
    at: new Date(start + n * 1_000).toISOString(),
    text: `Câu hỏi thử nghiệm số ${n}. `.repeat(20),
  }))

const firstDay = Date.UTC(2026, 0, 2)
/** All of the first have changed by then. */
const secondDay = Date.UTC(2026, 3, 2)

function pageOf(rows: readonly Row[], { path, query }: SimulatorRequest) {
  const since = Date.parse(query.get('since') ?? '')
  const first = rows.findIndex(({ at }) => Date.parse(at) >= since)
  const found = first < 0 ? [] : rows.slice(first)
  const size = Number(query.get('size') ?? pageSize)
  const number = query.get('page')
  const from = number ? (Number(number) - 1) * size : Number(query.get('from') ?? 0)
  const next = from + size < found.length ? from + size : undefined
  const link = new URLSearchParams({ ...Object.fromEntries(query), from: String(next) })
  return {
    body: { rows: found.slice(from, from + size), next },
    ...(next && { headers: { link: `<${path}?${link}>; rel="next"` } }),
  }
}

const agency = [
  { to: '/agency/code', constant: 'H99.14' },
  { to: '/agency/name', constant: 'Uỷ ban nhân dân xã An Thử' },
]
const systemOf = (address: string, paging: object) => ({
  ...{ id: 'nguon', connector: 'rest', title: words, timeoutMs: 10_000 },
  options: {
    ...{ address, credentials: { style: 'none' } },
    check: { request: { path: '/rows' }, answers: [{ at: '/rows', exists: true, means: 'done' }] },
    pulls: [
      {
        ...{ name: 'rows', title: words, types: ['vn.tthc.question.asked.v1'] },
        request: { path: '/rows' },
        answers: [{ at: '/rows', exists: true, means: 'page' }],
        items: '/rows',
        changedSince: { parameter: 'since', first: '2026-01-01T00:00:00+07:00' },
        paging: { sizeParameter: 'size', size: pageSize, ...paging },
        message: {
          ...{ subject: '/id', time: '/at' },
          data: [{ to: '/id', from: '/id' }, ...agency, { to: '/content', from: '/text' }],
        },
      },
    ],
  },
})
const job: JobFile = {
  ...{ kind: 'pull', id: 'lay-ve', title: words, from: 'nguon', operation: 'rows' },
  ...{ schedule: '0 0 1 1 *', overlapSeconds: 0 },
}

const ways = [
  ['cursor', { parameter: 'from', next: '/next' }],
  ['offset', { parameter: 'from' }],
  ['link', {}],
  ['page', { parameter: 'page' }],
] as const

let source: Simulator
let large: LargePull
afterEach(async () => {
  await large.close()
  await source.stop()
})

it.each(measured ? ways : ways.slice(2))(
  'reads a large list by %s, killed in its midst',
  async (style, paging) => {
    let rows = rowsSince(firstDay)
    source = await createSimulatorServer(
      { port: 0, forget: true },
      {
        modes: ['slow'],
        state: () => new Map(),
        handle: (request) => ({ kind: 'read', run: () => pageOf(rows, request) }),
      },
    )
    large = await openLargePull(job.id, {
      ...{ jobs: [job], systems: [systemOf(source.address, { style, ...paging })] },
    })
    source.misbehave({ mode: 'slow', ms: 100, on: 'read' })
    await large.runThroughAKill(count / 3, source.behave)
    expect(await large.subjects()).toEqual(rows.map(({ id }) => id).sort())

    // Every row has changed: once more, undisturbed.
    rows = rowsSince(secondDay)
    const { seconds } = await large.run()
    expect(await large.taken()).toBe(2 * count)
    const peak = large.peakMegabytes()
    if (measured)
      console.log(`${style}: ${count} rows, ${Math.round(count / seconds)} rows/s, peak ${peak} MB`)
    expect(peak).toBeLessThan(mostMegabytes)
  },
  1_800_000,
)
