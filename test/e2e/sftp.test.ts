import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import manifest from '../../connectors/sftp/connector.json' with { type: 'json' }
import progress from '../../connectors/sftp/fixtures/progress.message.json' with { type: 'json' }
import question from '../../connectors/sftp/fixtures/question.message.json' with { type: 'json' }
import { createSftpSimulator, type SftpSimulator } from '../../connectors/sftp/simulator.ts'
import createTthc from '../../connectors/tthc/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const words = { vi: 'Máy chủ tệp', en: 'File server' }
const state = new Map<string, unknown>(
  JSON.parse(
    readFileSync(new URL('../../connectors/sftp/fixtures/state.json', import.meta.url), 'utf8'),
  ),
)
const [example] = manifest.options.examples
/** Files that have been taken are moved. */
const pulls = example?.pulls?.map((pull) => ({ ...pull, done: '/vao/xong', bad: '/vao/hong' }))

let simulator: SftpSimulator
let tthc: Simulator
let server: TestHub
let key: string

const systems = (change: object = {}): SystemFile[] => [
  {
    ...{ id: 'tep', connector: 'sftp', title: words, timeoutMs: 5_000, settleMs: 50 },
    options: {
      ...{ ...example, server: simulator.address, password: 'env:HUB_SECRET_SFTP', pulls },
      ...change,
    },
    retry: { stepsSeconds: [1] },
  },
  {
    ...{ id: 'mot-cua', connector: 'tthc', title: { vi: 'Một cửa', en: 'One-stop' } },
    options: {
      ...{ baseUrl: tthc.address, auth: 'api-key', apiKey: 'env:HUB_SECRET_TTHC' },
      agencyCode: '000.00.00.H99',
    },
  },
]

beforeEach(async () => {
  simulator = await createSftpSimulator({ port: 0, state })
  tthc = await createTthc({ port: 0 })
  server = await openTestHub({
    systems: systems(),
    jobs: [
      { kind: 'push', id: 'tien-do', title: words, to: 'tep', types: [progress.type] },
      {
        ...{ kind: 'push', id: 'hoi-dap', title: words, to: 'tep', types: [question.type] },
        sources: ['/h99/cong-dvcqg'],
      },
      {
        ...{ kind: 'push', id: 'cau-hoi-ve', title: words, to: 'mot-cua', types: [question.type] },
        sources: ['/h99/tep'],
      },
      ...['questions', 'questions-xml', 'questions-xlsx'].map((operation) => ({
        ...{ kind: 'pull' as const, id: `lay-${operation}`, title: words, from: 'tep' },
        ...{ operation, schedule: '0 3 1 1 *' },
      })),
    ],
    secrets: { HUB_SECRET_SFTP: 'not-a-real-secret', HUB_SECRET_TTHC: 'not-a-real-key' },
  })
  key = await server.key('admin')
})
afterEach(async () => {
  await server.close()
  await simulator.stop()
  await tthc.stop()
})

const submit = (message: object) =>
  server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: message,
  })
const stateOf = async (receipt: Record<string, unknown>) => {
  const [delivery] = receipt.deliveries as { id: string }[]
  const { json } = await server.ask('GET', `/api/v1/deliveries/${delivery?.id}`, { key })
  return json.state
}
const isDelivered = (receipt: Record<string, unknown>) =>
  waitUntil(
    'it is delivered',
    async () => (await stateOf(receipt)) === 'delivered',
    undefined,
    30_000,
  )
const written = () => [...simulator.state().keys()].filter((path) => path.startsWith('/ra/'))
const begin = (operation: string) =>
  waitUntil('a run begins', async () => {
    const { status } = await server.ask('POST', `/api/v1/pulls/lay-${operation}/run`, { key })
    return status === 202
  })
const finished = (job: string) =>
  server.lines.filter((line) => line.event === 'pull.finished' && line.fields.job === job).length

const header = 'Mã câu hỏi;Cơ quan;Tên cơ quan;Nội dung;Ngày hỏi'
const rowOf = (id: string) =>
  `${id};H99.14;Uỷ ban nhân dân xã An Thử;Câu hỏi thử;05/03/2026 09:00:00`
