import { request as httpRequest } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Door, DoorRequest, DoorResponse } from '../../../../src/connector/door.ts'
import { permanent } from '../../../../src/connector/errors.ts'
import { type Api, anEvent, startApi } from '../../../support/http-api.ts'
import { waitUntil } from '../../../support/wait.ts'

let api: Api
let seen: DoorRequest | undefined
let answerWith: (request: DoorRequest, signal: AbortSignal) => Promise<DoorResponse>

const door = (changes: Partial<Door>): Door => ({
  method: 'POST',
  path: '/search/call',
  title: { vi: 'Cửa thử', en: 'A door' },
  maxBytes: 1000,
  handle(request, signal) {
    seen = request
    return answerWith(request, signal)
  },
  ...changes,
})

const mount = (...doors: Door[]) => {
  api.hub.world.doors = doors.map((one) => ({ system: 'tthc', door: one, trusted: [] }))
}
const trust = (...cidrs: string[]) => {
  const trusted = cidrs.map((cidr) => ({ cidr, client: 'mot-cua' }))
  api.hub.world.doors = api.hub.world.doors.map((row) => ({ ...row, trusted }))
}
const post = (path: string, options: Parameters<Api['ask']>[2] = {}) =>
  api.ask('POST', `/doors/tthc${path}`, { key: api.hub.key('doors:tthc'), ...options })

function routes() {
  it('hands parameters, query, headers and body to the door, but not the key', async () => {
    mount(door({ path: '/file/:id' }))

    await post('/file/H%E1%BB%93%20s%C6%A1?a=1&a=2', { body: '{"x":1}', headers: { 'x-own': 'y' } })

    expect(seen?.parameters).toEqual({ id: 'Hồ sơ' })
    expect(seen?.query.getAll('a')).toEqual(['1', '2'])
    expect(seen?.json()).toEqual({ x: 1 })
    expect(seen?.headers['x-own']).toBe('y')
    expect(seen?.headers.authorization).toBeUndefined()
  })

  it.each(['/search/call', '/SEARCH/Call', '/search/call/'])(
    'finds the door at %s',
    async (path) => {
      mount(door({}))
      expect((await post(path)).status).toBe(200)
    },
  )

  it.each(['/search', '/search/call/x', '/', '', '/search%2Fcall'])(
    'knows no door at %s',
    async (path) => {
      mount(door({}))
      expect((await post(path)).json.code).toBe('not-found')
    },
  )

  it('answers 405 with the methods of the doors at this path', async () => {
    mount(door({}), door({ method: 'GET' }))
    const answer = await api.ask('PUT', '/doors/tthc/search/call', { key: api.hub.key('admin') })
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST, GET'])
  })

  it('looks the doors up anew for every request', async () => {
    mount()
    expect((await post('/search/call')).status).toBe(404)
    mount(door({}))
    expect((await post('/search/call')).status).toBe(200)
    mount()
    expect((await post('/search/call')).status).toBe(404)
  })

  it('refuses a body over the limit of the door, and a compressed one', async () => {
    mount(door({}))
    expect((await post('/search/call', { body: 'x'.repeat(1001) })).json.code).toBe(
      'body-too-large',
    )
    const zipped = await post('/search/call', {
      headers: { 'content-encoding': 'gzip' },
      body: 'x',
    })
    expect(zipped.status).toBe(415)
  })

  it('lets parameters of the other system be called token, but no key of ours be in the address', async () => {
    mount(door({}))
    expect((await post('/search/call?token=abc')).status).toBe(200)
    expect((await post('/search/call?token=hub_live_abcd')).json.code).toBe('key-in-url')
  })
}

