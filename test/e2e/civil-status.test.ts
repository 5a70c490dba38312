import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import dossier from '../../connectors/dvcqg/fixtures/create.message.json' with { type: 'json' }
import createPortal, { account } from '../../connectors/dvcqg/simulator.ts'
import type { Held } from '../../connectors/dvcqg/simulator-portal.ts'
import birth from '../../connectors/ho-tich/fixtures/birth.message.json' with { type: 'json' }
import {
  type CivilState,
  type CivilStatusSimulator,
  createCivilStatusSimulator,
} from '../../connectors/ho-tich/simulator.ts'
import createOneStop from '../../connectors/tthc/simulator.ts'
import type { JobFile, SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const { code } = dossier.data.dossier
const words = { vi: 'Hộ tịch', en: 'Civil status' }
const progressed = 'vn.tthc.dossier.progressed.v1'
const registered = 'vn.tthc.civil-status.registered.v1'
const password = 'env:HUB_SECRET_TEST'

let registry: CivilStatusSimulator
let oneStop: Simulator
let portal: Simulator
let server: TestHub
let key: string

const hasty = { timeoutMs: 1_000, settleMs: 200, retry: { stepsSeconds: [1] } }
const systems = (): SystemFile[] => [
  {
    ...{ id: 'ho-tich', connector: 'ho-tich', title: words, ...hasty },
    options: {
      baseUrl: registry.address,
      provinceCode: '99',
      credentials: {
        ...{ style: 'oauth2', tokenUrl: `${registry.address}/token` },
        ...{ clientId: 'tinh-demo', clientSecret: password },
      },
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
    ...{ kind: 'push', id: 'to-civil-status', title: words, to: 'ho-tich' },
    types: ['vn.tthc.civil-status.requested.v1'],
  },
  {
    ...{ kind: 'pull', id: 'from-civil-status', title: words, from: 'ho-tich' },
    // Never by itself while the test runs.
    ...{ operation: 'states', schedule: '0 0 1 1 *' },
  },
  {
    ...{ kind: 'push', id: 'sectoral-to-tthc', title: words, to: 'tthc' },
    types: [progressed, registered],
    // What the one-stop software has said itself must not come back to it.
    sources: ['/h99/ho-tich'],
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
  submit(birth, { id, subject: code, data: { ...birth.data, code, ...more } })

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
  const { status } = await server.ask('POST', '/api/v1/pulls/from-civil-status/run', { key })
  expect(status).toBe(202)
  const ended = (pull: Pull | undefined) => !pull?.running && pull?.lastRunAt !== before?.lastRunAt
  return waitUntil('the pull has ended', pulls, ended)
}
/** The registrar's next act, and the question that finds it out. */
const next = async (state?: CivilState) => {
  registry.advance(code, state)
  return poll()
}

const sentToRegistry = () => registry.received().filter(({ applied }) => applied).length
const isDelivered = () => waitUntil('it is followed', async () => (await follows()).length)
const follows = () =>
  server.database.sql<{ state: { told?: string } }>(
    `select state from hub.follow where system = 'ho-tich'`,
  )

interface Told {
  readonly type: string
  readonly data: { readonly steps?: readonly { readonly status: string }[] }
}
/** What the one-stop software was told, in its order: states, and `registered`. */
const toldOneStop = (): string[] =>
  ((oneStop.state().get(code) as { events?: readonly Told[] } | undefined)?.events ?? []).map(
    ({ type, data }) => (type === registered ? 'registered' : (data.steps?.[0]?.status ?? type)),
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
  registry = await createCivilStatusSimulator({ port: 0 })
  oneStop = await createOneStop({ port: 0 })
  portal = await createPortal({ port: 0 })
  const secrets = { HUB_SECRET_TEST: account.password }
  server = await openTestHub({ systems: systems(), jobs, secrets })
  key = await server.key('admin')
  await submit(dossier)
  await waitUntil('the portal has the dossier', () => portal.state().get(code))
})
afterEach(async () => {
  await server.close()
  await Promise.all([registry.stop(), oneStop.stop(), portal.stop()])
})

const wholeLife = ['accepted', 'processing', 'finished', 'registered']

describe('civil-status', () => {
  it('brings each change to the one-stop software and the portal, in order, and the result once', async () => {
    await request('r1')
    await isDelivered()
    await poll()
    await bothAre(['accepted'], ['2'])
    await poll()
    await next()
    await bothAre(['accepted', 'processing'], ['2', '4'])
    await next()
    await bothAre(wholeLife, ['2', '4', '9'])
    expect(await follows()).toEqual([])
    await poll()
    await bothAre(wholeLife, ['2', '4', '9'])
    const [result] = oneStop
      .received()
      .flatMap(({ content }) => ('entry' in Object(content) ? [content] : []))
    expect(result).toMatchObject({ code, event: 'birth', entry: { number: '15', book: '01/2026' } })
  })

  it('sends a supplement under the same code and goes on', async () => {
    await request('r1')
    await isDelivered()
    await poll()
    await next('2')
    await bothAre(['accepted', 'supplement-requested'], ['2', '5'])
    await request('r2', { receivedAt: '2026-03-03T08:00:00+07:00' })
    await waitUntil('the supplement is there', sentToRegistry, (sent) => sent === 2)
    await waitUntil('it is followed anew', follows, ([row]) => row?.state.told === undefined)
    await poll()
    await next('6')
    const states = ['accepted', 'supplement-requested', 'accepted', 'rejected']
    await bothAre(states, ['2', '5', '2', '3'])
    expect(await follows()).toEqual([])
  })

  it('follows a dossier whose receipt was lost, and repeats nothing when answers are lost', async () => {
    registry.misbehave({ mode: 'timeout-after', times: 1 })
    await request('r1')
    await isDelivered()
    expect(sentToRegistry()).toBe(1)
    registry.misbehave({ mode: 'half-body', times: 1, on: 'read' })
    expect((await poll())?.lastCode).not.toBeNull()
    expect((await follows())[0]?.state.told).toBeUndefined()
    registry.misbehave({ mode: 'timeout-before', times: 1, on: 'read' })
    expect((await next())?.lastCode).not.toBeNull()
    expect((await poll())?.lastCode).toBeNull()
    registry.misbehave({ mode: 'html-200', times: 1, on: 'read' })
    await next()
    await Promise.all([poll(), poll().catch(() => undefined)])
    await bothAre(['processing', 'finished', 'registered'], ['4', '9'])
  })

  it('keeps the order while a target is down, and does not hold the other up', async () => {
    await request('r1')
    await isDelivered()
    oneStop.misbehave({ mode: 'busy', on: 'any' })
    await poll()
    await next()
    await next()
    await waitUntil('the portal is told', toldPortal, (told) => told.length === 3)
    expect(toldOneStop()).toEqual([])
    oneStop.behave()
    await waitUntil('it catches up', toldOneStop, (told) => told.length === 4, 30_000)
    expect(toldOneStop()).toEqual(wholeLife)
  }, 60_000)

  it('does not send back to the one-stop software what it has said itself', async () => {
    const steps = [
      {
        ...{ officer: 'Cán bộ Thử', at: '2024-01-02T08:00:00+07:00' },
        ...{ content: 'Chuyển hồ sơ tới hộ tịch', status: 'processing' },
      },
    ]
    await submit(dossier, { id: 'own.1', type: progressed, data: { code, steps } })
    await waitUntil('the portal is told', toldPortal, (told) => told.length === 1)
    const rows = await server.database.sql<{ system: string }>(
      'select d.system from hub.delivery d join hub.message m on m.id = d.message_id where m.event_id = $1',
      ['own.1'],
    )
    expect(rows).toEqual([{ system: 'dvcqg' }])
  })
})
