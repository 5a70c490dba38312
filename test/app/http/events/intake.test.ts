import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSchemaRegistry } from '../../../../src/adapters/ajv/schema-registry.ts'
import { intakeExample } from '../../../../src/app/http/events/documentation.ts'
import { type Api, anEvent, startApi, structured } from '../../../support/http-api.ts'

interface Fault {
  readonly pointer: string
  readonly rule: string
  readonly message: string
}

let api: Api
let key: string

let number = 0
const freshId = () => `intake-${++number}`
const submit = (body: string | Uint8Array, headers: Record<string, string> = structured) =>
  api.ask('POST', '/api/v1/messages', { key, headers, body })
const faultsOf = (answer: { json: Readonly<Record<string, unknown>> }) =>
  (answer.json.errors ?? []) as Fault[]

function accepting() {
  it('answers 202 with a receipt, its location and a link', async () => {
    const body = JSON.stringify(anEvent({ id: freshId() }))

    const answer = await submit(body)

    expect(answer.status).toBe(202)
    const id = String(answer.json.id)
    expect(answer.headers.location).toBe(`/api/v1/messages/${id}`)
    expect(answer.json).toEqual({
      id,
      duplicate: false,
      acceptedAt: '2026-11-22T01:00:00.000Z',
      sha256: createHash('sha256').update(body).digest('hex'),
      deliveries: [{ id: expect.any(String), system: 'dvcqg' }],
      links: { status: `/api/v1/messages/${id}` },
    })
  })

  it('keeps the bytes of a structured event exactly', async () => {
    const id = freshId()
    const body = `{ "data":{"code":"H99.1","step":"Thụ lý","note":1.50},\n\t"id":"${id}", "specversion" : "1.0","source":"urn:h99:mot-cua","type":"vn.tthc.dossier.progressed.v1","subject":"H99.1","time":"2026-11-22T08:30:00+07:00","traceparent":"a" } `

    await submit(body)

    const kept = api.hub.accepted.find(({ attributes }) => attributes.eventId === id)
    expect(Buffer.from(kept?.bytes ?? []).toString()).toBe(body)
    expect(kept?.mode).toBe('structured')
    expect(kept?.attributes).toEqual({
      source: 'urn:h99:mot-cua',
      eventId: id,
      type: 'vn.tthc.dossier.progressed.v1',
      subject: 'H99.1',
      time: '2026-11-22T08:30:00+07:00',
    })
  })

  it('answers 200 with the first receipt to a repeat, 409 to other content under the same id', async () => {
    const id = freshId()
    const body = JSON.stringify(anEvent({ id }))
    const first = await submit(body)

    const repeat = await submit(body)
    const other = await submit(JSON.stringify(anEvent({ id, subject: 'H99.2' })))

    expect(repeat.status).toBe(200)
    expect(repeat.json).toEqual({ ...first.json, duplicate: true })
    expect(repeat.headers.location).toBe(first.headers.location)
    expect([other.status, other.json.code]).toEqual([409, 'message-conflict'])
  })
}

function mediaTypes() {
  it.each([
    ['no media type', undefined],
    ['plain JSON without ce-* headers', 'application/json'],
    ['XML', 'application/cloudevents+xml'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['another charset', 'application/cloudevents+json; charset=iso-8859-1'],
  ])('refuses %s with 415 and names what it takes', async (_, type) => {
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type }

    const answer = await submit(JSON.stringify(anEvent()), headers)

    expect([answer.status, answer.json.code]).toEqual([415, 'media-type-unsupported'])
    expect(answer.json.detail).toContain('application/cloudevents-batch+json')
    expect(answer.headers['accept-post']).toContain('application/cloudevents+json')
  })

  it('takes UTF-8 named in any case', async () => {
    const headers = { 'content-type': 'Application/CloudEvents+JSON; Charset="UTF-8"' }
    const answer = await submit(JSON.stringify(anEvent({ id: freshId() })), headers)
    expect(answer.status).toBe(202)
  })

  it('refuses compressed bodies with 415', async () => {
    const answer = await submit('x', { ...structured, 'content-encoding': 'gzip' })
    expect([answer.status, answer.json.code]).toEqual([415, 'media-type-unsupported'])
    expect(answer.json.detail).toContain('Content-Encoding')
  })
}