let drops = 0
/** Each time a minute younger than the file before, and old enough to be read. */
const put = (name: string, ...rows: string[]) => {
  const mtime = Math.floor(Date.now() / 1000) - 10_000 + 60 * ++drops
  simulator.files.put(`/vao/${name}`, `${[header, ...rows].join('\r\n')}\r\n`, mtime)
}
const away = () =>
  [...simulator.state().keys()].filter((path) => /^\/vao\/(xong|hong)\//.test(path)).sort()

describe('sftp', () => {
  it('is written to, once, whatever happens to the line', async () => {
    simulator.misbehave({ mode: 'half-body', times: 1 })
    simulator.misbehave({ mode: 'server-error', times: 1 })
    const { json } = await submit(progress)
    await isDelivered(json)
    expect(written()).toHaveLength(1)
    expect(written()[0]).toMatch(/^\/ra\/tien-do_H99\.14-260302-0001_[\w-]+\.xml$/)
  })

  it('is looked at before a file is written again', async () => {
    simulator.misbehave({ mode: 'half-body', times: 1 })
    await isDelivered((await submit(question)).json)
    expect(written()).toHaveLength(1)
    expect(simulator.received().filter(({ applied }) => applied)).toHaveLength(1)
  })

  it.each([
    ['questions', ['1', '2', '3', '4', '5'], ['cau-hoi-1.csv', 'cau-hoi-2.csv']],
    ['questions-xml', ['6', '7'], ['cau-hoi.xml']],
    ['questions-xlsx', ['8', '9'], ['cau-hoi.xlsx']],
  ])(
    'is read: %s, each record once, and its files are put away',
    async (operation, ends, files) => {
      await begin(operation)
      const subjects = () => tthc.received().flatMap((one) => (one.applied ? [one.subject] : []))
      await waitUntil('all have come', subjects, (list) => list.length === ends.length, 30_000)
      expect(subjects().sort()).toEqual(ends.map((end) => `HD-99-000${end}`))
      await waitUntil(
        'the run ends',
        () => finished(`lay-${operation}`),
        (runs) => runs === 1,
      )
      const away = [...simulator.state().keys()].filter((path) => path.startsWith('/vao/xong/'))
      expect(away.sort()).toEqual(files.map((name) => `/vao/xong/${name}`))
      await begin(operation)
      await waitUntil(
        'it has been read again',
        () => finished(`lay-${operation}`),
        (runs) => runs === 2,
      )
      expect(subjects()).toHaveLength(ends.length)
      expect(JSON.stringify(server.lines)).not.toContain('Câu hỏi thử')
    },
  )

  it('puts a file where it is seen whose last record the hub refused, though it was stopped in between', async () => {
    put('cau-hoi-3.csv', rowOf('HD-99-0011'), rowOf('HD-99-0012'), rowOf('không phải mã'))
    simulator.files.denied.add('/vao/hong')
    await begin('questions')
    const refused = () =>
      server.database.sql<{ detail: string }>(
        `select detail from hub.audit where action = 'message.refused'`,
      )
    const failures = () =>
      server.lines.filter(({ event, fields }) => event === 'pull.failed' && fields.code).length
    // The refusal, and the file that cannot be moved yet.
    await waitUntil('the run has failed', failures, (count) => count === 2, 30_000)
    expect((await refused()).map(({ detail }) => JSON.parse(detail).code)).toEqual([
      'schema-violation',
    ])
    await server.restart(async () => simulator.files.denied.clear())
    await begin('questions')
    await waitUntil(
      'the run ends',
      () => finished('lay-questions'),
      (runs) => runs === 1,
    )
    expect(away()).toEqual([
      ...['/vao/hong/cau-hoi-3.csv', '/vao/xong/cau-hoi-1.csv', '/vao/xong/cau-hoi-2.csv'],
    ])
    expect(await refused()).toHaveLength(1)
  })

  it('takes a file that is dropped again, though its records tell no time, for what it has had', async () => {
    const timeless = pulls?.map(({ message: { time: _, date: __, ...message }, ...pull }) => ({
      ...{ ...pull, message, files: 'lai*.csv' },
    }))
    await server.configure(systems({ pulls: timeless }))
    const rows = [rowOf('HD-99-0011'), rowOf('HD-99-0012')]
    for (const [index, name] of ['lai-1.csv', 'lai-1.csv', 'lai-2.csv'].entries()) {
      put(name, ...rows.slice(0, 2 - (index % 2)))
      await begin('questions')
      await waitUntil(
        'the run ends',
        () => finished('lay-questions'),
        (runs) => runs === index + 1,
      )
    }
    const counts = await server.database.sql(
      `select (select count(*)::int from hub.message) as messages,
         (select count(*)::int from hub.audit where action = 'message.refused') as refused`,
    )
    expect(counts).toEqual([{ messages: 2, refused: 0 }])
    expect(away()).toHaveLength(3)
  })

  it('waits for a person when the server has another key', async () => {
    await server.configure(systems({ hostKeys: [`SHA256:${'A'.repeat(43)}`] }))
    await submit(progress)
    const system = async () => (await server.ask('GET', '/api/v1/systems/tep', { key })).json
    await waitUntil(
      'it is paused',
      async () => ((await system()).paused as { code: string } | null)?.code === 'host-key-unknown',
    )
    expect(written()).toEqual([])
  })

  it('is checked folder by folder', async () => {
    const check = () => server.ask('POST', '/api/v1/systems/tep/check', { key })
    expect((await check()).json).toMatchObject({ ok: true })
    await server.configure(
      systems({ pulls: pulls?.map((pull) => ({ ...pull, done: '/khong-co' })) }),
    )
    expect((await check()).json).toMatchObject({ ok: false })
  })
})
