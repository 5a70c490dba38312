import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import asked from '../../connectors/ly-lich-tu-phap/fixtures/request.message.json' with {
  type: 'json',
}
import createConnector from '../../connectors/ly-lich-tu-phap/index.ts'
import { defaultOptions } from '../../connectors/ly-lich-tu-phap/options.ts'
import {
  type CriminalRecordSimulator,
  createCriminalRecordSimulator,
} from '../../connectors/ly-lich-tu-phap/simulator.ts'
import { meaningOf } from '../../connectors/ly-lich-tu-phap/wordings.ts'
import {
  type Connector,
  type CriminalRecordRequested,
  createSimulatorServer,
  type Followed,
  type Memo,
  type Outcome,
  type OutgoingDelivery,
  type PullPage,
  type Simulator,
} from '../../src/connector/index.ts'
import type { Manifest } from '../../src/connector/manifest.ts'
import { classify } from '../../src/engine/lanes/classify.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'
import { pullRequest } from '../support/pull-request.ts'

const steady = new AbortController().signal
const manifest: Manifest = JSON.parse(
  readFileSync(
    join(import.meta.dirname, '../../connectors/ly-lich-tu-phap/connector.json'),
    'utf8',
  ),
)
const { code } = asked.data
const request = asked.data as unknown as CriminalRecordRequested

let simulator: CriminalRecordSimulator
let stub: Simulator | undefined
let now: string

function connect(address: string, more: object = {}): Connector {
  return createConnector(
    contextOf({
      system: 'ly-lich-tu-phap',
      address: address,
      options: {
        ...{ baseUrl: address, authKey: 'not-a-real-key', provinceCode: '99' },
        ...{ provinceName: 'Tỉnh H99', sourceCode: '1', sourceName: 'Một cửa', officer: 'Sở' },
        ...more,
      },
      clock: { now: () => new Date(now) },
    }),
  )
}

beforeEach(async () => {
  now = '2026-03-05T08:00:00+07:00'
  simulator = await createCriminalRecordSimulator({ port: 0 })
})
afterEach(async () => {
  closeContexts()
  await simulator.stop()
  await stub?.stop()
  stub = undefined
})

const deliver = (data: object = request, number = 1, memo?: Memo): OutgoingDelivery => ({
  id: `7.${number}`,
  idempotencyKey: `key-${number}`,
  attempt: 1,
  operation: 'push-request',
  message: {
    ...{ id: '018f0000-0000-7000-8000-000000000001', source: '/h99/tthc', eventId: 'r1' },
    ...{ type: asked.type, subject: code, time: asked.time, data },
  },
  memo,
})
const send = async (connector: Connector, delivery: OutgoingDelivery): Promise<Outcome> => {
  try {
    return (await connector.send?.(delivery, steady)) as Outcome
  } catch (error) {
    return classify(error)
  }
}
const changed = { ...request, receivedAt: '2026-03-03T08:00:00+07:00' }

/** A system that answers questions about states with this. */
async function answering(...answers: readonly object[]): Promise<string> {
  let calls = 0
  stub = await createSimulatorServer(
    { port: 0 },
    {
      modes: [],
      state: () => new Map(),
      handle: () => ({
        kind: 'read',
        run: () => ({ body: answers[Math.min(calls++, answers.length - 1)] ?? {} }),
      }),
    },
  )
  return stub.address
}
const follow = (subject: string, more: object = {}): Followed => ({
  subject,
  state: { asked: subject, ...more },
  since: '2026-03-02T01:00:00.000Z',
})
async function readPage(
  connector: Connector,
  rows: readonly Followed[],
  cursor?: string,
): Promise<PullPage> {
  const page = await connector.pull?.(
    pullRequest({
      operation: 'states',
      cursor,
      followed: async (after, limit) =>
        rows.filter(({ subject }) => subject > (after ?? '')).slice(0, limit),
    }),
    steady,
  )
  if (!page) throw new Error('no page')
  return page
}
/** A run as the engine makes it: what a page moves on is what the next one is given. */
async function pull(connector: Connector, rows: readonly Followed[]): Promise<PullPage> {
  const first = await readPage(connector, rows)
  if (!first.more) return first
  const moved = rows.flatMap((row) => {
    const now = first.follows?.find(({ subject }) => subject === row.subject)
    return now?.state === null ? [] : [{ ...row, state: now?.state ?? row.state }]
  })
  const last = await readPage(connector, moved, first.cursor)
  const told = new Set(last.follows?.map(({ subject }) => subject))
  return {
    ...last,
    messages: [...first.messages, ...last.messages],
    follows: [
      ...(first.follows ?? []).filter(({ subject }) => !told.has(subject)),
      ...(last.follows ?? []),
    ],
    unread: [...(first.unread ?? []), ...(last.unread ?? []).filter((one) => !one.again)],
  }
}
const slip = { soPhieuLLTP: '7', ngayCapPhieu: '05/03/2026', loaiPhieu: '1' }
const item = (state: number | null, ketQuaXuLy: object | null = null, maHoSoMCDT = code) => ({
  status: '1',
  value: [{ maHoSoMCDT, trangThaiXuLy: state, ketQuaXuLy }],
})
const readOf = async (said: object, row = follow(code)) =>
  pull(connect(await answering(said)), [row])