function attributes() {
  it.each([
    ['specversion', { specversion: '0.3' }, '/specversion'],
    ['a missing subject', { subject: undefined }, ''],
    ['an empty id', { id: '' }, '/id'],
    ['a time without offset', { time: '2026-11-22T08:30:00' }, '/time'],
    ['a datacontenttype that is not JSON', { datacontenttype: 'text/xml' }, '/datacontenttype'],
    ['an attribute name with capitals', { fooBar: 'x' }, ''],
    ['a control character', { subject: 'H99.1\u0007' }, '/subject'],
    ['a control character of C1', { type: 'a\u0085b' }, '/type'],
    ['a control character in an extension', { note: 'a\u0001b' }, '/note'],
    ['a noncharacter', { subject: 'H99\uffff' }, '/subject'],
    ['data_base64', { data_base64: 'AAAA' }, '/data_base64'],
  ])('refuses %s with 422 event-invalid', async (_, change, pointer) => {
    const answer = await submit(JSON.stringify(anEvent({ id: freshId(), ...change })))

    expect([answer.status, answer.json.code]).toEqual([422, 'event-invalid'])
    expect(faultsOf(answer).some((fault) => fault.pointer.startsWith(pointer))).toBe(true)
    expect(answer.text).not.toContain('AAAA')
  })
}

function refusals() {
  it.each(['[]', '"text"', '7', 'null'])('refuses %s as a structured event', async (body) => {
    const answer = await submit(body)
    expect([answer.status, answer.json.code]).toEqual([422, 'event-invalid'])
  })

  it('points into the whole event when the data does not fit', async () => {
    const data = { code: 'X', step: '', citizen: '001200000001' }
    const answer = await submit(JSON.stringify(anEvent({ id: freshId(), data })))

    expect([answer.status, answer.json.code]).toEqual([422, 'schema-violation'])
    const pointers = faultsOf(answer).map((fault) => fault.pointer)
    expect(pointers).toContain('/data/code')
    expect(pointers).toContain('/data/step')
    expect(answer.text).not.toContain('001200000001')
  })

  it('refuses an unknown type', async () => {
    const answer = await submit(JSON.stringify(anEvent({ id: freshId(), type: 'vn.unknown' })))
    expect([answer.status, answer.json.code]).toEqual([422, 'type-unknown'])
  })

  it('refuses query parameters', async () => {
    const body = JSON.stringify(anEvent())
    const answer = await api.ask('POST', '/api/v1/messages?dryRun=1', {
      key,
      headers: structured,
      body,
    })
    expect([answer.status, answer.json.code]).toEqual([400, 'request-invalid'])
    expect(faultsOf(answer)[0]?.pointer).toBe('/dryRun')
  })

  it('answers 503 with Retry-After while the store is away', async () => {
    api.hub.world.storeAway = true
    const answer = await submit(JSON.stringify(anEvent({ id: freshId() })))
    api.hub.world.storeAway = false
    expect([answer.status, answer.json.code]).toEqual([503, 'store-unavailable'])
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  })
}

function documentation() {
  it('shows an example that the real schemas take', () => {
    const registry = createSchemaRegistry([
      fileURLToPath(new URL('../../../../schemas', import.meta.url)),
    ])
    const [, text = ''] = /-d '(.*)'$/s.exec(intakeExample) ?? []
    const event = JSON.parse(text) as { type: string; data: { code: string }; subject: string }
    expect(registry.validate('cloudevents/event/v1', event)).toEqual([])
    expect(registry.validateMessage(event.type, event.data)).toEqual([])
    expect(event.subject).toBe(event.data.code)
  })
}

describe('intake', () => {
  beforeAll(async () => {
    api = await startApi()
    key = api.hub.key('messages:write')
  })
  afterAll(() => api.close())

  accepting()
  mediaTypes()
  attributes()
  refusals()
  documentation()
})
