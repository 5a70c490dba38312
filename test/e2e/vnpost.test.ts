import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTthcSimulator } from '../../connectors/tthc/simulator.ts'
import events from '../../connectors/vnpost/fixtures/cancel.message.json' with { type: 'json' }
import state from '../../connectors/vnpost/fixtures/state.json' with { type: 'json' }
import createPost from '../../connectors/vnpost/simulator.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const words = { vi: 'Bưu chính công ích', en: 'Public postal service' }
const [order, cancel] = events
let post: Simulator
let tthc: Simulator
let server: TestHub
let key: string

const submit = async (event: object | undefined) => {
  const headers = { 'content-type': 'application/cloudevents+json' }
  const { status } = await server.ask('POST', '/api/v1/messages', { key, headers, body: event })
  // 200 where it had been handed in before.
  expect([200, 202]).toContain(status)
}
const deliveries = async (): Promise<readonly { state: string }[]> =>
  (await server.ask('GET', '/api/v1/deliveries?system=vnpost', { key })).json.items as []
const applied = (simulator: Simulator) => simulator.received().filter((entry) => entry.applied)

beforeEach(async () => {
  post = await createPost({ port: 0, state: new Map(state as [string, unknown][]) })
  tthc = await createTthcSimulator({ port: 0 })
  server = await openTestHub({
    systems: [
      {
        id: 'vnpost',
        connector: 'vnpost',
        title: words,
        timeoutMs: 500,
        options: {
          baseUrl: `${post.address}/apiVNPostNGSP/p1.0`,
          customerCode: 'KH-THU',
          pageSize: 2,
          credentials: {
            style: 'oauth2',
            tokenUrl: `${post.address}/token`,
            clientId: 'tinh-demo',
            clientSecret: 'env:HUB_SECRET_VNPOST',
          },
        },
      },
      {
        id: 'tthc',
        connector: 'tthc',
        title: words,
        options: { baseUrl: tthc.address, agencyCode: 'H99', apiKey: 'env:HUB_SECRET_TTHC' },
      },
    ],
    jobs: [
      {
        kind: 'push',
        id: 'den-buu-dien',
        title: words,
        types: ['vn.tthc.postal.order-requested.v1', 'vn.tthc.postal.order-cancelled.v1'],
        to: 'vnpost',
      },
      {
        kind: 'pull',
        id: 'theo-doi',
        title: words,
        from: 'vnpost',
        operation: 'theo-doi',
        // Run by hand.
        schedule: '0 3 29 2 *',
        overlapSeconds: 86_400,
      },
      {
        kind: 'push',
        id: 've-mot-cua',
        title: words,
        types: ['vn.tthc.postal.status-changed.v1'],
        to: 'tthc',
      },
    ],
    secrets: { HUB_SECRET_VNPOST: 'not-a-real-secret', HUB_SECRET_TTHC: 'not-a-real-key' },
  })
  key = await server.key('admin')
})
afterEach(async () => {
  await server.close()
  await post.stop()
  await tthc.stop()
})

describe('vnpost', () => {
  it('gets an order and then its cancellation, in this order and each once', async () => {
    post.misbehave({ mode: 'busy', times: 1 })
    await submit(order)
    await submit(cancel)
    await submit(order)
    await waitUntil('both have come', () => applied(post).length >= 2, Boolean, 30_000)
    expect(applied(post).map(({ operation }) => operation)).toEqual(['push-order', 'push-cancel'])
    expect(post.state().get(order?.subject ?? '')).toMatchObject({ cancelled: true })
  })

  it('is never sent an order again that it may have taken, nor what follows it', async () => {
    post.misbehave({ mode: 'timeout-after', times: 1 })
    await submit(order)
    await submit(cancel)
    await waitUntil('a person is asked', async () =>
      (await deliveries()).some((one) => one.state === 'unknown'),
    )
    expect(post.received()).toHaveLength(1)
    expect((await deliveries()).map((one) => one.state).sort()).toEqual(['unknown', 'waiting'])
  })

  it('tells the one-stop system every row of its tracking, each once', async () => {
    const finished = () => server.lines.filter(({ event }) => event === 'pull.finished')
    const run = async () => {
      const before = finished().length
      await waitUntil('it is scheduled', async () => {
        const { status } = await server.ask('POST', '/api/v1/pulls/theo-doi/run', { key })
        return status === 202
      })
      await waitUntil('it has run', () => finished().length > before)
    }
    await run()
    await waitUntil('all have come', () => applied(tthc).length >= state.length)
    expect(
      applied(tthc)
        .map(({ content }) => (content as { trackingId: string }).trackingId)
        .sort(),
    ).toEqual(state.map(([, row]) => (row as { _id: { $oid: string } })._id.$oid).sort())
    await run()
    expect(finished().at(-1)?.fields).toMatchObject({ messages: 0, duplicates: state.length })
    expect(applied(tthc)).toHaveLength(state.length)
  })
})
