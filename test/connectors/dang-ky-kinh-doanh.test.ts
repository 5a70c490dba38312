import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import createConnector from '../../connectors/dang-ky-kinh-doanh/index.ts'
import { messageOf } from '../../connectors/dang-ky-kinh-doanh/message.ts'
import { defaultOptions } from '../../connectors/dang-ky-kinh-doanh/options.ts'
import createSimulator from '../../connectors/dang-ky-kinh-doanh/simulator.ts'
import {
  type Connector,
  ConnectorError,
  createSimulatorServer,
  type IncomingMessage,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorRequest,
} from '../../src/connector/index.ts'
import type { Manifest } from '../../src/connector/manifest.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'
import { registry } from '../support/dvcqg.ts'
import { pullRequest } from '../support/pull-request.ts'

const root = join(import.meta.dirname, '../..')
const manifest: Manifest = JSON.parse(
  readFileSync(join(root, 'connectors/dang-ky-kinh-doanh/connector.json'), 'utf8'),
)
const steady = new AbortController().signal
const type = 'vn.tthc.business-registration.changed.v1'

let service: Simulator
let now: string
const asked: URLSearchParams[] = []

/** A service that answers as a test wants, and keeps what it was asked. */
const serve = async (answer: (request: SimulatorRequest) => SimulatorAnswer): Promise<void> => {
  service = await createSimulatorServer(
    { port: 0 },
    {
      modes: [],
      state: () => new Map(),
      handle: (request) => ({
        kind: 'read',
        run() {
          asked.push(request.query)
          return answer(request)
        },
      }),
    },
  )
}
const connect = (more: object = {}): Connector => {
  return createConnector(
    contextOf({
      system: 'dkkd',
      address: service.address,
      options: { baseUrl: service.address, credentials: { style: 'none' }, ...more },
      clock: { now: () => new Date(now) },
      timeoutMs: 5_000,
    }),
  )
}

interface Run {
  readonly messages: readonly IncomingMessage[]
  readonly cursor: string | undefined
}
/** One run as the engine makes it: overlap on the first page only, no cursor twice. */
async function run(
  connector: Connector,
  operation: string,
  from?: string,
  { overlapSeconds = 0, stopAfter = 1_000 } = {},
): Promise<Run> {
  const messages: IncomingMessage[] = []
  const seen = new Set<string>()
  let cursor = from
  for (let page = 1; ; page++) {
    const overlap = page === 1 ? overlapSeconds : 0
    const result = await connector.pull?.(
      pullRequest({ operation, cursor, overlapSeconds: overlap, startedFrom: from }),
      steady,
    )
    if (!result) throw new Error('no pull')
    messages.push(...result.messages)
    cursor = result.cursor
    if (!result.more || page === stopAfter) return { messages, cursor }
    expect(seen).not.toContain(cursor)
    seen.add(String(cursor))
  }
}
const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return { answered: await work }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { kind: error.outcome.kind, code: error.outcome.code }
  }
}

const row = (number: number, day: string, more: object = {}) => ({
  ...{ IN_JOURNAL_NO: number, PROCESS_STATUS: 'Đang xử lý', RECEIPT_DATE: day },
  ...more,
})
const list = (rows: readonly object[], DataCount: unknown = rows.length): SimulatorAnswer => ({
  body: { Status: '1', Message: 'success', MainInformation: rows, DataCount },
})
const windows = () => asked.map((query) => [query.get('from_date'), query.get('to_date')])

beforeEach(() => {
  now = '2026-03-10T09:00:00+07:00'
  asked.length = 0
})
afterEach(async () => {
  closeContexts()
  await service.stop()
})

describe('connectors/dang-ky-kinh-doanh options', () => {
  it('have the defaults that the manifest declares', async () => {
    await serve(() => list([]))
    connect()
    const declared = Object.entries(
      manifest.options.properties as Record<string, { default?: unknown }>,
    ).flatMap(([name, property]) =>
      property.default === undefined ? [] : [[name, property.default]],
    )
    expect(Object.fromEntries(declared)).toEqual(defaultOptions)
  })
})

