import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import message from '../../connectors/bao-tro-xa-hoi/fixtures/tra-ket-qua.message.json' with {
  type: 'json',
}
import remote from '../../connectors/bao-tro-xa-hoi/fixtures/tra-ket-qua.remote.json' with {
  type: 'json',
}
import createSimulator from '../../connectors/bao-tro-xa-hoi/simulator.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const words = { vi: 'Bảo trợ xã hội', en: 'Social protection' }
let simulator: Simulator
let server: TestHub
let key: string

const submit = (id: string, data: unknown = message.data) =>
  server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: { ...message, id, data },
  })
const deliveries = async (): Promise<readonly { state: string; code?: string }[]> =>
  (await server.ask('GET', '/api/v1/deliveries?system=btxh', { key })).json.items as []

beforeEach(async () => {
  simulator = await createSimulator({ port: 0 })
  server = await openTestHub({
    systems: [
      {
        id: 'btxh',
        connector: 'bao-tro-xa-hoi',
        title: words,
        timeoutMs: 500,
        options: {
          baseUrl: simulator.address,
          acceptKey: 'env:HUB_SECRET_BTXH',
          credentials: {
            style: 'oauth2',
            tokenUrl: `${simulator.address}/token`,
            clientId: 'tinh-demo',
            clientSecret: 'env:HUB_SECRET_BTXH_TOKEN',
          },
        },
      },
    ],
    jobs: [{ kind: 'push', id: 'den-btxh', title: words, types: [message.type], to: 'btxh' }],
    secrets: { HUB_SECRET_BTXH: 'not-a-real-key', HUB_SECRET_BTXH_TOKEN: 'not-a-real-secret' },
  })
  key = await server.key('admin')
})
afterEach(async () => {
  await server.close()
  await simulator.stop()
})

describe('bao-tro-xa-hoi', () => {
  it('gets a dossier once, whole, however often it is handed in', async () => {
    expect((await submit('b1')).status).toBe(202)
    expect((await submit('b1')).json.duplicate).toBe(true)
    await waitUntil('it is delivered', async () => (await deliveries())[0]?.state === 'delivered')
    expect(simulator.received().map(({ content }) => content)).toEqual([remote[0]?.content])
  })

  it('is not sent what lacks a field: the source is told which', async () => {
    const { beneficiary, ...rest } = message.data
    const { birth: _, ...others } = beneficiary
    const { status, json } = await submit('b1', { ...rest, beneficiary: others })
    expect(status).toBe(422)
    expect(JSON.stringify(json)).toContain('/beneficiary/birth')
    expect(await deliveries()).toEqual([])
  })

  it('is never sent again what it may have taken: a person decides', async () => {
    simulator.misbehave({ mode: 'timeout-after', times: 1 })
    await submit('b1')
    const held = await waitUntil(
      'a person is asked',
      async () => (await deliveries())[0],
      (one) => one !== undefined && !['waiting', 'sending'].includes(one.state),
    )
    expect(held?.state).toBe('unknown')
    expect(simulator.received().filter(({ applied }) => applied)).toHaveLength(1)
    expect(simulator.received()).toHaveLength(1)
  })
})
