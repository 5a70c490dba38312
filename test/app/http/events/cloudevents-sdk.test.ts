import { CloudEvent, emitterFor, HTTP, Mode } from 'cloudevents'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, batch, startApi } from '../../../support/http-api.ts'

let api: Api
let key: string

const anEvent = (id: string) =>
  new CloudEvent({
    id,
    source: 'urn:h99:mot-cua',
    type: 'vn.tthc.dossier.progressed.v1',
    subject: 'H99.12-261122-0001',
    time: '2026-11-22T08:30:00+07:00',
    data: { code: 'H99.12-261122-0001', step: 'Trả kết quả' },
  })

/** Sends what the SDK has made, as the SDK's users do. */
async function post(headers: Record<string, string>, body: string) {
  const answer = await api.ask('POST', '/api/v1/messages', { key, headers, body })
  return answer.status
}
const keptOf = (id: string) => api.hub.accepted.find(({ attributes }) => attributes.eventId === id)

describe('cloudevents-sdk', () => {
  beforeAll(async () => {
    api = await startApi()
    key = api.hub.key('messages:write')
  })
  afterAll(() => api.close())

  it('takes what the SDK sends in structured mode', async () => {
    const message = HTTP.structured(anEvent('sdk-1'))
    expect(await post(message.headers as Record<string, string>, String(message.body))).toBe(202)
    expect(keptOf('sdk-1')?.data).toEqual({ code: 'H99.12-261122-0001', step: 'Trả kết quả' })
  })

  it('takes what the SDK sends in binary mode', async () => {
    const message = HTTP.binary(anEvent('sdk-2'))
    expect(await post(message.headers as Record<string, string>, String(message.body))).toBe(202)
    expect(keptOf('sdk-2')?.mode).toBe('binary')
    expect(keptOf('sdk-2')?.attributes.subject).toBe('H99.12-261122-0001')
  })

  it('takes a batch of the events of the SDK', async () => {
    const events = [anEvent('sdk-3'), anEvent('sdk-4')]
    expect(await post(batch, JSON.stringify(events))).toBe(202)
    expect(keptOf('sdk-4')).toBeDefined()
  })

  it.each([Mode.STRUCTURED, Mode.BINARY])('works with an emitter in %s mode', async (mode) => {
    const emit = emitterFor(
      async (message) => post(message.headers as Record<string, string>, String(message.body)),
      { mode },
    )
    expect(await emit(anEvent(`sdk-emit-${mode}`))).toBe(202)
  })

  it('gives a body that the SDK reads back', async () => {
    const reader = api.hub.key('personal-data:read')
    const id = '01938f5e-0000-7000-8000-000000000009'
    api.hub.world.messages = [
      {
        id,
        source: 'urn:h99:mot-cua',
        eventId: 'sdk-5',
        type: 'vn.tthc.dossier.progressed.v1',
        subject: 'H99.1',
        time: '2026-11-22T08:30:00+07:00',
        acceptedAt: '2026-11-22T01:30:00.000Z',
        client: 'mot-cua',
        size: 1,
        sha256: 'b'.repeat(64),
        bodyPurged: false,
        deliveries: [],
      },
    ]

    const answer = await api.ask('GET', `/api/v1/messages/${id}/body`, { key: reader })

    const event = HTTP.toEvent({ headers: answer.headers, body: answer.text })
    expect(event).toMatchObject({ id: 'sdk-5', subject: 'H99.1', data: { code: 'H99.1' } })
  })
})
