/** The vendor's exchange, step by step: what each failure means for the document. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import documentSent from '../../connectors/truc-van-ban/fixtures/document.message.json' with {
  type: 'json',
}
import createConnector from '../../connectors/truc-van-ban/index.ts'
import { writeEdoc } from '../../connectors/truc-van-ban/write.ts'
import {
  type Connector,
  ConnectorError,
  createSimulatorServer,
  type document,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorRequest,
} from '../../src/connector/index.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'
import { pullRequest } from '../support/pull-request.ts'

const steady = new AbortController().signal
const data = documentSent.data as document.EdocSendRequested
const edxml = writeEdoc(data, documentSent.time)
const sha256 = createHash('sha256').update(edxml).digest('hex')

let exchange: Simulator
let asked: SimulatorRequest[]
let answers: Record<string, SimulatorAnswer>

const good: typeof answers = {
  requestSlot: { body: { slot: { id: 'S1' } } },
  sendKnobstick: { body: { status: 'OK', knobstick: { id: 7 } } },
  deliverKnobstick: { body: { status: 'OK' } },
}

beforeEach(async () => {
  asked = []
  answers = { ...good }
  exchange = await createSimulatorServer(
    { port: 0 },
    {
      modes: ['timeout-before'],
      state: () => new Map(),
      handle(request) {
        asked.push(request)
        const name = request.path.split('/').at(-1) ?? ''
        return {
          kind: name === 'deliverKnobstick' ? 'write' : 'read',
          run: () => answers[name] ?? { status: 404 },
        }
      },
    },
  )
})
afterEach(async () => {
  closeContexts()
  await exchange.stop()
})

const connect = (esb: object = {}): Connector =>
  createConnector(
    contextOf({
      ...{ system: 'truc', address: exchange.address, timeoutMs: 400 },
      options: {
        ...{ transport: 'esb-slot', baseUrl: `${exchange.address}/esb`, esb },
        credentials: { style: 'esb-source', sourceType: 'H99', username: 'H99.14' },
      },
    }),
  )
const send = async (connector = connect(), operation = 'gui-van-ban', signal = steady) => {
  const { id: eventId, datacontenttype: _, specversion: __, ...event } = documentSent
  const delivery = {
    ...{ id: '1.1', idempotencyKey: 'k', attempt: 1, memo: undefined, operation },
    message: { ...event, id: 'm', eventId },
  }
  try {
    return (await connector.send?.(delivery, signal))?.kind
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return `${error.outcome.kind} ${error.code}`
  }
}
const names = () => asked.map(({ path }) => path.replace('/esb/', ''))

describe('connectors/truc-van-ban by the exchange of a vendor', () => {
  it('asks for a slot, puts the document into it with its hash, and has it delivered', async () => {
    expect(await send()).toBe('delivered')
    expect(
      asked.map(({ method, path, query }) => [method, path, Object.fromEntries(query)]),
    ).toEqual([
      ['POST', '/esb/requestSlot', { type: 'edoc' }],
      [
        ...['POST', '/esb/sendKnobstick'],
        { slot: 'S1', key: `${sha256}.edxml`, contentSha256: sha256 },
      ],
      ['POST', '/esb/deliverKnobstick', { knobstickId: '7' }],
    ])
    expect(asked.map(({ body }) => body.toString())).toEqual(['', edxml, ''])
    for (const { headers } of asked)
      expect(headers).toMatchObject({ esb_source_type: 'H99', esb_source_username: 'H99.14' })
  })

  it('takes every name from the options', async () => {
    answers = {
      xin: { body: { kq: 'DUOC', o: 'S1' } },
      gui: { body: { kq: 'DUOC', o: 'S1', so: 'K1' } },
      giao: { body: { kq: 'DUOC' } },
    }
    const connector = connect({
      calls: { requestSlot: 'v2/xin', send: 'v2/gui', deliver: 'v2/giao' },
      parametersIn: 'headers',
      parameters: { type: 'X-Loai', slot: 'X-O', key: 'X-Ten', sha256: 'X-Bam', id: 'X-So' },
      answers: { status: '/kq', slot: '/o', sent: '/so' },
      types: { edoc: 'cong-van' },
      accepted: ['DUOC'],
    })
    expect(await send(connector)).toBe('delivered')
    expect(names()).toEqual(['v2/xin', 'v2/gui', 'v2/giao'])
    expect(asked.map(({ query }) => [...query])).toEqual([[], [], []])
    const [slot, put, deliver] = asked.map(({ headers }) => headers)
    expect(slot).toMatchObject({ 'x-loai': 'cong-van' })
    expect(put).toMatchObject({ 'x-o': 'S1', 'x-ten': `${sha256}.edxml`, 'x-bam': sha256 })
    expect(deliver).toMatchObject({ 'x-so': 'K1' })
  })

  it.each<[string, string, SimulatorAnswer, string, number]>([
    ['no answer as agreed', 'requestSlot', { body: '<html/>' }, 'retry answer-invalid', 1],
    ['no slot', 'requestSlot', { body: { status: 'OK' } }, 'retry answer-invalid', 1],
    [
      'a slot no address can carry',
      'requestSlot',
      { body: { slot: { id: 'a/b' } } },
      'retry answer-invalid',
      1,
    ],
    [
      'unknown words',
      'requestSlot',
      { body: { status: 'HẾT', slot: { id: 'a' } } },
      'retry answer-wording-unknown',
      1,
    ],
    ['a server error', 'requestSlot', { status: 500 }, 'retry target-failed', 1],
    ['a refusal', 'requestSlot', { body: { status: 'FAIL' } }, 'permanent target-rejected', 1],
    ['a wrong account', 'requestSlot', { status: 401 }, 'auth session-refused', 1],
    ['a refusal', 'sendKnobstick', { body: { status: 'FAIL' } }, 'permanent target-rejected', 2],
    [
      'unknown words',
      'sendKnobstick',
      { body: { status: 'X', knobstick: { id: 7 } } },
      'unknown answer-wording-unknown',
      2,
    ],
    ['no id', 'sendKnobstick', { body: { status: 'OK' } }, 'unknown answer-invalid', 2],
    ['a server error', 'sendKnobstick', { status: 500 }, 'unknown target-failed', 2],
    ['too busy', 'sendKnobstick', { status: 503 }, 'retry target-busy', 2],
    ['a refusal', 'deliverKnobstick', { body: { status: 'FAIL' } }, 'permanent target-rejected', 3],
    ['no word', 'deliverKnobstick', { body: {} }, 'unknown answer-wording-unknown', 3],
    [
      'unknown words',
      'deliverKnobstick',
      { body: { status: 'SAU' } },
      'unknown answer-wording-unknown',
      3,
    ],
    ['a page', 'deliverKnobstick', { body: '<html/>' }, 'unknown answer-invalid', 3],
    ['too busy', 'deliverKnobstick', { status: 503 }, 'unknown target-busy', 3],
    ['a wrong account', 'deliverKnobstick', { status: 401 }, 'unknown session-refused', 3],
  ])('judges %s of %s', async (_, call, answer, wanted, steps) => {
    answers[call] = answer
    expect(await send()).toBe(wanted)
    expect(asked).toHaveLength(steps)
  })

  it.each([
    ['delivered', 'delivered'],
    ['waiting', 'retry answer-timeout'],
    ['lost', 'unknown answer-timeout'],
  ])('asks once what became of a delivery without an answer: %s', async (state, wanted) => {
    answers.checkSendKnobstickStatus = { body: { status: 'OK', state } }
    exchange.misbehave({ mode: 'timeout-before', times: 1 })
    const connector = connect({ delivered: ['delivered'], notDelivered: ['waiting'] })
    expect(await send(connector)).toBe(wanted)
    expect(names().at(-1)).toBe('checkSendKnobstickStatus')
    expect(Object.fromEntries(asked.at(-1)?.query ?? [])).toEqual({ knobstickId: '7' })
  })

  it('concludes nothing from a state whose words nobody has said, or that is not answered', async () => {
    answers.checkSendKnobstickStatus = { body: { state: 'delivered' } }
    exchange.misbehave({ mode: 'timeout-before', times: 1 })
    expect(await send()).toBe('unknown answer-timeout')
    expect(names()).not.toContain('checkSendKnobstickStatus')
    answers.checkSendKnobstickStatus = { status: 500 }
    exchange.misbehave({ mode: 'timeout-before', times: 1 })
    expect(await send(connect({ delivered: ['delivered'] }))).toBe('unknown answer-timeout')
  })

  it('receives by the same rules: got, saved, then marked', async () => {
    answers = {
      checkKnobstick: { body: { knobsticks: [{ id: 'K1' }, { id: 'K1' }] } },
      getKnobstick: { body: edxml, headers: { 'content-type': 'application/octet-stream' } },
      processKnobstick: { body: { status: 'OK' } },
    }
    const connector = connect()
    const pull = (cursor?: string) =>
      connector.pull?.(pullRequest({ operation: 'van-ban-den', cursor }), steady)
    const page = await pull()
    expect(page?.messages.map(({ data: got }) => got)).toMatchObject([
      { documentId: data.documentId },
    ])
    await pull(page?.cursor)
    expect(asked.map(({ path, query }) => `${path.slice(5)}?${query}`)).toEqual([
      'checkKnobstick?type=edoc',
      'getKnobstick?knobstickId=K1',
      'checkKnobstick?type=edoc',
      'processKnobstick?knobstickId=K1&status=done',
    ])
    for (const knobsticks of [undefined, {}, 'K1', [null], [{}], [{}, { id: null }]]) {
      answers.checkKnobstick = { body: { knobsticks } }
      await expect(pull()).rejects.toMatchObject({ code: 'answer-invalid' })
    }
  })

  it('takes the others where an entry of the list has no id that can be asked for, and tells it once', async () => {
    answers = {
      checkKnobstick: {
        body: {
          knobsticks: [{ id: 'a b' }, { id: 'K1' }, null, { id: 'x'.repeat(300) }, { id: {} }],
        },
      },
      getKnobstick: { body: edxml, headers: { 'content-type': 'application/octet-stream' } },
      processKnobstick: { body: { status: 'OK' } },
    }
    const pull = (cursor?: string) =>
      connect().pull?.(
        pullRequest({ operation: 'van-ban-den', cursor, startedFrom: cursor }),
        steady,
      )
    const first = await pull()
    expect(first?.messages).toHaveLength(1)
    const facts = { code: 'answer-invalid', pointers: ['/id'] }
    const subjects = ['a b', '#3', 'x'.repeat(100), '#5']
    expect(first?.unread).toEqual(subjects.map((subject) => ({ subject, ...facts, again: false })))
    const second = await pull(first?.cursor)
    expect(names().at(-1)).toBe('processKnobstick')
    expect(second?.unread?.map(({ again }) => again)).toEqual([true, true, true, true])
    // Alone it is no reason to stop either.
    answers.checkKnobstick = { body: { knobsticks: [{ id: 'a b' }] } }
    expect((await pull(second?.cursor))?.unread).toMatchObject([{ subject: 'a b', again: true }])
  })
})
