import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import file from '../../connectors/kho-ket-qua/fixtures/file.lookup.json' with { type: 'json' }
import papers from '../../connectors/kho-ket-qua/fixtures/papers.lookup.json' with { type: 'json' }
import message from '../../connectors/kho-ket-qua/fixtures/result.message.json' with {
  type: 'json',
}
import remote from '../../connectors/kho-ket-qua/fixtures/result.remote.json' with { type: 'json' }
import state from '../../connectors/kho-ket-qua/fixtures/state.json' with { type: 'json' }
import createStores from '../../connectors/kho-ket-qua/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

let stores: Simulator
let server: TestHub
let key: string

const words = { vi: 'Kho kết quả', en: 'Store of results' }
const systemOf = (change: object = {}): SystemFile => ({
  id: 'kho',
  connector: 'kho-ket-qua',
  title: words,
  timeoutMs: 1_000,
  retry: { stepsSeconds: [1] },
  options: {
    adapterUrl: stores.address,
    dstcode: 'VN:GOV:000.00.00.G22:vpcpdvcprovider',
    username: '000.00.00.H99',
    password: 'env:HUB_SECRET_STORE',
    local: {
      url: `${stores.address}/kho-tinh/giay-to`,
      credentials: { style: 'api-key', header: 'X-Api-Key', key: 'env:HUB_SECRET_LOCAL' },
      issuingAgency: 'agency',
    },
    ...change,
  },
})
const submit = (id: string, data: object = message.data) =>
  server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: { ...message, id, data },
  })
const lookUp = ({ question }: { question: typeof papers.question | typeof file.question }) => {
  const { id: _, operation, ...body } = question
  return server.ask('POST', `/api/v1/lookups/kho/${operation}`, { key, body })
}
const deliveryOf = async (event: string) => {
  const { json } = await server.ask('GET', '/api/v1/deliveries?limit=200', { key })
  const all = json.items as readonly { message: string; state: string; code: string | null }[]
  return all.find((one) => one.message === event)
}
const put = () => stores.received().filter(({ applied }) => applied)

beforeAll(async () => {
  stores = await createStores({ port: 0, state: new Map(state as [string, unknown][]) })
  server = await openTestHub({
    systems: [systemOf()],
    jobs: [{ kind: 'push', id: 'ket-qua-vao-kho', title: words, types: [message.type], to: 'kho' }],
    secrets: { HUB_SECRET_STORE: 'not-a-real-secret', HUB_SECRET_LOCAL: 'not-a-real-key' },
  })
  key = await server.key('admin')
})
afterEach(() => stores.behave())
afterAll(async () => {
  await server.close()
  await stores.stop()
})

describe('the store of results', () => {
  it('is asked what can be used again; a file that was fetched is a paper reused', async () => {
    expect((await lookUp(papers)).json).toMatchObject({ found: true, values: papers.answer })
    expect((await lookUp(file)).json).toMatchObject({ found: true, values: file.answer })
    stores.misbehave({ mode: 'session-expired', times: 1, on: 'read' })
    expect((await lookUp(file)).status).toBe(200)
    const { json } = await server.ask('GET', '/api/v1/lookups/usage', { key })
    expect(json.items).toMatchObject([
      { unit: 'H99.14', operation: 'ket-qua-giay-to', found: 1, reused: 0 },
      { unit: 'H99.14', operation: 'tep-giay-to', found: 2, reused: 2 },
    ])
  })

  it('is given every result of a dossier, once', async () => {
    await submit('r1')
    await submit('r1')
    await waitUntil('it is there', () => put().length)
    expect(put()).toMatchObject([{ subject: message.subject, content: remote[0]?.content }])
  })

  it('leaves it to a person when nobody knows whether it was taken', async () => {
    const before = put().length
    stores.misbehave({ mode: 'timeout-after', times: 1 })
    const { json } = await submit('r2', { ...message.data, note: 'Lần hai' })
    await waitUntil(
      'a person is asked',
      async () => (await deliveryOf(String(json.id)))?.state === 'unknown',
    )
    expect(await deliveryOf(String(json.id))).toMatchObject({ code: 'answer-timeout' })
    expect(put().length).toBe(before + 1)
  })

  it('stops, and loses nothing, while the province has named no store of its own', async () => {
    await server.configure([systemOf({ local: undefined })])
    const subject = 'H99.14-240101-0002'
    const dossier = { ...message.data.dossier, code: subject }
    const { json } = await server.ask('POST', '/api/v1/messages', {
      key,
      headers: { 'content-type': 'application/cloudevents+json' },
      body: { ...message, id: 'r3', subject, data: { ...message.data, dossier } },
    })
    const pausedBy = async () => {
      const { json: system } = await server.ask('GET', '/api/v1/systems/kho', { key })
      return (system.paused as { code: string } | null)?.code
    }
    await waitUntil('it is paused', async () => (await pausedBy()) === 'system-misconfigured')
    await server.configure([systemOf()])
    await server.hub.systems.resume('kho', { actor: 'test', reason: 'Đã khai báo kho' })
    await waitUntil(
      'it is delivered',
      async () => (await deliveryOf(String(json.id)))?.state === 'delivered',
    )
  })
})
