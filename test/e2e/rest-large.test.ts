/**
 * What one process takes to read a large list by `rest`, in every way of paging, and whether a row is missed or
 * doubled when it is killed in the midst of it. The worker is a process of its own, so that its memory is its own.
 *
 *   REST_ROWS=10000 npx vitest run test/e2e/rest-large.test.ts
 *
 * prints rows a second and the peak of memory, for every way. Without the variable 600 rows, in two ways.
 */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import type { JobFile } from '../../src/app/config/defaults.ts'
import {
  createSimulatorServer,
  type Simulator,
  type SimulatorRequest,
} from '../../src/connector/index.ts'
import { endProcess, forkHub, hubReady } from '../support/hub-process.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const measured = process.env.REST_ROWS
const count = Number(measured ?? 600)
const pageSize = 100
const mostMegabytes = 300
const act = { actor: 'test', reason: 'Đo' }
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
let server: TestHub
let worker: ChildProcess
afterEach(async () => {
  await endProcess(worker)
  await server.close()
  await source.stop()
})

const startWorker = async () => {
  worker = forkHub(['start'], { ...server.env, HUB_ROLE: 'worker', HUB_LOG: 'json' })
  await hubReady(worker)
}
/** The most that this process has ever held in memory. */
const peakMegabytes = (): number => {
  const status = readFileSync(`/proc/${worker.pid}/status`, 'utf8')
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024)
}
const taken = async (): Promise<number> =>
  (await server.database.sql<{ n: number }>('select count(*)::int as n from hub.message'))[0]?.n ??
  0
const pullRow = async () =>
  (
    await server.database.sql<{
      owner: string | null
      last_run_at: Date
      last_code: string | null
    }>('select owner, last_run_at, last_code from hub.pull')
  )[0]
/** The run that was begun, or goes on, has come to its end. */
async function finished(before: Date | undefined): Promise<void> {
  const row = await waitUntil(
    'the run has ended',
    pullRow,
    (one) => one?.owner === null && String(one.last_run_at) !== String(before),
    240_000,
  )
  expect(row?.last_code).toBeNull()
}

it.each(measured ? ways : ways.slice(2))(
  'reads a large list by %s, killed in its midst, with the memory of a page',
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
    server = await openTestHub({
      ...{ role: 'api', jobs: [job], systems: [systemOf(source.address, { style, ...paging })] },
    })
    source.misbehave({ mode: 'slow', ms: 100, on: 'read' })
    await startWorker()
    await waitUntil('the job is there', () => server.hub.pulls.runNow(job.id, act))
    await waitUntil('a third has come', taken, (seen) => seen >= count / 3, 120_000)
    await endProcess(worker, 'SIGKILL')
    expect((await pullRow())?.owner).not.toBeNull()
    const before = await taken()
    expect(before).toBeLessThan(count)
    source.behave()
    // As if its lease had run out.
    await server.database.sql('update hub.pull set lease_until = now()')
    await startWorker()
    await finished((await pullRow())?.last_run_at)
    const found = await server.database.sql<{ subject: string }>('select subject from hub.message')
    expect(found.map(({ subject }) => subject).sort()).toEqual(rows.map(({ id }) => id).sort())

    // Every row has changed: once more, undisturbed.
    rows = rowsSince(secondDay)
    const last = (await pullRow())?.last_run_at
    const startedMs = performance.now()
    await waitUntil('the next run begins', () => server.hub.pulls.runNow(job.id, act))
    await finished(last)
    const seconds = (performance.now() - startedMs) / 1000
    expect(await taken()).toBe(2 * count)
    const peak = peakMegabytes()
    if (measured)
      console.log(`${style}: ${count} rows, ${Math.round(count / seconds)} rows/s, peak ${peak} MB`)
    expect(peak).toBeLessThan(mostMegabytes)
  },
  600_000,
)
