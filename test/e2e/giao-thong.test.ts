/** Transport through the whole hub: schedule → connector → simulator over HTTP → messages in the store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import state from '../../connectors/giao-thong/fixtures/state.json' with { type: 'json' }
import createSimulator, {
  account,
  type Held,
  platform,
} from '../../connectors/giao-thong/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const words = { vi: 'Giao thông', en: 'Transport' }
const act = { actor: 'test', reason: 'Kiểm thử' }
const jobs = ['ho-so-gplx', 'ho-so-bo'] as const
type Job = (typeof jobs)[number]

let held: Map<string, Held>
let simulator: Simulator
let server: TestHub
let key: string

const systemOf = (options: object = {}): SystemFile => ({
  ...{ id: 'giao-thong', connector: 'giao-thong', title: words, timeoutMs: 2_000 },
  options: {
    ...{ adapterUrl: simulator.address, dstcode: 'VN:GOV:000.00.00.G99:gplx' },
    ...{ username: account.username, password: 'env:HUB_SECRET_LICENCES', handlingUnit: '99001' },
    ...{ ministryUrl: `${simulator.address}/apiGTVT`, ministryAgency: '000.00.00.H99' },
    ministryCredentials: {
      ...{ style: 'static-bearer', token: 'env:HUB_SECRET_TOKEN', unitCode: '000.00.00.H99' },
      apiKey: 'env:HUB_SECRET_KEY',
    },
    ...options,
  },
})

interface Row {
  readonly id: string
  readonly type: string
  readonly subject: string
}
const messages = () =>
  server.database.sql<Row & Record<string, unknown>>(
    'select id::text, type, subject from hub.message order by accepted_at, id',
  )
const bodyOf = async ({ id }: Row) =>
  (await server.ask('GET', `/api/v1/messages/${id}/body`, { key })).json as { data: object }

/** Runs the pull now, and waits for its end. */
async function run(job: Job): Promise<string | null> {
  const last = async () => {
    const { json } = await server.ask('GET', '/api/v1/pulls', { key })
    return (json.items as Record<string, unknown>[]).find((one) => one.job === job)
  }
  const before = await waitUntil('it is planned', last)
  await server.hub.pulls.runNow(job, act)
  const after = await waitUntil(
    'it has run',
    last,
    (row) => row?.running === false && row.lastRunAt !== before?.lastRunAt,
  )
  return (after?.lastCode ?? null) as string | null
}

beforeEach(async () => {
  held = new Map(structuredClone(state) as unknown as [string, Held][])
  simulator = await createSimulator({ port: 0, state: held })
  server = await openTestHub({
    systems: [systemOf()],
    jobs: jobs.map((operation) => ({
      ...{ kind: 'pull', id: operation, title: words, from: 'giao-thong', operation },
      // Far away: it runs when it is told to.
      schedule: '0 2 1 1 *',
    })),
    secrets: {
      ...{ HUB_SECRET_LICENCES: account.password, HUB_SECRET_TOKEN: platform.token },
      HUB_SECRET_KEY: 'not-a-real-key',
    },
  })
  key = await server.key('admin')
})
afterEach(async () => {
  await server.close()
  await simulator.stop()
})

describe('giao-thong', () => {
  it('brings in dossiers of the last days once, and again when they change', async () => {
    for (const job of [...jobs, ...jobs]) expect(await run(job)).toBeNull()
    expect((await messages()).map(({ type, subject }) => [type, subject])).toEqual([
      ['vn.tthc.driving-licence.requested.v1', '99001-0001'],
      ['vn.tthc.driving-licence.requested.v1', '99001-0002'],
      ['vn.tthc.ministry-dossier.upserted.v1', 'G99.01-0001'],
    ])

    const dossier = held.get('G99.01-0001')?.ministry as Record<string, unknown>
    for (const status of ['5', '4']) {
      dossier.TrangThaiHoSo = status
      await run('ho-so-bo')
    }
    const told = (await messages()).filter(({ subject }) => subject === 'G99.01-0001')
    const statuses = await Promise.all(
      told.map(async (row) => (await bodyOf(row)).data as { status: { code: string } }),
    )
    expect(statuses.map(({ status }) => status.code)).toEqual(['4', '5', '4'])
  })

  it('keeps a sick record out and takes the others, until it is well', async () => {
    const licence = held.get('99001-0001')?.licence as Record<string, unknown>
    const name = licence.hoTen
    licence.hoTen = ''
    expect(await run('ho-so-gplx')).toBe('schema-violation')
    expect((await messages()).map(({ subject }) => subject)).toEqual(['99001-0002'])

    licence.hoTen = name
    expect(await run('ho-so-gplx')).toBeNull()
    expect((await messages()).map(({ subject }) => subject)).toEqual(['99001-0002', '99001-0001'])
  })

  it('does not take a failure for an empty list', async () => {
    for (const mode of ['html-200', 'unknown-words', 'busy'] as const) {
      simulator.misbehave({ mode, times: 1, on: 'read' })
      expect(await run('ho-so-gplx')).not.toBeNull()
    }
    expect(await messages()).toEqual([])
    simulator.misbehave({ mode: 'session-expired', times: 1, on: 'read' })
    expect(await run('ho-so-gplx')).toBeNull()
    expect(await messages()).toHaveLength(2)
  })

  it('fetches the file that a message names, through a sharing platform', async () => {
    await server.configure([
      systemOf({
        ...{ adapterUrl: undefined, dstcode: undefined },
        platformUrl: simulator.address + platform.path,
        platformCredentials: { style: 'static-bearer', token: 'env:HUB_SECRET_TOKEN' },
      }),
    ])
    await run('ho-so-gplx')
    const [row] = await messages()
    const { data } = await bodyOf(row as Row)
    const [file] = (data as { files: { path: string }[] }).files
    const { json } = await server.ask('POST', '/api/v1/lookups/giao-thong/tep-ho-so', {
      key,
      body: {
        ...{ official: 'canbo.demo', unit: 'H99.14', dossier: 'H99.14-260101-0001' },
        ...{ purpose: 'Xem đơn đề nghị của công dân', fields: ['content'] },
        parameters: { path: file?.path },
      },
    })
    expect(json).toMatchObject({ found: true, values: { content: 'VGhhbmggcGhhbiBtYXU=' } })
  })
})