describe('ly-lich-tu-phap', () => {
  it('has the defaults that its manifest says', () => {
    const { properties } = manifest.options as {
      properties: Record<string, { default?: unknown; properties?: Record<string, object> }>
    }
    const { paths, names, ...plain } = defaultOptions
    for (const [name, given] of Object.entries(plain))
      expect([name, properties[name]?.default]).toEqual([name, given])
    for (const [name, given] of Object.entries(paths))
      expect(properties.paths?.properties?.[name]).toMatchObject({ default: given })
    for (const [group, given] of Object.entries(names))
      for (const [name, member] of Object.entries(given))
        expect(properties.names?.properties?.[group]).toMatchObject({
          properties: { [name]: { default: member } },
        })
  })

  it('takes "already taken" for success only where nothing else can have arrived', async () => {
    const connector = connect(simulator.address)
    const first = await send(connector, deliver())
    expect(first).toMatchObject({ kind: 'delivered', follow: { asked: code } })
    expect(await send(connector, deliver())).toMatchObject({ kind: 'delivered' })
    expect(await send(connector, deliver(changed, 2, first.memo))).toMatchObject({
      ...{ kind: 'unknown', code: 'answer-wording-unknown' },
    })
    expect(await connector.confirm?.(deliver(changed, 2, first.memo), steady)).toBe('cannot-tell')
  })

  it('names the pointer of a code that it cannot translate', async () => {
    const data = { ...request, applicant: { ...request.applicant, nationality: 'XX' } }
    expect(await send(connect(simulator.address), deliver(data))).toMatchObject({
      ...{ kind: 'permanent', code: 'code-untranslated' },
      faults: [{ pointer: '/applicant/nationality' }],
    })
  })

  it('writes the members by the names of the options', async () => {
    const names = { person: { name: 'Ten' } }
    await send(connect(simulator.address, { names }), deliver())
    const [sent] = simulator.received()
    expect(sent?.content).toMatchObject({
      toKhai: { nycTen: 'Lê Thử Việc', nuqTen: 'Lê Thử Giúp' },
    })
    expect(JSON.stringify(sent?.content)).not.toContain('nycHoTen')
  })

  it.each([
    ['status', { status: '1', statusDescription: 'Thành công' }, 'done'],
    ['status', { status: '1', statusDescription: 'Không tìm thấy hồ sơ' }, 'unclear'],
    ['status', { status: '1', errorDetail: 'Lỗi' }, 'unclear'],
    ['status', { status: '0', statusDescription: 'Hồ sơ ĐÃ được tiếp nhận' }, 'already'],
    ['status', { status: '0', statusDescription: 'Thành công' }, 'unclear'],
    ['status', { statusCode: '00' }, 'unclear'],
    ['status-code', { statusCode: '00' }, 'done'],
    ['status-code', { statusCode: '00', errorDetail: 'Lỗi' }, 'unclear'],
    ['status-code', { statusCode: '01', errorDetail: 'authKey không hợp lệ' }, 'session'],
    ['status-code', { statusCode: '01', errorDetail: 'Lỗi lạ' }, 'unclear'],
    ['status-code', { statusCode: 0 }, 'unclear'],
  ] as const)('reads by %s %j as %s', (answers, answer, meaning) => {
    expect(meaningOf({ answers, successStatus: '1' }, answer)).toBe(meaning)
  })

  it.each([3, 7, 8])('ends at %i', async (state) => {
    const page = await readOf(item(state))
    expect([page.messages.length, page.follows]).toEqual([1, [{ subject: code, state: null }]])
  })

  it.each([1, 2, 4, 5, 6, 9])('asks on at %i, and tells it once', async (state) => {
    const first = await readOf(item(state))
    expect(first.messages).toHaveLength(1)
    const told = first.follows?.[0]?.state ?? {}
    await stub?.stop()
    const second = await readOf(item(state), follow(code, told))
    expect([second.messages, second.follows]).toEqual([[], [{ subject: code, state: told }]])
  })

  it('tells the record once, and ends at 10 only with it', async () => {
    const first = await readOf(item(9, slip))
    expect(first.messages.map(({ data }) => data)).toMatchObject([
      { steps: [{ status: 'finished' }] },
      { number: '7', issuedOn: '2026-03-05', kind: 'no-1' },
    ])
    const told = first.follows?.[0]?.state ?? {}
    await stub?.stop()
    const last = await readOf(item(10, slip), follow(code, told))
    expect([last.messages.length, last.follows?.[0]?.state]).toEqual([1, null])
    await stub?.stop()
    const other = await readOf(item(10, { ...slip, soPhieuLLTP: '8' }), follow(code, told))
    expect(other.unread).toMatchObject([{ pointers: ['/ketQuaXuLy'] }])
    expect(other.follows?.[0]?.state).not.toBeNull()
  })

  it.each([
    ['no state', item(null), '/trangThaiXuLy'],
    ['a state in no table', item(11), '/trangThaiXuLy'],
    ['no record at the end', item(10), '/ketQuaXuLy'],
    ['no number', item(9, { ...slip, soPhieuLLTP: '' }), '/ketQuaXuLy/soPhieuLLTP'],
    ['no Base64', item(9, { ...slip, phieuLLTP: 'phiếu' }), '/ketQuaXuLy/phieuLLTP'],
    ['a revocation', item(10, { ...slip, quyetDinhThuHoi: { so: '1' } }), '/ketQuaXuLy'],
  ])('says of %s that it cannot be read, once, and asks again', async (_, said, pointer) => {
    const page = await readOf(said)
    expect(page.unread).toMatchObject([{ subject: code, pointers: [pointer], again: false }])
    const state = page.follows?.[0]?.state
    expect(state).not.toBeNull()
    await stub?.stop()
    const again = await readOf(said, follow(code, state ?? {}))
    expect([again.messages, again.unread?.[0]?.again]).toEqual([[], true])
  })

  it('takes the others when one is refused', async () => {
    const codes = [1, 2].map((n) => `H99.14-260302-000${n}`)
    const refusal = { status: '0', statusDescription: 'Mã hồ sơ không hợp lệ' }
    const address = await answering(refusal, item(2, null, codes[1]))
    const page = await pull(
      connect(address),
      codes.map((one) => follow(one)),
    )
    expect(page.messages.map(({ subject }) => subject)).toEqual([codes[1]])
    expect(page.unread).toMatchObject([{ subject: codes[0], code: 'target-rejected' }])
  })

  it('saves what it found out before it tells it, so that it is the same whenever it is told', async () => {
    const address = await answering(item(9, slip))
    const first = await readPage(connect(address), [follow(code)])
    expect([first.messages, first.cursor, first.more]).toEqual([[], '=', true])
    now = '2026-03-05T08:00:01+07:00'
    const row = follow(code, first.follows?.[0]?.state ?? {})
    const told = await readPage(connect(address), [row], first.cursor)
    now = '2026-03-06T08:00:00+07:00'
    const again = await readPage(connect(address), [row])
    expect(again.messages).toEqual(told.messages)
    expect(told.messages.map(({ time }) => time)).toEqual(
      Array(2).fill('2026-03-05T08:00:00+07:00'),
    )
    expect(told.follows?.[0]?.state).not.toHaveProperty('found')
  })

  it('tells the same state twice where it came twice, and forgets what did not last', async () => {
    const at = (found: object) => follow(code, { told: '4', found })
    const seen = { what: '5 ', at: '2026-03-04T08:00:00+07:00' }
    const later = { ...seen, at: '2026-03-04T09:00:00+07:00' }
    const address = await answering(item(5))
    const ids = []
    for (const found of [seen, later])
      ids.push((await readPage(connect(address), [at(found)])).messages[0]?.eventId)
    expect(new Set(ids).size).toBe(2)
    await stub?.stop()
    const back = await readOf(item(4), at(seen))
    expect([back.messages, back.follows]).toEqual([
      [],
      [{ subject: code, state: { asked: code, told: '4' } }],
    ])
  })
})
