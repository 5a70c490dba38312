import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import manifest from '../../connectors/soap/connector.json' with { type: 'json' }
import question from '../../connectors/soap/fixtures/question.message.json' with { type: 'json' }
import questionRemote from '../../connectors/soap/fixtures/question.remote.json' with {
  type: 'json',
}
import createSimulator from '../../connectors/soap/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const words = { vi: 'Dịch vụ SOAP', en: 'SOAP service' }
const state = new Map<string, unknown>(
  JSON.parse(
    readFileSync(new URL('../../connectors/soap/fixtures/state.json', import.meta.url), 'utf8'),
  ),
)

let simulator: Simulator
let server: TestHub
let key: string

function system(): SystemFile {
  const text = JSON.stringify(manifest.options.examples[0])
  const options = JSON.parse(text.replaceAll('{{address}}', simulator.address))
  return {
    ...{ id: 'dich-vu', connector: 'soap', title: words, timeoutMs: 500, settleMs: 50 },
    options: { ...options, security: { ...options.security, password: 'env:HUB_SECRET_SOAP' } },
    retry: { stepsSeconds: [1] },
  }
}

beforeEach(async () => {
  simulator = await createSimulator({ port: 0, state })
  server = await openTestHub({
    systems: [system()],
    jobs: [
      { ...{ kind: 'push', id: 'hoi-dap', title: words, to: 'dich-vu' }, types: [question.type] },
    ],
    secrets: { HUB_SECRET_SOAP: 'not-a-real-secret' },
  })
  key = await server.key('admin')
})
afterEach(async () => {
  await server.close()
  await simulator.stop()
})

async function deliver(): Promise<Record<string, unknown>> {
  const { json } = await server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: question,
  })
  const [delivery] = json.deliveries as { id: string }[]
  return waitUntil(
    'it has an end',
    async () => (await server.ask('GET', `/api/v1/deliveries/${delivery?.id}`, { key })).json,
    (seen) => seen.state === 'delivered' || seen.state === 'dead',
    15_000,
  )
}
const applied = () => simulator.received().filter((entry) => entry.applied)

describe('soap', () => {
  it.each(['timeout-after', 'timeout-before', 'busy', 'html-200', 'half-body'] as const)(
    'is sent what its configuration says, once, also after %s',
    async (mode) => {
      simulator.misbehave({ mode, times: 1 })
      expect(await deliver()).toMatchObject({ state: 'delivered' })
      expect(applied().map(({ content }) => content)).toEqual([questionRemote[0]?.content])
    },
  )

  it('stops a message that the service refuses, with its words', async () => {
    simulator.misbehave({ mode: 'refuse' })
    expect(await deliver()).toMatchObject({ state: 'dead', code: 'target-rejected' })
  })

  it('is looked up and checked', async () => {
    const ask = async (id: string) => {
      const { json } = await server.ask('POST', '/api/v1/lookups/dich-vu/question', {
        key,
        body: {
          ...{ official: 'can-bo-thu', unit: 'H99.14', dossier: 'H99.14-260302-0001' },
          ...{ purpose: 'Kiểm tra câu hỏi', fields: ['agency'], parameters: { id } },
        },
      })
      return [json.found, json.values]
    }
    expect(await ask('HD-99-0003')).toEqual([true, { agency: 'H99.14' }])
    expect(await ask('HD-99-0099')).toEqual([false, {}])
    const check = await server.ask('POST', '/api/v1/systems/dich-vu/check', { key })
    expect(check.json).toMatchObject({ ok: true })
  })
})
