import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorld, messageId, purgedId } from '../../../support/fake-world.ts'
import { type Api, startApi } from '../../../support/http-api.ts'

let api: Api
const get = (path: string, ...scopes: string[]) =>
  api.ask('GET', path, { key: api.hub.key(...scopes) })

describe('messages', () => {
  beforeAll(async () => {
    api = await startApi({ world: aWorld() })
  })
  afterAll(() => api.close())

  it('shows the state of a message without its content', async () => {
    const answer = await get(`/api/v1/messages/${messageId}`, 'messages:read')
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({
      id: messageId,
      deliveries: [{ id: '12.3', state: 'dead' }],
    })
    expect(answer.text).not.toContain('Nguyễn')
  })

  it('shows the content as a CloudEvent, and tells the log who asked', async () => {
    const answer = await get(`/api/v1/messages/${messageId}/body`, 'personal-data:read')
    expect(answer.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8')
    expect(answer.json).toMatchObject({
      specversion: '1.0',
      id: 'e-1',
      data: { note: 'Nguyễn Thị Thử' },
    })
    expect(api.hub.lines.at(-1)).toMatchObject({
      event: 'request.served',
      fields: { operation: 'readMessageBody', client: expect.stringContaining('client-') },
    })
    expect(JSON.stringify(api.hub.lines)).not.toContain('Nguyễn')
  })

  it('has no content of a purged message, and nothing of an unknown one', async () => {
    const unknown = messageId.replace(/1$/, '7')
    expect((await get(`/api/v1/messages/${purgedId}/body`, 'admin')).json.code).toBe('not-found')
    expect((await get(`/api/v1/messages/${unknown}`, 'admin')).json.code).toBe('not-found')
  })

  it('shows a dossier by a code with letters of any script', async () => {
    api.hub.world.dossiers = api.hub.world.dossiers.map((one) => ({ ...one, code: 'Hồ sơ/1' }))
    const answer = await get(`/api/v1/dossiers/${encodeURIComponent('Hồ sơ/1')}`, 'messages:read')
    expect([answer.status, answer.json.code]).toEqual([200, 'Hồ sơ/1'])
  })

  it('hands out the schema of a type with every schema it refers to', async () => {
    const answer = await get('/api/v1/types/vn.tthc.dossier.progressed.v1')
    expect(Object.keys(answer.json.references as object)).toEqual([
      'https://lien-thong.example/schemas/test/dossier/v1',
    ])
    expect((await get('/api/v1/types/nothing')).json.code).toBe('not-found')
  })
})
