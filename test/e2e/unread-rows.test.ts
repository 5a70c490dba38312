/** A row whose code has no translation yet: told, passed, and read again once somebody has added the code. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSimulatorServer, type Simulator } from '../../src/connector/index.ts'
import type { CodeRow } from '../../src/domain/configuration.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const words = { vi: 'Nguồn thử', en: 'A source' }
const act = { actor: 'test', reason: 'Thêm mã cơ quan 09' }
const rows = ['01', '09', '01'].map((agency, n) => ({
  ...{ id: `HD-99-${n}`, agency, text: 'Câu hỏi thử nghiệm' },
  at: `2026-03-02T0${n}:00:00+07:00`,
}))

let source: Simulator
let server: TestHub
beforeEach(async () => {
  source = await createSimulatorServer(
    { port: 0 },
    {
      ...{ modes: [], state: () => new Map() },
      handle: ({ query }) => ({
        kind: 'read',
        run: () => {
          const since = Date.parse(query.get('since') ?? '')
          return { body: { rows: rows.filter(({ at }) => Date.parse(at) >= since) } }
        },
      }),
    },
  )
  server = await openTestHub({
    systems: [
      {
        ...{ id: 'nguon', connector: 'rest', title: words },
        options: {
          ...{ address: source.address, credentials: { style: 'none' } },
          check: {
            request: { path: '/rows' },
            answers: [{ at: '/rows', exists: true, means: 'done' }],
          },
          pulls: [
            {
              ...{ name: 'rows', title: words, types: ['vn.tthc.question.asked.v1'] },
              request: { path: '/rows' },
              answers: [{ at: '/rows', exists: true, means: 'page' }],
              items: '/rows',
              changedSince: { parameter: 'since', first: '2026-01-01T00:00:00+07:00' },
              paging: { style: 'none' },
              message: {
                ...{ subject: '/id', time: '/at' },
                data: [
                  { to: '/id', from: '/id' },
                  { to: '/agency/code', from: '/agency', codes: 'thu-nghiem-co-quan' },
                  { to: '/agency/name', constant: 'Uỷ ban nhân dân xã An Thử' },
                  { to: '/content', from: '/text' },
                ],
              },
            },
          ],
        },
      },
    ],
    jobs: [
      {
        ...{ kind: 'pull', id: 'lay-ve', title: words, from: 'nguon', operation: 'rows' },
        ...{ schedule: '0 0 1 1 *', overlapSeconds: 0 },
      },
    ],
  })
})
afterEach(async () => {
  await server.close()
  await source.stop()
})

const translate = async (...remote: readonly string[]): Promise<void> => {
  const configuration = server.hub.revisions.running()?.configuration
  if (!configuration) throw new Error('the hub has no configuration')
  const table = remote.map(
    (code): CodeRow => ({ canonical: `H99.${code}`, remote: code, validFrom: '', validTo: '' }),
  )
  const codes = { ...configuration.codes, 'thu-nghiem-co-quan': table }
  await server.hub.revisions.apply({ ...configuration, codes }, act)
}

interface Run {
  readonly last_run_at: Date | null
  readonly last_code: string | null
  readonly last_messages: number
}

async function run(): Promise<Run | undefined> {
  const state = async () =>
    (
      await server.database.sql<Run>('select last_run_at, last_code, last_messages from hub.pull')
    )[0]
  const before = (await state())?.last_run_at?.getTime()
  await server.hub.pulls.runNow('lay-ve', act)
  return waitUntil('it has ended', state, (one) => one?.last_run_at?.getTime() !== before)
}

const subjects = async () =>
  (await server.database.sql<{ subject: string }>('select subject from hub.message'))
    .map(({ subject }) => subject)
    .sort()

it('is told and passed, and comes when its pull is sent back after the code was added', async () => {
  await translate('01')
  expect(await run()).toMatchObject({ last_code: 'code-untranslated', last_messages: 2 })
  expect(await subjects()).toEqual(['HD-99-0', 'HD-99-2'])
  const told = await server.database.sql<{ object: string; detail: string }>(
    `select object, detail from hub.audit where action = 'message.refused'`,
  )
  expect(told.map(({ object, detail }) => [object, JSON.parse(detail)])).toEqual([
    ['HD-99-1', { event: '', code: 'code-untranslated', pointers: ['/agency'] }],
  ])

  await translate('01', '09')
  // It lies behind the mark: by itself it would not come any more.
  expect(await run()).toMatchObject({ last_code: null, last_messages: 0 })
  const key = await server.key('systems:read', 'systems:write')
  const rewind = (to: string) =>
    server.ask('POST', '/api/v1/pulls/lay-ve/rewind', { key, body: { reason: act.reason, to } })
  expect((await rewind('2099-01-01T00:00:00+07:00')).json).toMatchObject({
    ...{ code: 'request-invalid', errors: [{ pointer: '/to' }] },
  })
  expect((await rewind('2026-03-02T00:30:00+07:00')).status).toBe(200)
  expect(await run()).toMatchObject({ last_code: null, last_messages: 1 })
  expect(await subjects()).toEqual(['HD-99-0', 'HD-99-1', 'HD-99-2'])

  expect((await rewind('start')).status).toBe(200)
  // Everything once more: all of it is known.
  expect(await run()).toMatchObject({ last_code: null, last_messages: 0 })
  const acts = await server.database.sql<{ detail: string }>(
    `select detail from hub.audit where action = 'pull.rewound' order by id`,
  )
  expect(acts.map(({ detail }) => JSON.parse(detail))).toEqual(
    ['2026-03-01T17:30:00.000Z', 'start'].map((to) => ({ to, reason: act.reason })),
  )
})
