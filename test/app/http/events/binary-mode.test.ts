import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, json, startApi } from '../../../support/http-api.ts'

interface Fault {
  readonly pointer: string
  readonly rule: string
}

let api: Api
let key: string

let number = 0
const freshId = () => `binary-${++number}`
const submit = (body: string, headers: Record<string, string>) =>
  api.ask('POST', '/api/v1/messages', { key, headers, body })
const faultsOf = (answer: { json: Readonly<Record<string, unknown>> }) =>
  (answer.json.errors ?? []) as Fault[]

const data = '{ "code" : "H99.1", "step":"Thụ lý" }'
const headersFor = (id: string, more: Record<string, string> = {}) => ({
  ...json,
  'ce-specversion': '1.0',
  'ce-id': id,
  'ce-source': 'urn:h99:mot-cua',
  'ce-type': 'vn.tthc.dossier.progressed.v1',
  'ce-subject': 'H99.1',
  'ce-time': '2026-11-22T08:30:00+07:00',
  ...more,
})

function decoding() {
  it('keeps the bytes of the data and reads attributes by percent-decoding', async () => {
    const id = freshId()
    const subject = 'H%E1%BB%93%20s%C6%A1%20%22%25'

    const answer = await submit(data, headersFor(id, { 'ce-subject': subject }))

    expect(answer.status).toBe(202)
    const kept = api.hub.accepted.find(({ attributes }) => attributes.eventId === id)
    expect(kept?.mode).toBe('binary')
    expect(Buffer.from(kept?.bytes ?? []).toString()).toBe(data)
    expect(kept?.attributes.subject).toBe('Hồ sơ "%')
    expect(kept?.data).toEqual({ code: 'H99.1', step: 'Thụ lý' })
  })

  it('unquotes as older senders quote, and lets trace context pass', async () => {
    const id = freshId()
    const headers = headersFor(id, {
      'ce-subject': '"H99 \\"1\\""',
      'ce-traceparent': '00-1-2-01',
    })

    const answer = await submit(data, headers)

    expect(answer.status).toBe(202)
    const kept = api.hub.accepted.find(({ attributes }) => attributes.eventId === id)
    expect(kept?.attributes.subject).toBe('H99 "1"')
  })

  it.each([
    ['an overlong sequence', { 'ce-subject': '%C0%A0' }, '/subject', 'percent-encoding'],
    ['a lone percent sign', { 'ce-subject': '100%' }, '/subject', 'percent-encoding'],
    ['raw Latin-1', { 'ce-subject': 'H\u00e9' }, '/subject', 'percent-encoding'],
    ['an extension attribute', { 'ce-unit': 'a' }, '/unit', 'extension'],
    [
      'ce-datacontenttype',
      { 'ce-datacontenttype': 'text/xml' },
      '/datacontenttype',
      'datacontenttype',
    ],
    ['an encoded control character', { 'ce-subject': 'a%07' }, '/subject', undefined],
  ])('refuses %s', async (_, more, pointer, rule) => {
    const answer = await submit(data, headersFor(freshId(), more))

    expect([answer.status, answer.json.code]).toEqual([422, 'event-invalid'])
    const fault = faultsOf(answer).find((one) => one.pointer === pointer)
    expect(fault).toBeDefined()
    if (rule !== undefined) expect(fault?.rule).toBe(rule)
  })
}

function refusals() {
  it('refuses a repeated header', async () => {
    const headers = { ...headersFor(freshId()), 'ce-subject': ['H99.1', 'H99.2'] }
    const answer = await api.ask('POST', '/api/v1/messages', { key, headers, body: data })
    expect([answer.status, answer.json.code]).toEqual([422, 'event-invalid'])
    expect(faultsOf(answer)[0]).toMatchObject({ pointer: '/subject', rule: 'repeated-header' })
  })

  it('names every missing attribute', async () => {
    const answer = await submit(data, { ...json, 'ce-specversion': '1.0', 'ce-id': 'x' })
    expect(answer.json.code).toBe('event-invalid')
    const text = JSON.stringify(faultsOf(answer))
    for (const name of ['source', 'type', 'subject', 'time']) expect(text).toContain(name)
  })

  it('points into the data itself', async () => {
    const answer = await submit('{"code":"X","step":"a"}', headersFor(freshId()))
    expect(answer.json.code).toBe('schema-violation')
    expect(faultsOf(answer)[0]?.pointer).toBe('/code')
  })
}

describe('binary-mode', () => {
  beforeAll(async () => {
    api = await startApi()
    key = api.hub.key('messages:write')
  })
  afterAll(() => api.close())

  decoding()
  refusals()
})
