import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createMapiClient,
  createSimulatorMapi,
  createSimulatorServer,
  type MapiClient,
  mapiDefaults,
  type Simulator,
  type SimulatorAnswer,
} from '../../../src/connector/index.ts'
import { closeContexts, contextOf } from '../../support/connector-context.ts'

const account = { username: 'tinh-demo', password: 'not-a-real-secret' }
const destination = 'VN:GOV:000.00.00.G99:mau'
const lookup = {
  schema: 'dvcqg/question-list/v1',
  fields: { service: 'LayDanhSachHoiDapGuiTuDVCQG' },
}
const steady = new AbortController().signal

let simulator: Simulator
let answer: SimulatorAnswer
let asked: Readonly<Record<string, unknown>>[]

beforeEach(async () => {
  asked = []
  const mapi = createSimulatorMapi({ account, destination })
  simulator = await createSimulatorServer(
    { port: 0 },
    {
      modes: ['session-expired'],
      state: () => new Map(),
      forgetSessions: mapi.forget,
      handle: (request) =>
        mapi.handle(request, (body) => {
          asked.push(body)
          return { kind: 'read', run: () => answer }
        }),
    },
  )
})
afterEach(async () => {
  closeContexts()
  await simulator.stop()
})

function clientOf(more: object = {}): MapiClient {
  const context = contextOf({ system: 'mau', address: simulator.address })
  const options = {
    ...{ ...mapiDefaults, ...account, adapterUrl: simulator.address, dstcode: destination },
    ...more,
  }
  return createMapiClient(context, options, { madonvi: '000.00.00.H99' })
}

describe('mapi client', () => {
  it('repeats the session and what the caller says of itself in every call', async () => {
    answer = { body: { error_code: '0', result: [{ a: 1 }] } }
    const client = clientOf()
    expect(await client.list(lookup, steady)).toEqual([{ a: 1 }])
    expect(await client.list(lookup, steady)).toEqual([{ a: 1 }])
    const envelope = { madonvi: '000.00.00.H99', ...lookup.fields }
    expect(asked).toEqual([
      { session: 'sess-demo-1', ...envelope },
      { session: 'sess-demo-1', ...envelope },
    ])
  })

  it.each([
    ['/XrdAdapter/RestService/forward/', 'query'],
    ['/VXPAdapter/RestService/forward/', 'header'],
  ] as const)('reaches a provider by %s with dstcode in the %s', async (forwardPath, dstcodeIn) => {
    answer = { body: { error_code: 0, result: [] } }
    const client = clientOf({ forwardPath, dstcodeIn, adapterUrl: `${simulator.address}//` })
    expect(await client.list(lookup, steady)).toEqual([])
  })

  it('logs in once more when the session is refused, for all calls that wait', async () => {
    answer = { body: { error_code: 0, result: [] } }
    const client = clientOf()
    await client.list(lookup, steady)
    simulator.misbehave({ mode: 'session-expired', times: 1, on: 'read' })
    await Promise.all([client.list(lookup, steady), client.list(lookup, steady)])
    expect(asked.at(-1)?.session).toBe('sess-demo-2')
  })

  it.each<[string, object, readonly string[], unknown]>([
    ['another member', { data: [{ a: 1 }] }, ['data'], [{ a: 1 }]],
    ['a member in other case', { Data: [{ a: 1 }] }, ['data'], [{ a: 1 }]],
    ['a member of a member', { result: { data: [] } }, ['result', 'data'], []],
  ])('finds the list in %s', async (_, body, place, records) => {
    answer = { body: { error_code: 0, ...body } }
    expect(await clientOf().list(lookup, steady, place)).toEqual(records)
  })

  it.each<[string, object]>([
    ['no list', {}],
    ['an object for a list', { result: { a: 1 } }],
    ['a list of something else', { result: ['a'] }],
    ['a list of lists', { result: [[]] }],
  ])('takes %s for no answer', async (_, body) => {
    answer = { body: { error_code: 0, ...body } }
    await expect(clientOf().list(lookup, steady)).rejects.toMatchObject({ code: 'answer-invalid' })
  })

  it('takes "there is none" in words for an empty list, and nothing else', async () => {
    answer = { body: { error_code: -1, message: 'Không tìm thấy hồ sơ' } }
    expect(await clientOf().list(lookup, steady)).toEqual([])
    answer = { body: { error_code: -1, message: 'Có lỗi xảy ra' } }
    await expect(clientOf().list(lookup, steady)).rejects.toMatchObject({
      code: 'answer-wording-unknown',
    })
    answer = { body: { error_code: -1, message: 'ngày không hợp lệ' } }
    await expect(clientOf().list(lookup, steady)).rejects.toMatchObject({ code: 'target-rejected' })
  })
})
