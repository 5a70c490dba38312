/** Statistics through the whole hub: API → engine → connector → reporting system over HTTP, in both shapes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import manifest from '../../connectors/bao-cao/connector.json' with { type: 'json' }
import index from '../../connectors/bao-cao/fixtures/index.message.json' with { type: 'json' }
import indexRemote from '../../connectors/bao-cao/fixtures/index.remote.json' with { type: 'json' }
import message from '../../connectors/bao-cao/fixtures/month.message.json' with { type: 'json' }
import remote from '../../connectors/bao-cao/fixtures/month.remote.json' with { type: 'json' }
import createSimulator from '../../connectors/bao-cao/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const words = { vi: 'Báo cáo', en: 'Reports' }
let simulator: Simulator
let server: TestHub
let key: string

const systemOf = (options: object = {}): SystemFile => ({
  ...{ id: 'bao-cao', connector: 'bao-cao', title: words, timeoutMs: 500 },
  ...{ retry: { stepsSeconds: [1] } },
  options: {
    ...{ baseUrl: `${simulator.address}/consumerAdapter`, shape: 'consumer-adapter' },
    agencyCode: 'H99.14',
    index: manifest.options.examples[0]?.index,
    credentials: {
      ...{ style: 'oauth2', tokenUrl: `${simulator.address}/token`, clientId: 'tinh-demo' },
      clientSecret: 'env:HUB_SECRET_REPORTS',
    },
    ...options,
  },
})
const submit = (id: string, data: object = {}, event: typeof message | typeof index = message) =>
  server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: { ...event, id, data: { ...event.data, ...data } },
  })
const deliveryIn = (state: string) =>
  waitUntil(`it is ${state}`, async () => {
    const { json } = await server.ask('GET', `/api/v1/deliveries?state=${state}`, { key })
    return (json.items as Record<string, unknown>[])[0]
  })

beforeEach(async () => {
  simulator = await createSimulator({ port: 0 })
  server = await openTestHub({
    systems: [systemOf()],
    jobs: [
      {
        kind: 'push',
        id: 'gui-bao-cao',
        title: words,
        types: [message.type, index.type],
        to: 'bao-cao',
      },
    ],
    secrets: { HUB_SECRET_REPORTS: 'not-a-real-secret' },
  })
  key = await server.key('admin')
})
afterEach(async () => {
  await server.close()
  await simulator.stop()
})

describe('bao-cao', () => {
  it('sends a month to the consumerAdapter, through a busy hour and a lost token, once', async () => {
    simulator.misbehave({ mode: 'busy', times: 1 })
    simulator.misbehave({ mode: 'session-expired', times: 1 })
    await submit('thang-1')
    await waitUntil('it is there', () => simulator.state().size)
    await deliveryIn('delivered')
    expect(Object.fromEntries(simulator.state())).toEqual({ '2024-1': remote[0]?.content })
    expect(simulator.received().filter(({ applied }) => applied)).toHaveLength(1)
  })

  it('sends the same month in the NDXP shape', async () => {
    const ndxp = { baseUrl: `${simulator.address}/ndxp`, path: 'ThongKe', shape: 'ndxp' }
    await server.configure([systemOf(ndxp)])
    await submit('thang-1')
    await waitUntil('it is there', () => simulator.state().size)
    expect(simulator.state().get('2024-1')).toMatchObject({ MA_DON_VI: 'H99.14', TONG_SO: 100 })
  })

  it('lets no numbers leave that do not add up, and names the one that is wrong', async () => {
    await submit('thang-1', { total: 101 })
    expect(await deliveryIn('dead')).toMatchObject({ code: 'mapping-failed' })
    expect(simulator.received()).toEqual([])
  })

  it('asks a person when nobody can say whether it was taken', async () => {
    simulator.misbehave({ mode: 'timeout-after', times: 1 })
    await submit('thang-1')
    await deliveryIn('unknown')
    expect(simulator.received()).toHaveLength(1)
  })

  it('sends the service index as the mapping says, to the consumerAdapter and in the NDXP shape', async () => {
    await submit('quy-1', {}, index)
    await deliveryIn('delivered')
    expect(Object.fromEntries(simulator.state())).toEqual({
      'index 2024-Q1': indexRemote[0]?.content,
    })
    const body = [
      { to: '/KY', from: '/data/period' },
      { to: '/DIEM', from: '/data/groups/0/score' },
    ]
    const ndxp = { baseUrl: `${simulator.address}/ndxp`, path: 'ThongKe', shape: 'ndxp' }
    await server.configure([systemOf({ ...ndxp, index: { path: 'ChiSo', body } })])
    await submit('quy-2', { period: '2024-Q2' }, { ...index, subject: 'H99.14/2024-Q2' })
    await waitUntil('it is there', () => simulator.state().get('index 2024-Q2'))
    expect(simulator.state().get('index 2024-Q2')).toEqual({ KY: '2024-Q2', DIEM: 15.5 })
  })

  it('lets no score leave that is more than the highest, and says which', async () => {
    const groups = [{ code: 'CKMB', score: 19, maxScore: 18 }]
    await submit('quy-1', { groups }, index)
    expect(await deliveryIn('dead')).toMatchObject({ code: 'mapping-failed' })
    expect(simulator.received()).toEqual([])
  })
})
