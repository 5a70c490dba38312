import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import message from '../../connectors/smtp/fixtures/report.message.json' with { type: 'json' }
import remote from '../../connectors/smtp/fixtures/report.remote.json' with { type: 'json' }
import createMailServer, { account } from '../../connectors/smtp/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

let mailServer: Simulator
let server: TestHub
let key: string

const words = { vi: 'Thư', en: 'Mail' }
const systemOf = (change: object = {}): SystemFile => ({
  id: 'thu',
  connector: 'smtp',
  title: words,
  timeoutMs: 1_000,
  retry: { stepsSeconds: [1] },
  options: {
    server: mailServer.address,
    encryption: 'none',
    username: account.username,
    password: 'env:HUB_SECRET_MAIL',
    from: 'lien-thong@h99.example.test',
    fromName: 'Liên thông tỉnh Mẫu',
    allowedDomains: ['h99.example.test'],
    retryAfterSeconds: 1,
    ...change,
  },
})
const request = async (id: string, change: object = {}): Promise<string> => {
  const { status, json } = await server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: { ...message, id: `thu.${id}`, subject: id, data: { ...message.data, id, ...change } },
  })
  expect([200, 202]).toContain(status)
  return String(json.id)
}
const deliveryOf = async (id: string) => {
  const { json } = await server.ask('GET', '/api/v1/deliveries?limit=200', { key })
  const all = json.items as readonly { message: string; state: string; code: string | null }[]
  return all.find((one) => one.message === id)
}
const endsIn = (id: string, state: string) =>
  waitUntil(`it is ${state}`, async () => (await deliveryOf(id))?.state === state)
const taken = () => mailServer.received().filter(({ applied }) => applied)

beforeEach(async () => {
  mailServer = await createMailServer({ port: 0 })
  server = await openTestHub({
    systems: [systemOf()],
    jobs: [{ kind: 'push', id: 'gui-thu', title: words, types: [message.type], to: 'thu' }],
    secrets: { HUB_SECRET_MAIL: account.password, HUB_SECRET_WRONG: 'a-wrong-secret' },
  })
  key = await server.key('admin')
})
afterEach(async () => {
  await server.close()
  await mailServer.stop()
})

describe('mail', () => {
  it('arrives as it was asked for, once', async () => {
    const id = await request('bao-cao-2026-11-22')
    await request('bao-cao-2026-11-22')
    await endsIn(id, 'delivered')
    expect(taken().map(({ content }) => content)).toEqual([remote[0]?.content])
    expect(JSON.stringify(server.lines)).not.toContain(message.data.to)
  })

  it('is tried again after 4xx and after a connection that was lost in time, under one Message-ID', async () => {
    mailServer.misbehave({ mode: 'busy', times: 1 })
    mailServer.misbehave({ mode: 'reset-before', times: 1, on: 'session' })
    await endsIn(await request('canh-bao-1'), 'delivered')
    const ids = mailServer.received().map(({ idempotencyKey }) => idempotencyKey)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('is left to a person when the 250 never came, and holds up no other mail', async () => {
    mailServer.misbehave({ mode: 'timeout-after', times: 1 })
    const first = await request('canh-bao-1')
    await endsIn(first, 'unknown')
    expect(await deliveryOf(first)).toMatchObject({ code: 'answer-timeout' })
    await endsIn(await request('canh-bao-2'), 'delivered')
    expect(taken()).toHaveLength(2)
  })

  it.each([
    ['a domain that is not allowed', { to: 'ai-do@ngoai.example.test' }, 'address-forbidden'],
    ['a subdomain', { to: 'ai-do@con.h99.example.test' }, 'address-forbidden'],
    ['a recipient that does not exist', { to: 'khong-co@h99.example.test' }, 'target-rejected'],
  ])('stops for %s', async (_, change, code) => {
    const id = await request('canh-bao-1', change)
    await endsIn(id, 'dead')
    expect(await deliveryOf(id)).toMatchObject({ code })
    expect(taken()).toEqual([])
  })

  it('waits while its account is refused, and while the way would be in clear', async () => {
    await server.configure([systemOf({ password: 'env:HUB_SECRET_WRONG' })])
    const id = await request('canh-bao-1')
    const system = async () => (await server.ask('GET', '/api/v1/systems/thu', { key })).json
    await waitUntil(
      'it is paused',
      async () => ((await system()).paused as { code: string } | null)?.code === 'session-refused',
    )
    await server.configure([systemOf({ server: 'smtp://thu.h99.example.test' })])
    expect(JSON.stringify(await system())).toContain('encryption: none')
    await server.configure([systemOf()])
    await server.hub.systems.resume('thu', { actor: 'test', reason: 'Đã sửa mật khẩu' })
    await endsIn(id, 'delivered')
  })

  it('passes its connection test without a mail', async () => {
    const { json } = await server.ask('POST', '/api/v1/systems/thu/check', { key })
    expect(json).toMatchObject({ ok: true, steps: [{ name: 'tcp' }, { name: 'credentials' }] })
    expect(mailServer.received()).toEqual([])
  })
})
