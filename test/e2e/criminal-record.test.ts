import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import dossier from '../../connectors/dvcqg/fixtures/create.message.json' with { type: 'json' }
import createPortal, { account } from '../../connectors/dvcqg/simulator.ts'
import type { Held } from '../../connectors/dvcqg/simulator-portal.ts'
import asked from '../../connectors/ly-lich-tu-phap/fixtures/request.message.json' with {
  type: 'json',
}
import {
  type CriminalRecordSimulator,
  createCriminalRecordSimulator,
} from '../../connectors/ly-lich-tu-phap/simulator.ts'
import createOneStop from '../../connectors/tthc/simulator.ts'
import type { JobFile, SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const { code } = dossier.data.dossier
const words = { vi: 'Lý lịch tư pháp', en: 'Criminal records' }
const progressed = 'vn.tthc.dossier.progressed.v1'
const issued = 'vn.tthc.criminal-record.issued.v1'
const password = 'env:HUB_SECRET_TEST'

let registry: CriminalRecordSimulator
let oneStop: Simulator
let portal: Simulator
let server: TestHub
let key: string

const hasty = { timeoutMs: 1_000, settleMs: 200, retry: { stepsSeconds: [1] } }
const systems = (): SystemFile[] => [
  {
    ...{ id: 'ly-lich-tu-phap', connector: 'ly-lich-tu-phap', title: words, ...hasty },
    options: {
      ...{ baseUrl: `${registry.address}/vneid`, answers: 'status-code' },
      ...{ authKey: 'env:HUB_SECRET_KEY', provinceCode: '99', provinceName: 'Tỉnh H99' },
      ...{ sourceCode: '1', sourceName: 'Một cửa', officer: 'Cơ quan lý lịch tư pháp' },
    },
  },
  {
    ...{ id: 'tthc', connector: 'tthc', title: words, ...hasty },
    options: {
      ...{ baseUrl: oneStop.address, auth: 'oauth2', agencyCode: '000.00.00.H99' },
      ...{ clientId: 'lien-thong-h99', clientSecret: password },
    },
  },
  {
    ...{ id: 'dvcqg', connector: 'dvcqg', title: words, ...hasty },
    options: {
      adapterUrl: portal.address,
      dstcode: 'VN:GOV:000.00.00.G22:vpcpdvcprovider',
      agencyCode: '000.00.00.H99',
      ...{ username: account.username, password },
    },
  },
]
const jobs: readonly JobFile[] = [
  {
    ...{ kind: 'push', id: 'to-criminal-records', title: words, to: 'ly-lich-tu-phap' },
    types: ['vn.tthc.criminal-record.requested.v1'],
  },
  {
    ...{ kind: 'pull', id: 'from-criminal-records', title: words, from: 'ly-lich-tu-phap' },
    // Never by itself while the test runs.
    ...{ operation: 'states', schedule: '0 0 1 1 *' },
  },
  {
    ...{ kind: 'push', id: 'sectoral-to-tthc', title: words, to: 'tthc' },
    types: [progressed, issued],
    // What the one-stop software has said itself must not come back to it.
    sources: ['/h99/ly-lich-tu-phap'],
  },
  {
    ...{ kind: 'push', id: 'to-portal', title: words, to: 'dvcqg' },
    types: ['vn.tthc.dossier.upserted.v1', progressed],
  },
]

const submit = async (event: { readonly data: object }, more: object = {}) => {
  const headers = { 'content-type': 'application/cloudevents+json' }
  const { json, status } = await server.ask('POST', '/api/v1/messages', {
    ...{ key, headers },
    body: { ...event, ...more },
  })
  expect([status, json.faults]).toEqual([202, undefined])
}
const request = (id: string, more: object = {}) =>
  submit(asked, { id, subject: code, data: { ...asked.data, code, ...more } })

interface Pull {
  readonly running: boolean
  readonly lastRunAt: string | null
  readonly lastCode: string | null
}
const pulls = async (): Promise<Pull | undefined> =>
  ((await server.ask('GET', '/api/v1/pulls', { key })).json.items as Pull[])[0]

/** Runs the pull and waits for its end. */
async function poll(): Promise<Pull | undefined> {
  const before = await waitUntil('it is free', pulls, (pull) => pull?.running === false)
  const { status } = await server.ask('POST', '/api/v1/pulls/from-criminal-records/run', { key })
  expect(status).toBe(202)
  const ended = (pull: Pull | undefined) => !pull?.running && pull?.lastRunAt !== before?.lastRunAt
  return waitUntil('the pull has ended', pulls, ended)
}
/** The office's next act, and the question that finds it out. */
const next = async (state: string) => {
  registry.advance(code, state)
  return poll()
}

const sentToRegistry = () => registry.received().filter(({ applied }) => applied).length
const isDelivered = () => waitUntil('it is followed', async () => (await follows()).length)
const follows = () =>
  server.database.sql<{ state: { told?: string } }>(
    `select state from hub.follow where system = 'ly-lich-tu-phap'`,
  )

interface Told {
  readonly type: string
  readonly data: { readonly steps?: readonly { readonly status: string }[] }
}
/** What the one-stop software was told, in its order: states, and `issued`. */
const toldOneStop = (): string[] =>
  ((oneStop.state().get(code) as { events?: readonly Told[] } | undefined)?.events ?? []).map(
    ({ type, data }) => (type === issued ? 'issued' : (data.steps?.[0]?.status ?? type)),
  )
/** The portal's own codes, in its order. */
const toldPortal = (): string[] =>
  ((portal.state().get(code) as Held | undefined)?.progress ?? []).map(({ TrangThai }) =>
    String(TrangThai),
  )
const bothAre = (states: readonly string[], codes: readonly string[]) =>
  waitUntil(
    `both are told ${states}`,
    () => [toldOneStop(), toldPortal()],
    (seen) => JSON.stringify(seen) === JSON.stringify([states, codes]),
  )

beforeEach(async () => {
  registry = await createCriminalRecordSimulator({ port: 0 })
  oneStop = await createOneStop({ port: 0 })
  portal = await createPortal({ port: 0 })
  const secrets = { HUB_SECRET_TEST: account.password, HUB_SECRET_KEY: 'not-a-real-key' }
  server = await openTestHub({ systems: systems(), jobs, secrets })
  key = await server.key('admin')
  await submit(dossier)
  await waitUntil('the portal has the dossier', () => portal.state().get(code))
})
afterEach(async () => {
  await server.close()
  await Promise.all([registry.stop(), oneStop.stop(), portal.stop()])
})

const wholeLife = ['registered', 'accepted', 'processing', 'finished', 'issued', 'returned']

describe('criminal-record', () => {
  it('brings each change to the one-stop software and the portal, in order, and the record once', async () => {
    await request('r1')
    await isDelivered()
    await poll()
    await bothAre(['registered'], ['1'])
    await poll()
    for (const state of ['2', '4', '9']) await next(state)
    await poll()
    await bothAre(wholeLife.slice(0, 5), ['1', '2', '4', '9'])
    await next('10')
    await bothAre(wholeLife, ['1', '2', '4', '9', '10'])
    expect(await follows()).toEqual([])
    await poll()
    await bothAre(wholeLife, ['1', '2', '4', '9', '10'])
    const results = oneStop
      .received()
      .flatMap(({ content }) => ('number' in Object(content) ? [content] : []))
    expect(results).toMatchObject([
      { code, number: '99/LLTP-0021', issuedOn: '2026-03-05', kind: 'no-1' },
    ])
  })

  it('follows a request whose receipt was lost, and repeats nothing when answers are lost', async () => {
    registry.misbehave({ mode: 'timeout-after', times: 1 })
    await request('r1')
    await isDelivered()
    expect(sentToRegistry()).toBe(1)
    await poll()
    registry.misbehave({ mode: 'half-body', times: 1, on: 'read' })
    expect((await next('2'))?.lastCode).not.toBeNull()
    expect((await poll())?.lastCode).toBeNull()
    registry.misbehave({ mode: 'timeout-before', times: 1, on: 'read' })
    await next('10')
    await poll()
    await bothAre(['registered', 'accepted', 'returned', 'issued'], ['1', '2', '10'])
    expect(await follows()).toEqual([])
  })

  it('sends a supplement under the same code, and ends with a refusal', async () => {
    await request('r1')
    await isDelivered()
    await next('5')
    await bothAre(['supplement-requested'], ['5'])
    await request('r2', { receivedAt: '2026-03-03T08:00:00+07:00' })
    await waitUntil('the supplement is there', sentToRegistry, (sent) => sent === 2)
    await waitUntil('it is followed anew', follows, ([row]) => row?.state.told === undefined)
    await next('3')
    await bothAre(['supplement-requested', 'rejected'], ['5', '3'])
    expect(await follows()).toEqual([])
  })
})
