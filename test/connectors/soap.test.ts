import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import manifest from '../../connectors/soap/connector.json' with { type: 'json' }
import message from '../../connectors/soap/fixtures/question.message.json' with { type: 'json' }
import createConnector from '../../connectors/soap/index.ts'
import { usernameToken } from '../../connectors/soap/security.ts'
import {
  type Connector,
  ConnectorError,
  createSimulatorServer,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorRequest,
  soapEnvelope,
  xml,
} from '../../src/connector/index.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'

const steady = new AbortController().signal

let server: Simulator
let asked: SimulatorRequest[]
let said: SimulatorAnswer

beforeEach(async () => {
  asked = []
  server = await createSimulatorServer(
    { port: 0 },
    {
      modes: [],
      state: () => new Map(),
      handle(request) {
        asked.push(request)
        return { kind: 'write', run: () => said }
      },
    },
  )
})
afterEach(async () => {
  closeContexts()
  await server.stop()
})

function connect(more: object = {}): Connector {
  const text = JSON.stringify(manifest.options.examples[0])
  const options = { ...JSON.parse(text.replaceAll('{{address}}', server.address)), ...more }
  return createConnector(contextOf({ system: 'dich-vu', address: server.address, options }))
}

const { id: eventId, datacontenttype: _, specversion: __, ...event } = message
const send = async (connector = connect()) => {
  const delivery = {
    ...{ id: '1.1', idempotencyKey: 'key', attempt: 1, operation: 'question', memo: undefined },
    message: { id: '018f0000-0000-7000-8000-000000000001', eventId, ...event },
  }
  try {
    return (await connector.send?.(delivery, steady))?.kind
  } catch (error) {
    if (error instanceof ConnectorError) return `${error.outcome.kind} ${error.code}`
    throw error
  }
}
const fault = (code: string, status = 500): SimulatorAnswer => ({
  status,
  body: soapEnvelope('1.1', [
    xml('soap:Fault', {}, [xml('faultcode', {}, code), xml('faultstring', {}, 'lỗi')]),
  ]),
})

describe('connectors/soap', () => {
  it.each([
    ['1.1', 'text/xml; charset=utf-8', '"urn:gui"'],
    ['1.2', 'application/soap+xml; charset=utf-8; action="urn:gui"', undefined],
  ])('asks in the manner of SOAP %s', async (version, type, action) => {
    said = { body: soapEnvelope('1.1', [xml('TraLoi', {}, [xml('Ma', {}, '00')])]) }
    expect(await send(connect({ version }))).toBe('delivered')
    expect(asked[0]?.headers).toMatchObject({ 'content-type': type })
    expect(asked[0]?.headers.soapaction).toBe(action)
    expect(asked[0]?.text()).toContain(
      '<soap:Body><hd:CauHoi xmlns:hd="http://h99.example/hoi-dap" phienBan="1">' +
        '<hd:MaCauHoi>HD-99-0001</hd:MaCauHoi>',
    )
  })

  it.each([
    ['soap:Client', 'permanent target-rejected'],
    ['soap:Sender', 'permanent target-rejected'],
    ['soap:Server', 'unknown target-failed'],
    ['soap:Receiver', 'unknown target-failed'],
    ['x:AnythingElse', 'unknown target-failed'],
    ['wsse:FailedAuthentication', 'auth session-refused'],
  ])('takes the fault %s that no rule names for %s', async (code, outcome) => {
    said = fault(code)
    expect(await send()).toBe(outcome)
    said = fault(code, 200)
    expect(await send()).toBe(outcome)
  })

  it('takes no fault for a success because its status is one', async () => {
    const operations = manifest.options.examples[0]?.operations?.map((operation) => ({
      ...operation,
      answers: [{ status: [200], means: 'done' }],
    }))
    said = fault('soap:Client', 200)
    expect(await send(connect({ operations }))).toBe('permanent target-rejected')
  })

  it.each([
    ['HTML', '<html><body>Bảo trì</body></html>', 'unknown answer-invalid'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'unknown answer-invalid'],
    ['half an envelope', soapEnvelope('1.1', []).slice(0, -9), 'unknown answer-invalid'],
    ['nothing', '', 'unknown answer-invalid'],
  ])('does not know after an answer that is %s', async (_, body, outcome) => {
    said = { body }
    expect(await send()).toBe(outcome)
  })

  it('refuses a mapping that no envelope can be made of', () => {
    const check = {
      request: { body: [{ to: '/hai từ', constant: 1 }] },
      answers: [{ at: '/a', exists: true, means: 'done' }],
    }
    expect(() => connect({ check })).toThrow(ConnectorError)
  })

  it('proves its password by a digest over nonce and moment, or says it', () => {
    const at = new Date('2026-03-05T01:00:00.000Z')
    const nonce = Buffer.from('nonce')
    const token = { username: 'tinh-h99', password: 'm<t' }
    const digest = createHash('sha1').update('nonce2026-03-05T01:00:00.000Zm<t').digest('base64')
    expect(usernameToken({ ...token, form: 'digest' }, at, nonce)).toContain(
      `#PasswordDigest">${digest}</wsse:Password>`,
    )
    expect(usernameToken({ ...token, form: 'text' }, at, nonce)).toContain(
      '#PasswordText">m&lt;t</wsse:Password>',
    )
  })
})
