import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import message from '../../connectors/webhook/fixtures/question.message.json' with { type: 'json' }
import createReceiver, { secret } from '../../connectors/webhook/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

let receiver: Simulator
let server: TestHub
let key: string

const words = { vi: 'Bên nhận', en: 'Receiver' }
const systemOf = (options: object = {}): SystemFile => ({
  id: 'ben-nhan',
  connector: 'webhook',
  title: words,
  options: { url: `${receiver.address}/hook`, secret: 'env:HUB_SECRET_HOOK', ...options },
  retry: { stepsSeconds: [1] },
})
const submit = (id: string) =>
  server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: { ...message, id },
  })
const systemState = async () =>
  (await server.ask('GET', '/api/v1/systems/ben-nhan', { key })).json as {
    paused: { code: string } | null
  }
const events = () => receiver.received().filter(({ applied }) => applied)

beforeEach(async () => {
  receiver = await createReceiver({ port: 0 })
  server = await openTestHub({
    systems: [systemOf()],
    jobs: [
      {
        kind: 'push',
        id: 'bao-ben-nhan',
        title: words,
        types: [message.type],
        to: 'ben-nhan',
      },
    ],
    secrets: {
      HUB_SECRET_HOOK: secret,
      HUB_SECRET_OTHER: 'whsec_YS1uZXctc2VjcmV0LWZvci10aGUtdGVzdHMhISE=',
    },
  })
  key = await server.key('admin')
})
afterEach(async () => {
  await server.close()
  await receiver.stop()
})

describe('webhook', () => {
  it('tells what has changed and where to ask, and nothing personal', async () => {
    const { json } = await submit('q1')
    await waitUntil('it is told', () => events().length)
    const [event] = events()
    expect(event?.content).toEqual({
      ...{ specversion: '1.0', id: event?.idempotencyKey, originid: 'q1' },
      ...{ source: message.source, type: message.type, subject: message.subject },
      ...{ time: message.time, datacontenttype: 'application/json' },
      data: {
        message: json.id,
        link: expect.stringMatching(new RegExp(`/api/v1/messages/${json.id}$`)),
      },
    })
  })

  it('repeats an event under the same id until it is taken', async () => {
    receiver.misbehave({ mode: 'timeout-after', times: 1 })
    receiver.misbehave({ mode: 'server-error', times: 1 })
    await server.configure([{ ...systemOf({ content: 'full' }), timeoutMs: 500 }])
    await submit('q1')
    await waitUntil(
      'it has come three times',
      () => receiver.received().length,
      (count) => count === 3,
    )
    expect(new Set(receiver.received().map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
    expect(events().map(({ content }) => content)).toMatchObject([{ data: message.data }])
  })

  it('carries two signatures while the secret is rotated', async () => {
    await server.configure([
      systemOf({ secret: 'env:HUB_SECRET_OTHER', previousSecret: 'env:HUB_SECRET_HOOK' }),
    ])
    await submit('q1')
    await waitUntil('it is told', () => events().length)
  })

  it.each([
    ['a receiver that is gone', '/gone', 'target-gone'],
    ['a secret that does not fit', '/hook', 'session-refused'],
  ])('pauses the system for %s, and keeps what is to be told', async (_, path, code) => {
    const options = { url: receiver.address + path }
    const other = path === '/hook' && { secret: 'env:HUB_SECRET_OTHER' }
    await server.configure([systemOf({ ...options, ...other })])
    await submit('q1')
    await waitUntil('it is paused', async () => (await systemState()).paused?.code === code)
    await server.configure([systemOf()])
    const act = { actor: 'test', reason: 'Đã sửa cấu hình' }
    await server.hub.systems.resume('ben-nhan', act)
    await waitUntil('it is told', () => events().length)
  })
})
