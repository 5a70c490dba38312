import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import manifest from '../../connectors/rest/connector.json' with { type: 'json' }
import progress from '../../connectors/rest/fixtures/progress.message.json' with { type: 'json' }
import progressRemote from '../../connectors/rest/fixtures/progress.remote.json' with {
  type: 'json',
}
import question from '../../connectors/rest/fixtures/question.message.json' with { type: 'json' }
import createSimulator from '../../connectors/rest/simulator.ts'
import createTthc from '../../connectors/tthc/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const words = { vi: 'Nông nghiệp', en: 'Agriculture' }
const state = new Map<string, unknown>(
  JSON.parse(
    readFileSync(new URL('../../connectors/rest/fixtures/state.json', import.meta.url), 'utf8'),
  ),
)

let simulator: Simulator
let tthc: Simulator
let server: TestHub
let key: string

const systems = (): SystemFile[] => [
  {
    id: 'nong-nghiep',
    connector: 'rest',
    title: words,
    options: {
      ...JSON.parse(
        JSON.stringify(manifest.options.examples[0]).replaceAll('{{address}}', simulator.address),
      ),
      credentials: { style: 'api-key', header: 'X-Api-Key', key: 'env:HUB_SECRET_REST' },
    },
    timeoutMs: 500,
    settleMs: 50,
    retry: { stepsSeconds: [1] },
  },
  {
    id: 'mot-cua',
    connector: 'tthc',
    title: { vi: 'Một cửa', en: 'One-stop' },
    options: {
      ...{ baseUrl: tthc.address, auth: 'api-key', apiKey: 'env:HUB_SECRET_TTHC' },
      agencyCode: '000.00.00.H99',
    },
  },
]

beforeEach(async () => {
  simulator = await createSimulator({ port: 0, state })
  tthc = await createTthc({ port: 0 })
  server = await openTestHub({
    systems: systems(),
    jobs: [
      {
        ...{ kind: 'push', id: 'tien-do', title: words, to: 'nong-nghiep' },
        types: [progress.type],
      },
      {
        ...{ kind: 'push', id: 'hoi-dap', title: words, to: 'nong-nghiep' },
        types: [question.type],
        sources: ['/h99/cong-dvcqg'],
      },
      {
        ...{ kind: 'push', id: 'cau-hoi-ve', title: words, to: 'mot-cua' },
        types: [question.type],
        sources: ['/h99/nong-nghiep'],
      },
      {
        ...{ kind: 'pull', id: 'lay-cau-hoi', title: words, from: 'nong-nghiep' },
        ...{ operation: 'questions', schedule: '0 3 1 1 *' },
      },
    ],
    secrets: { HUB_SECRET_REST: 'not-a-real-key', HUB_SECRET_TTHC: 'not-a-real-key' },
  })
  key = await server.key('admin')
})
afterEach(async () => {
  await server.close()
  await simulator.stop()
  await tthc.stop()
})

const submit = (message: object) =>
  server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: message,
  })
const applied = (at: Simulator) => at.received().filter((entry) => entry.applied)
const deliveryOf = async (receipt: Record<string, unknown>) => {
  const [delivery] = receipt.deliveries as { id: string }[]
  const { json } = await server.ask('GET', `/api/v1/deliveries/${delivery?.id}`, { key })
  return json
}

describe('rest', () => {
  it('is sent what its configuration says, once, whatever happens to the answers', async () => {
    simulator.misbehave({ mode: 'timeout-after', times: 1 })
    simulator.misbehave({ mode: 'html-200', times: 1 })
    const { json } = await submit(progress)
    await waitUntil(
      'it is delivered',
      () => deliveryOf(json),
      (delivery) => delivery.state === 'delivered',
      15_000,
    )
    expect(applied(simulator).map(({ content }) => content)).toEqual([progressRemote[0]?.content])
  })

  it('is asked by its configuration about what has no answer', async () => {
    simulator.misbehave({ mode: 'timeout-after', times: 1 })
    const id = 'HD-99-0100'
    const { json } = await submit({ ...question, subject: id, data: { ...question.data, id } })
    await waitUntil(
      'it is delivered',
      () => deliveryOf(json),
      (delivery) => delivery.state === 'delivered',
      15_000,
    )
    expect(applied(simulator)).toHaveLength(1)
  })

  it('stops a message whose code is in no table, and names the field', async () => {
    const text = JSON.stringify(systems()).replace('dvcqg-dossier-status', 'dvcqg-channel')
    await server.configure(JSON.parse(text))
    const { json } = await submit(progress)
    await waitUntil(
      'it has an end',
      () => deliveryOf(json),
      ({ state: now }) => now === 'dead' || now === 'delivered',
    )
    expect(await deliveryOf(json)).toMatchObject({ state: 'dead', code: 'code-untranslated' })
    expect(applied(simulator)).toEqual([])
  })

  it('is read by schedule, and what it had goes on to the one-stop software once', async () => {
    const run = () => server.ask('POST', '/api/v1/pulls/lay-cau-hoi/run', { key })
    const begin = () => waitUntil('a run begins', async () => (await run()).status === 202)
    await begin()
    await waitUntil(
      'all have come',
      () => applied(tthc).length,
      (count) => count === state.size,
      15_000,
    )
    expect(new Set(applied(tthc).map(({ subject }) => subject))).toEqual(new Set(state.keys()))
    await begin()
    await waitUntil(
      'it has been read again',
      () => server.lines.filter(({ event }) => event === 'pull.finished').length,
      (runs) => runs > 1,
    )
    expect(applied(tthc)).toHaveLength(state.size)
  })

  it('is looked up on behalf of an official', async () => {
    const ask = (id: string) =>
      server.ask('POST', '/api/v1/lookups/nong-nghiep/question', {
        key,
        body: {
          ...{ official: 'can-bo-thu', unit: 'H99.14', dossier: 'H99.14-260302-0001' },
          ...{ purpose: 'Kiểm tra câu hỏi', fields: ['askedAt'], parameters: { id } },
        },
      })
    expect((await ask('HD-99-0003')).json).toMatchObject({
      found: true,
      values: { askedAt: '2026-03-03T09:00:00+07:00' },
    })
    expect((await ask('HD-99-0099')).json).toMatchObject({ found: false })
  })

  it('is checked as configured', async () => {
    const check = () => server.ask('POST', '/api/v1/systems/nong-nghiep/check', { key })
    expect((await check()).json).toMatchObject({ ok: true })
    const [system, ...others] = systems()
    const options = { ...system?.options, credentials: { style: 'none' } }
    await server.configure([{ ...(system as SystemFile), options }, ...others])
    expect((await check()).json).toMatchObject({ ok: false })
  })
})
