/** The bytes on the wire, as a vendor of one-stop software would implement the other side. */
import { readFileSync } from 'node:fs'
import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import type { OutgoingDelivery } from '../../src/connector/index.ts'
import { pullRequest } from '../support/pull-request.ts'
import { createRig, type Rig } from '../support/tthc.ts'

const address = 'https://mot-cua.h99.example'
const steady = new AbortController().signal
const fixture = JSON.parse(
  readFileSync(
    new URL('../../connectors/tthc/fixtures/question.message.json', import.meta.url),
    'utf8',
  ),
)
const { id: eventId, specversion: _, datacontenttype: __, ...event } = fixture
const delivery: OutgoingDelivery = {
  id: '1.1',
  idempotencyKey: 'm-1.abc',
  attempt: 1,
  operation: 'push-question',
  message: { ...event, eventId, id: 'm-1' },
  memo: undefined,
}

let rig: Rig | undefined
afterEach(async () => {
  await rig?.close()
  nock.cleanAll()
})
const rigOf = (more: Readonly<Record<string, unknown>> = {}): Rig => {
  rig = createRig(more, { address })
  return rig
}

describe('connectors/tthc on the wire', () => {
  it('posts a structured CloudEvent under the key, with the configured key header', async () => {
    let seen: unknown
    const scope = nock(address, {
      reqheaders: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'x-lien-thong-key': 'not-a-real-key',
      },
    })
      .post('/nhan', (body) => {
        seen = body
        return true
      })
      .reply(202, { id: 'm-1.abc', status: 'accepted' })

    await rigOf({ eventsPath: '/nhan', apiKeyHeader: 'X-Lien-Thong-Key' }).connector.send?.(
      delivery,
      steady,
    )

    expect(scope.isDone()).toBe(true)
    expect(seen).toEqual({ ...fixture, id: 'm-1.abc', originid: eventId })
  })

  it('asks about a key, and does not take an answer about another key', async () => {
    nock(address)
      .get('/api/lien-thong/v1/events/m-1.abc')
      .reply(200, { id: 'm-1.abc', status: 'applied' })
      .get('/api/lien-thong/v1/events/m-1.abc')
      .reply(200, { id: 'm-2.xyz', status: 'applied' })
    const { connector } = rigOf()

    expect(await connector.confirm?.(delivery, steady)).toBe('applied')
    await expect(connector.confirm?.(delivery, steady)).rejects.toMatchObject({
      outcome: { kind: 'unknown', code: 'answer-invalid' },
    })
  })

  it('asks for a token with the account in the header, then uses it', async () => {
    const scope = nock(address)
      .post('/oauth2/token', 'grant_type=client_credentials')
      .basicAuth({ user: 'ung-dung', pass: 'not-a-real-secret' })
      .reply(200, { access_token: 'token-1', token_type: 'bearer', expires_in: 3600 })
      .post('/api/lien-thong/v1/events')
      .matchHeader('authorization', 'Bearer token-1')
      .reply(200, { id: 'm-1.abc', status: 'duplicate' })
    const { connector } = rigOf({
      auth: 'oauth2',
      clientId: 'ung-dung',
      clientSecret: 'not-a-real-secret',
    })

    const outcome = await connector.send?.(delivery, steady)

    expect(outcome).toEqual({ kind: 'delivered', evidence: { remoteCode: 'duplicate' } })
    expect(scope.isDone()).toBe(true)
  })

  it('asks for changes by key, with the overlap taken off the newest time', async () => {
    const asked: unknown[] = []
    nock(address)
      .get('/api/lien-thong/v1/changes')
      .query((query) => {
        asked.push(query)
        return true
      })
      .times(2)
      .reply(200, { items: [], more: false })
    const { connector } = rigOf({ pageSize: 50 })
    const pull = (cursor: string | undefined) =>
      connector.pull?.(
        pullRequest({
          ...{ operation: 'dossiers', cursor, startedFrom: cursor },
          overlapSeconds: 90,
        }),
        steady,
      )

    await pull(undefined)
    const high = { at: '2026-03-01T08:01:00+07:00', code: 'H99.14-260301-0001' }
    await pull(JSON.stringify({ high, run: 0 }))

    expect(asked).toEqual([
      { limit: '50' },
      { since: '2026-03-01T07:59:30+07:00', after: '', limit: '50' },
    ])
  })
})