function callers() {
  const basic = (key: string) => ({
    authorization: `Basic ${Buffer.from(`any:${key}`).toString('base64')}`,
  })
  const ask = (headers: Record<string, string>) =>
    api.ask('POST', '/doors/tthc/search/call', { headers })

  it('takes a key in X-Api-Key and as the password of HTTP Basic', async () => {
    mount(door({}))
    expect((await ask({ 'x-api-key': api.hub.key('doors:tthc') })).status).toBe(200)
    expect((await ask(basic(api.hub.key('doors:tthc')))).status).toBe(200)
  })

  it('refuses no key, a wrong key, and a key for other doors', async () => {
    mount(door({}))
    expect((await ask({})).json.code).toBe('key-missing')
    expect((await ask(basic('nonsense'))).json.code).toBe('key-invalid')
    const other = await ask({ 'x-api-key': api.hub.key('doors:dvcqg', 'messages:write') })
    expect([other.status, other.json.code]).toEqual([403, 'scope-missing'])
  })

  it('lets a trusted address in without a key, and shows it the credentials of the other system', async () => {
    mount(door({}))
    trust('10.0.0.0/8', '127.0.0.0/8')
    expect((await ask({})).status).toBe(200)
    expect((await ask({ authorization: 'Basic bW90Y3VhOm1hdGtoYXU=' })).status).toBe(200)
    expect(seen?.headers.authorization).toBe('Basic bW90Y3VhOm1hdGtoYXU=')
  })

  it('does not believe X-Forwarded-For', async () => {
    mount(door({}))
    trust('192.0.2.0/24')
    expect((await ask({ 'x-forwarded-for': '192.0.2.1' })).status).toBe(401)
  })

  it('believes it from a proxy that the operator named, up to the first stranger', async () => {
    await api.close()
    api = await startApi({ trustedProxies: ['127.0.0.1'] })
    mount(door({}))
    trust('192.0.2.0/24')
    expect((await ask({ 'x-forwarded-for': '198.51.100.7, 192.0.2.1' })).status).toBe(200)
    expect((await ask({ 'x-forwarded-for': '192.0.2.1, 198.51.100.7' })).status).toBe(401)
  })

  it('does not let a key without the right fall back to the address', async () => {
    mount(door({}))
    trust('127.0.0.1')
    expect((await ask({ 'x-api-key': api.hub.key('messages:read') })).status).toBe(403)
  })

  it('accepts messages as the client of the caller', async () => {
    mount(door({}))
    trust('127.0.0.1')
    const { id: eventId, specversion: _, datacontenttype: __, ...rest } = anEvent({ id: 'door-1' })
    let results: unknown
    answerWith = async (request) => {
      results = await request.accept([{ ...rest, eventId }])
      return { status: 200, body: 'OK' }
    }
    expect((await ask({})).text).toBe('OK')
    expect(results).toMatchObject([{ ok: true, receipt: { duplicate: false } }])
    expect(api.hub.accepted[0]?.attributes.eventId).toBe('door-1')
  })
}

function answers() {
  it('answers in the words of the door, under the safety headers of the hub', async () => {
    mount(door({}))
    answerWith = async () => ({
      status: 207,
      headers: {
        'Content-Type': 'text/xml',
        'X-Own': '1',
        'Set-Cookie': 'a=b',
        'Cache-Control': 'public',
      },
      body: '<ok/>',
    })
    const answer = await post('/search/call')
    expect([answer.status, answer.text]).toEqual([207, '<ok/>'])
    expect(answer.headers).toMatchObject({
      'content-type': 'text/xml',
      'x-own': '1',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('streams a body', async () => {
    mount(door({}))
    answerWith = async () => ({
      status: 200,
      headers: { 'content-type': 'application/pdf' },
      body: (async function* () {
        for (let part = 0; part < 20; part += 1) yield Buffer.alloc(50_000, 65 + part)
      })(),
    })
    const answer = await post('/search/call')
    expect(answer.text).toHaveLength(1_000_000)
    expect(answer.text.at(-1)).toBe('T')
    expect(answer.headers['content-type']).toBe('application/pdf')
  })

  it('cuts the line when a streamed body breaks off, so that half is not taken for whole', async () => {
    mount(door({}))
    answerWith = async () => ({
      status: 200,
      body: (async function* () {
        yield Buffer.alloc(100_000)
        throw new Error('the disk is gone')
      })(),
    })
    await expect(post('/search/call')).rejects.toThrow()
    expect(api.hub.lines.at(-1)).toMatchObject({ level: 'error', event: 'request.failed' })
  })

  it('turns what a door throws into a problem', async () => {
    mount(door({}))
    answerWith = () => Promise.reject(permanent('target-rejected'))
    expect((await post('/search/call')).json.code).toBe('target-rejected')
    answerWith = () => Promise.reject(new Error('secret'))
    const bug = await post('/search/call')
    expect([bug.status, bug.json.code]).toEqual([500, 'bug'])
    expect(bug.text).not.toContain('secret')
    answerWith = async (request) => ({ status: 200, body: String(request.json()) })
    expect((await post('/search/call', { body: '{"a":1,"a":2}' })).json.code).toBe(
      'json-duplicate-key',
    )
  })

  it('aborts when the caller goes away', async () => {
    mount(door({}))
    let signal: AbortSignal | undefined
    answerWith = (_, given) => {
      signal = given
      return new Promise((_resolve, reject) =>
        given.addEventListener('abort', () => reject(new Error('aborted'))),
      )
    }
    const headers = { authorization: `Bearer ${api.hub.key('doors:tthc')}` }
    const path = '/doors/tthc/search/call'
    const outgoing = httpRequest({
      port: api.port,
      host: '127.0.0.1',
      method: 'POST',
      path,
      headers,
    })
    outgoing.on('error', () => undefined)
    outgoing.end()
    await waitUntil('the door is asked', () => signal)

    outgoing.destroy()

    await waitUntil('the signal', () => signal?.aborted)
  })
}

describe('serve-door', () => {
  beforeEach(async () => {
    api = await startApi()
    seen = undefined
    answerWith = async () => ({ status: 200, body: 'OK' })
  })
  afterEach(() => api.close())

  routes()
  callers()
  answers()
})
