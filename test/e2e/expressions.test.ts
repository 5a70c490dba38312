import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import manifest from '../../connectors/rest/connector.json' with { type: 'json' }
import progress from '../../connectors/rest/fixtures/progress.message.json' with { type: 'json' }
import createSimulator from '../../connectors/rest/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { MappingRow, Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const words = { vi: 'Nông nghiệp', en: 'Agriculture' }

let simulator: Simulator
let server: TestHub
let key: string

function system(row: MappingRow): SystemFile {
  const options = JSON.parse(
    JSON.stringify(manifest.options.examples[0]).replaceAll('{{address}}', simulator.address),
  )
  const operation = options.operations.find(({ name }: { name: string }) => name === 'progress')
  operation.request.body.push(row)
  return {
    ...{ id: 'nong-nghiep', connector: 'rest', title: words, timeoutMs: 2_000, settleMs: 50 },
    options: {
      ...options,
      credentials: { style: 'api-key', header: 'X-Api-Key', key: 'env:HUB_SECRET_REST' },
    },
    retry: { stepsSeconds: [1] },
  }
}

const open = (row: MappingRow, expressions: 'on' | 'off') =>
  openTestHub({
    systems: [system(row)],
    jobs: [
      {
        ...{ kind: 'push', id: 'tien-do', title: words, to: 'nong-nghiep' },
        types: [progress.type],
      },
    ],
    secrets: { HUB_SECRET_REST: 'not-a-real-key' },
    env: { HUB_EXPRESSIONS: expressions },
  })

beforeEach(async () => {
  simulator = await createSimulator({ port: 0 })
})
afterEach(async () => {
  await server.close()
  await simulator.stop()
})

async function deliver(state: string) {
  key = await server.key('admin')
  const { json } = await server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: progress,
  })
  const [delivery] = json.deliveries as { id: string }[]
  return waitUntil(
    `it is ${state}`,
    async () => (await server.ask('GET', `/api/v1/deliveries/${delivery?.id}`, { key })).json,
    (now) => now.state === state,
    20_000,
  )
}

describe('an expression in a mapping', () => {
  it('goes out with the rest of the record, in its place', async () => {
    const expression =
      '$join(data.steps.(officer & ": " & content), "; ") & " (" & $count(data.steps) & ")"'
    server = await open({ to: '/TomTat', expression }, 'on')
    await deliver('delivered')
    const [received] = simulator.received().filter(({ applied }) => applied)
    expect(received?.content).toMatchObject({
      MaHoSo: progress.subject,
      TomTat: 'Trần Thị Thử Nghiệm: Chuyển phòng chuyên môn (1)',
    })
  })

  it('that fails stops the message, names the field and repeats nothing of the record', async () => {
    const row = { to: '/TomTat', expression: '$error(data.steps[0].officer)' }
    server = await open(row, 'on')
    const delivery = await deliver('dead')
    expect(delivery).toMatchObject({ code: 'mapping-failed' })
    const told = JSON.stringify([delivery, server.lines])
    expect(told).toContain('/TomTat')
    expect(told).not.toContain('Thử Nghiệm')
    expect(simulator.received()).toEqual([])
  })

  it('is not evaluated where expressions are off: the system is misconfigured, its messages wait', async () => {
    server = await open({ to: '/TomTat', expression: '1' }, 'off')
    key = await server.key('admin')
    const { json } = await server.ask('GET', '/api/v1/systems/nong-nghiep', { key })
    expect(JSON.stringify(json)).toContain('HUB_EXPRESSIONS')
    expect(simulator.received()).toEqual([])
  })
})