describe('connectors/dang-ky-kinh-doanh received', () => {
  it('catch up after forty days, window by window, and end at today', async () => {
    await serve(() => list([]))
    const connector = connect({ pullFrom: '2026-01-29' })
    const { cursor } = await run(connector, 'ho-so-tiep-nhan')
    expect(windows()).toEqual([
      ['29/01/2026', '02/02/2026'],
      ['03/02/2026', '07/02/2026'],
      ['08/02/2026', '12/02/2026'],
      ['13/02/2026', '17/02/2026'],
      ['18/02/2026', '22/02/2026'],
      ['23/02/2026', '27/02/2026'],
      ['28/02/2026', '04/03/2026'],
      ['05/03/2026', '09/03/2026'],
      ['10/03/2026', '10/03/2026'],
    ])
    expect(cursor).toBe('{"from":"2026-03-10"}')
  })

  it('begin with the last five days, and read today again, less the overlap', async () => {
    await serve(() => list([]))
    const connector = connect()
    const first = await run(connector, 'ho-so-tiep-nhan')
    now = '2026-03-10T23:30:00+07:00'
    await run(connector, 'ho-so-tiep-nhan', first.cursor)
    // In Vietnam it is the next day already.
    now = '2026-03-10T17:30:00Z'
    await run(connector, 'ho-so-tiep-nhan', first.cursor, { overlapSeconds: 90_000 })
    expect(windows()).toEqual([
      ['06/03/2026', '10/03/2026'],
      ['10/03/2026', '10/03/2026'],
      ['08/03/2026', '11/03/2026'],
    ])
  })

  it('go on in the very window in which a run died, though days have passed', async () => {
    await serve(() => list([row(1, '06/03/2026'), row(2, '07/03/2026')], 3))
    const connector = connect({ pageSize: 2 })
    const { cursor } = await run(connector, 'ho-so-tiep-nhan', undefined, { stopAfter: 1 })
    now = '2026-03-12T09:00:00+07:00'
    asked.length = 0
    await connector.pull?.(
      pullRequest({
        ...{ operation: 'ho-so-tiep-nhan', cursor, startedFrom: cursor },
        overlapSeconds: 90_000,
      }),
      steady,
    )
    expect(windows()).toEqual([['06/03/2026', '10/03/2026']])
    expect(asked[0]?.get('offset')).toBe('2')
  })

  it('ask for more where the service gives less than it was asked for, but counts more', async () => {
    const rows = Array.from({ length: 7 }, (_, index) => row(index + 1, '06/03/2026'))
    await serve(({ query }) => {
      const offset = Number(query.get('offset'))
      return list(rows.slice(offset, offset + 3), 7)
    })
    const { messages } = await run(connect({ pageSize: 100 }), 'ho-so-tiep-nhan')
    expect(messages.map(({ subject }) => subject)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  })

  it.each([
    ['counts more, but gives nothing', () => list([], 5), 'unknown', 'answer-invalid'],
    [
      'gives more than was asked for',
      () => list([row(1, ''), row(2, ''), row(3, '')]),
      'unknown',
      'answer-invalid',
    ],
    [
      'fails',
      () => ({ body: { Status: '0', Message: 'Lỗi hệ thống' } }),
      'permanent',
      'target-rejected',
    ],
    ['says what nobody knows', () => ({ body: { Status: '9' } }), 'unknown', 'answer-invalid'],
    ['is a page', () => ({ body: '<html></html>' }), 'unknown', 'answer-invalid'],
  ])('fail, and are never empty, when the service %s', async (_, answer, kind, code) => {
    await serve(answer)
    const connector = connect({ pageSize: 2 })
    expect(await failureOf(run(connector, 'ho-so-tiep-nhan'))).toEqual({ kind, code })
  })

  it('are empty where the service says so in words that were confirmed', async () => {
    await serve(() => ({ body: { Status: '0', Message: 'KHÔNG có dữ liệu ' } }))
    const connector = connect({ missingMessages: ['Không có dữ liệu'] })
    expect((await run(connector, 'ho-so-tiep-nhan')).messages).toEqual([])
  })

  it('refuse a cursor of somebody else', async () => {
    await serve(() => list([]))
    expect(await failureOf(run(connect(), 'ho-so-tiep-nhan', '42'))).toMatchObject({
      code: 'mapping-failed',
    })
  })
})

describe('connectors/dang-ky-kinh-doanh today', () => {
  it('is read whole by every run, page by page', async () => {
    const rows = [1, 2, 3].map((number) =>
      row(number, '', { PROCESSED_DATE: '10/03/2026 08:00:00' }),
    )
    await serve(({ query }) => {
      const offset = Number(query.get('offset'))
      return list(rows.slice(offset, offset + 2))
    })
    const connector = connect({ pageSize: 2 })
    const first = await run(connector, 'ho-so-trong-ngay')
    const second = await run(connector, 'ho-so-trong-ngay', first.cursor)
    expect(first.messages).toHaveLength(3)
    expect(second.messages).toEqual(first.messages)
    expect(asked.map((query) => query.get('offset'))).toEqual(['0', '2', '0', '2'])
    expect(asked[0]?.get('from_ts')).toBe('00:00')
  })

  it('begins anew when midnight passes between two pages', async () => {
    await serve(() => list([row(1, '', { PROCESSED_DATE: '10/03/2026' })], 2))
    const connector = connect({ pageSize: 1 })
    const { cursor } = await run(connector, 'ho-so-trong-ngay', undefined, { stopAfter: 1 })
    now = '2026-03-11T00:01:00+07:00'
    await connector.pull?.(pullRequest({ operation: 'ho-so-trong-ngay', cursor }), steady)
    expect(asked.map((query) => query.get('offset'))).toEqual(['0', '0'])
  })
})

describe('connectors/dang-ky-kinh-doanh rows', () => {
  const at = new Date('2026-03-10T02:00:00Z')
  const faultsOf = (message: IncomingMessage) =>
    registry.validateMessage(type, message.data)?.map(({ pointer, rule }) => `${pointer} ${rule}`)

  it('are the same message whenever they are read, and another one when they have changed', () => {
    const first = messageOf('/h99/dkkd', row(1, '05/03/2026'), at)
    expect(messageOf('/h99/dkkd', row(1, '05/03/2026'), new Date())).toEqual(first)
    expect(first).toMatchObject({ subject: '1', time: '2026-03-05T00:00:00+07:00' })
    const changed = messageOf('/h99/dkkd', row(1, '05/03/2026', { PROCESS_STATUS: 'Đã cấp' }), at)
    expect(changed.eventId).not.toBe(first.eventId)
    expect(faultsOf(first)).toEqual([])
  })

  it.each([
    ['a day of an unknown form', row(1, '2026.03.05'), ['/receivedOn pattern']],
    ['a day that is none', row(1, '31/02/2026'), ['/receivedOn pattern']],
    ['no day', row(1, ''), [' anyOf']],
    ['no number', row(1, '05/03/2026', { IN_JOURNAL_NO: null }), ['/receiptNumber required']],
    ['a rounded number', row(2 ** 60, '05/03/2026'), ['/receiptNumber required']],
    ['no status', row(1, '05/03/2026', { PROCESS_STATUS: ' ' }), ['/status required']],
  ])('with %s are refused by name, and hold nobody up', (_, given, faults) => {
    expect(faultsOf(messageOf('/h99/dkkd', given, at))).toEqual(faults)
  })
})

describe('connectors/dang-ky-kinh-doanh lookups', () => {
  const ask = (connector: Connector, operation: string, parameters: object, fields: string[]) =>
    failureOf(
      connector.lookup?.(
        {
          id: '018f0000-0000-7000-8000-000000000001',
          ...{ official: 'canbo.demo', unit: 'H99.14', dossier: 'H99.14-260101-0001' },
          ...{ purpose: 'Kiểm tra', operation, fields, parameters: { ...parameters } },
        },
        steady,
      ) ?? Promise.reject(new Error('no lookup')),
    )
  const enterprise = { enterpriseCode: '0000000001' }
  const answerWith =
    (MainInformation: unknown, more: object = {}) =>
    () => ({
      body: { Status: '1', MainInformation, ...more },
    })

  it.each([
    ['of another number', { ENTERPRISE_GDT_CODE: '0000000002', NAME: 'Công ty Khác' }],
    ['without a number', { NAME: 'Công ty TNHH Thử Nghiệm' }],
    ['twice', [{ ENTERPRISE_GDT_CODE: '0000000001' }, { ENTERPRISE_GDT_CODE: '0000000001' }]],
    ['with a day that is none', { ENTERPRISE_GDT_CODE: '0000000001', FOUNDING_DATE: '2/1/20' }],
  ])('take no record %s', async (_, record) => {
    await serve(answerWith(record))
    expect(await ask(connect(), 'doanh-nghiep', enterprise, ['name', 'foundedOn'])).toEqual({
      kind: 'unknown',
      code: 'answer-invalid',
    })
  })

  it('find nobody only where nothing is counted', async () => {
    await serve(answerWith({}, { DataCount: 0 }))
    expect(await ask(connect(), 'doanh-nghiep', enterprise, ['name'])).toEqual({
      answered: undefined,
    })
    await service.stop()
    closeContexts()
    await serve(answerWith({}, { DataCount: 1 }))
    expect(await ask(connect(), 'doanh-nghiep', enterprise, ['name'])).toMatchObject({
      code: 'answer-invalid',
    })
  })

  it('give nothing that nobody asked for, and fail by nothing that nobody needs', async () => {
    await serve(
      answerWith({ ENTERPRISE_GDT_CODE: '0000000001', NAME: 'Công ty', FOUNDING_DATE: '?' }),
    )
    expect(await ask(connect(), 'doanh-nghiep', enterprise, ['name'])).toEqual({
      answered: { name: 'Công ty' },
    })
  })

  it('know no other question', async () => {
    service = await createSimulator({ port: 0 })
    expect(await ask(connect(), 'toString', {}, ['name'])).toMatchObject({
      code: 'operation-missing',
    })
  })
})
