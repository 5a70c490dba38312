import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import state from '../../connectors/dang-ky-kinh-doanh/fixtures/state.json' with { type: 'json' }
import createRegistry from '../../connectors/dang-ky-kinh-doanh/simulator.ts'
import { createTthcSimulator } from '../../connectors/tthc/simulator.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const words = { vi: 'Đăng ký doanh nghiệp', en: 'Business registration' }
const type = 'vn.tthc.business-registration.changed.v1'
let registry: Simulator
let tthc: Simulator
let server: TestHub

const pullOf = (operation: string) =>
  ({
    kind: 'pull',
    id: operation,
    title: words,
    from: 'dkkd',
    operation,
    // Run by hand.
    schedule: '0 3 29 2 *',
    overlapSeconds: 86_400,
  }) as const
const arrived = () =>
  tthc
    .received()
    .filter(({ applied }) => applied)
    .map(({ content }) => content as { receiptNumber: string; status: string })

beforeEach(async () => {
  registry = await createRegistry({ port: 0, state: new Map(state as [string, unknown][]) })
  tthc = await createTthcSimulator({ port: 0 })
  server = await openTestHub({
    systems: [
      {
        id: 'dkkd',
        connector: 'dang-ky-kinh-doanh',
        title: words,
        options: {
          baseUrl: `${registry.address}/apiCSDLDKDN`,
          pageSize: 1,
          credentials: {
            style: 'oauth2',
            tokenUrl: `${registry.address}/token`,
            clientId: 'tinh-demo',
            clientSecret: 'env:HUB_SECRET_DKKD',
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
      pullOf('ho-so-tiep-nhan'),
      pullOf('ho-so-trong-ngay'),
      { kind: 'push', id: 've-mot-cua', title: words, types: [type], to: 'tthc' },
    ],
    secrets: { HUB_SECRET_DKKD: 'not-a-real-secret', HUB_SECRET_TTHC: 'not-a-real-key' },
  })
})
afterEach(async () => {
  await server.close()
  await registry.stop()
  await tthc.stop()
})

const operations = ['ho-so-tiep-nhan', 'ho-so-trong-ngay']
const finished = () => server.lines.filter(({ event }) => event === 'pull.finished')
async function runBoth(): Promise<void> {
  const before = finished().length
  const key = await server.key('systems:write')
  for (const operation of operations)
    await waitUntil('it is scheduled', async () => {
      const { status } = await server.ask('POST', `/api/v1/pulls/${operation}/run`, { key })
      return status === 202
    })
  await waitUntil('both have run', () => finished().length >= before + operations.length)
}

describe('dang-ky-kinh-doanh', () => {
  it('tells the one-stop system of received and changed dossiers, each once', async () => {
    await runBoth()
    const all = await waitUntil('all have come', arrived, (seen) => seen.length >= 5)
    expect(all.map(({ receiptNumber }) => receiptNumber).sort()).toEqual([
      '990000001',
      '990000002',
      '990000002',
      '990000003',
      '990000003',
    ])
    expect(all).toContainEqual(expect.objectContaining({ status: 'Đã chấp thuận' }))
    await runBoth()
    expect(
      finished()
        .slice(-2)
        .map(({ fields }) => fields.messages),
    ).toEqual([0, 0])
    expect(arrived()).toHaveLength(5)
  })
})
