import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import cancel from '../../connectors/vnpost/fixtures/cancel.message.json' with { type: 'json' }
import order from '../../connectors/vnpost/fixtures/order.message.json' with { type: 'json' }
import createConnector from '../../connectors/vnpost/index.ts'
import { defaultOptions } from '../../connectors/vnpost/options.ts'
import createSimulator from '../../connectors/vnpost/simulator.ts'
import { messageOf } from '../../connectors/vnpost/tracking.ts'
import { type Edge, orderOf } from '../../connectors/vnpost/translate.ts'
import {
  type Connector,
  ConnectorError,
  createSimulatorServer,
  type IncomingMessage,
  type PostalOrderRequested,
  type Simulator,
} from '../../src/connector/index.ts'
import type { Manifest } from '../../src/connector/manifest.ts'
import { closeContexts, codes, contextOf } from '../support/connector-context.ts'
import { registry } from '../support/dvcqg.ts'
import { pullRequest } from '../support/pull-request.ts'

const root = join(import.meta.dirname, '../..')
const manifest: Manifest = JSON.parse(
  readFileSync(join(root, 'connectors/vnpost/connector.json'), 'utf8'),
)
const steady = new AbortController().signal
const edge: Edge = {
  codes,
  at: new Date('2026-01-15T10:00:00+07:00'),
  options: { ...defaultOptions, customerCode: 'KH-THU' },
}
const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const connect = (service: Simulator, options: object): Connector => {
  closers.push(() => service.stop(), closeContexts)
  return createConnector(
    contextOf({
      system: 'vnpost',
      address: service.address,
      options: { customerCode: 'KH-THU', ...options },
    }),
  )
}
const failureOf = async (work: () => unknown): Promise<unknown> => {
  try {
    return { made: await work() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const { kind, code, faults } = error.outcome
    return { kind, code, ...(faults && { pointers: faults.map(({ pointer }) => pointer) }) }
  }
}
const send = (connector: Connector, operation: string, { id: eventId, ...event }: typeof order) =>
  failureOf(() =>
    connector.send?.(
      {
        ...{ id: '1.1', idempotencyKey: 'k', attempt: 1, operation, memo: undefined },
        message: { ...event, id: 'm', eventId },
      },
      steady,
    ),
  )
const changed = (change: (draft: PostalOrderRequested) => void): PostalOrderRequested => {
  const draft = structuredClone(order.data) as PostalOrderRequested
  change(draft)
  return draft
}

describe('connectors/vnpost options', () => {
  it('have the defaults that the manifest declares', () => {
    interface Property {
      readonly default?: unknown
      readonly properties?: Readonly<Record<string, Property>>
    }
    const declared = (properties: Readonly<Record<string, Property>>): object =>
      Object.fromEntries(
        Object.entries(properties).flatMap(([name, property]) => {
          if (property.properties) return [[name, declared(property.properties)]]
          return property.default === undefined ? [] : [[name, property.default]]
        }),
      )
    expect(declared(manifest.options.properties as Record<string, Property>)).toEqual(
      defaultOptions,
    )
  })
})

describe('connectors/vnpost orders', () => {
  it('hold back an address without a district until somebody allows 0', async () => {
    const twoTier = changed(({ receiver }) => delete receiver.address.districtCode)
    expect(await failureOf(() => orderOf(edge, twoTier))).toEqual({
      kind: 'permanent',
      code: 'mapping-failed',
      pointers: ['/receiver/address/districtCode'],
    })
    const allowed = { ...edge, options: { ...edge.options, withoutDistrict: 'zero' as const } }
    expect(orderOf(allowed, twoTier).value).toMatchObject({ receiverDistrict: 0 })
  })

  it('name a province that the postal service does not know', async () => {
    const elsewhere = changed(({ sender }) => {
      sender.address.provinceCode = '01'
    })
    expect(await failureOf(() => orderOf(edge, elsewhere))).toEqual({
      kind: 'permanent',
      code: 'code-untranslated',
      pointers: ['/sender/address/provinceCode'],
    })
  })

  it('never drop an item code that a variant has no place for', async () => {
    const coded = changed((draft) => {
      draft.itemCode = 'RA000000001VN'
    })
    expect(await failureOf(() => orderOf(edge, coded))).toMatchObject({ pointers: ['/itemCode'] })
    const lgsp = { ...edge, options: { ...edge.options, variant: 'lgsp' as const } }
    expect(orderOf(lgsp, coded).value).toMatchObject({ ItemCode: 'RA000000001VN', FlagConfig: 2 })
  })

  it('go to a platform of the province with its header and its names', async () => {
    const simulator = await createSimulator({ port: 0 })
    const credentials = { style: 'api-key', header: 'access_token', key: 'not-a-real-token' }
    const law = JSON.parse(
      readFileSync(join(root, 'src/connector/credentials/credentials.schema.json'), 'utf8'),
    )
    expect(registry.validateAgainst(law, credentials)).toEqual([])
    const options = { baseUrl: `${simulator.address}/lgsp`, variant: 'lgsp', credentials }
    const connector = connect(simulator, options)
    expect((await connector.check(steady)).every(({ ok }) => ok)).toBe(true)
    expect(await send(connector, 'push-order', order)).toMatchObject({
      made: { kind: 'delivered', evidence: { remoteCode: '100' } },
    })
    const [, cancelled] = cancel
    expect(await send(connector, 'push-cancel', cancelled as never)).toMatchObject({
      made: { kind: 'delivered' },
    })
    expect(simulator.state().get(order.subject)).toMatchObject({
      ...{ OrderNumber: order.subject, CODAmount: 25_000, FlagConfig: 2, cancelled: true },
    })
    const wrong = connect(simulator, { ...options, credentials: { ...credentials, key: 'x' } })
    expect(await send(wrong, 'push-order', order)).toMatchObject({ kind: 'auth' })
  })

  it('that may be there already are neither success nor refusal', async () => {
    const simulator = await createSimulator({ port: 0 })
    const credentials = { style: 'api-key', header: 'access_token', key: 'not-a-real-token' }
    const connector = connect(simulator, {
      ...{ baseUrl: `${simulator.address}/lgsp`, variant: 'lgsp', credentials },
    })
    await send(connector, 'push-order', order)
    expect(await send(connector, 'push-order', order)).toMatchObject({ kind: 'unknown' })
  })
})

const idAt = (second: number, count = 1): string =>
  second.toString(16).padStart(8, '0') + String(count).padStart(16, '0')
const second = Date.parse('2026-01-15T03:00:00Z') / 1000
const rowOf = (id: string, more: object = {}) => ({
  ...{ _id: { $oid: id }, orderNumber: 'H99-1', statusCode: '2', statusMessage: 'Đang gom' },
  ...more,
})

/** A list that answers as a test wants, and keeps what it was asked. */
async function listOf(answer: (lastId: string) => object) {
  const asked: string[] = []
  const service = await createSimulatorServer(
    { port: 0 },
    {
      modes: [],
      state: () => new Map(),
      handle: ({ query }) => ({
        kind: 'read',
        run() {
          asked.push(query.get('lastId') ?? '')
          return { body: answer(query.get('lastId') ?? '') }
        },
      }),
    },
  )
  const connector = connect(service, { baseUrl: service.address, credentials: { style: 'none' } })
  const run = async (from?: string, overlapSeconds = 0) => {
    const messages: IncomingMessage[] = []
    let cursor = from
    for (let page = 1; ; page++) {
      const overlap = page === 1 ? overlapSeconds : 0
      const request = { cursor, overlapSeconds: overlap, startedFrom: from }
      const result = await connector.pull?.(
        pullRequest({ operation: 'theo-doi', ...request }),
        steady,
      )
      if (!result) throw new Error('no pull')
      messages.push(...result.messages)
      cursor = result.cursor
      if (!result.more) return { messages, cursor }
    }
  }
  return { asked, run }
}
const pageOf = (rows: readonly object[]) => ({ _embedded: { 'rh:doc': rows } })

describe('connectors/vnpost tracking', () => {
  it('reads to an empty page, though every page has less than was asked for', async () => {
    const rows = [1, 2, 3, 4, 5].map((count) => rowOf(idAt(second, count)))
    const { run, asked } = await listOf((lastId) =>
      pageOf(rows.filter((row) => row._id.$oid > lastId).slice(0, 2)),
    )
    const { messages, cursor } = await run()
    expect(messages).toHaveLength(5)
    expect(asked).toHaveLength(4)
    expect(cursor).toBe(JSON.stringify({ high: idAt(second, 5) }))
  })

  it('begins behind the newest row, finds what was written late, and never goes back', async () => {
    const rows = [rowOf(idAt(second, 1)), rowOf(idAt(second, 9))]
    const { run, asked } = await listOf((lastId) =>
      pageOf(rows.filter((row) => row._id.$oid > lastId)),
    )
    const first = await run()
    rows.splice(1, 0, rowOf(idAt(second, 5), { orderNumber: 'H99-2' }))
    const later = await run(first.cursor, 600)
    expect(asked[2]).toBe(idAt(second - 600, 0))
    expect(later.messages.map(({ subject }) => subject)).toEqual(['H99-1', 'H99-2', 'H99-1'])
    expect(later.messages[0]).toEqual(first.messages[0])
    expect(later.cursor).toBe(first.cursor)
  })

  it('keeps its place when there is nothing', async () => {
    const { run } = await listOf(() => ({ _returned: 0 }))
    expect(await run()).toEqual({ messages: [], cursor: undefined })
    const cursor = JSON.stringify({ high: idAt(second) })
    expect(await run(cursor, 600)).toEqual({ messages: [], cursor })
  })

  it.each([
    ['rows in another order', pageOf([rowOf(idAt(second, 2)), rowOf(idAt(second, 1))])],
    ['the same row for ever', pageOf([rowOf(idAt(0, 0))])],
    ['a page without rows that does not say it is empty', { _returned: 3 }],
    ['an error with status 200', { message: 'Lỗi hệ thống' }],
    ['a row without an id', pageOf([{ orderNumber: 'H99-1' }])],
  ])('fails at %s', async (_, answer) => {
    const { run } = await listOf(() => answer)
    expect(await failureOf(() => run())).toMatchObject({ kind: 'unknown', code: 'answer-invalid' })
  })

  it('refuses a cursor of somebody else', async () => {
    const { run } = await listOf(() => ({ _returned: 0 }))
    expect(await failureOf(() => run('42'))).toMatchObject({ code: 'mapping-failed' })
  })

  it.each([
    ['no order number', { orderNumber: null }, ['/orderNumber required']],
    ['an order number that is none', { orderNumber: 'H99 1' }, ['/orderNumber pattern']],
    ['no code', { statusCode: ' ' }, ['/statusCode required']],
    ['no words', { statusMessage: null }, []],
    ['a number for a code', { statusCode: 3 }, []],
  ])('takes a row with %s as it is', (_, more, faults) => {
    const message = messageOf('/h99/vnpost', rowOf(idAt(second), more))
    const found = registry.validateMessage(message.type, message.data)
    expect(found?.map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual(faults)
    expect(message.time).toBe('2026-01-15T10:00:00+07:00')
  })

  it('tells a row that was changed in its place from what it was', () => {
    const before = messageOf('/h99/vnpost', rowOf(idAt(second)))
    const after = messageOf('/h99/vnpost', rowOf(idAt(second), { statusCode: '3' }))
    expect(after.eventId).not.toBe(before.eventId)
  })
})
