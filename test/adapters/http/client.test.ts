import { gzipSync } from 'node:zlib'
import nock from 'nock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHttpClient, type SystemHttpClient } from '../../../src/adapters/http/client.ts'
import type { HttpRequest, Outgoing } from '../../../src/connector/index.ts'
import { thrownOutcome } from '../../support/outcome.ts'

const origin = 'https://adapter.example.test'
const signal = new AbortController().signal
/** Tests may send what no schema has seen. */
const outgoing = <T>(value: T): Outgoing<T> => value as Outgoing<T>

let client: SystemHttpClient

const get = (path = '/', more: Partial<HttpRequest> = {}) =>
  client.request({ method: 'GET', url: origin + path, signal, ...more })
const post = (body: NonNullable<HttpRequest['body']>, more: Partial<HttpRequest> = {}) =>
  client.request({ method: 'POST', url: `${origin}/mapi/g`, body, signal, ...more })

beforeEach(() => {
  nock.disableNetConnect()
  client = createHttpClient({
    allowedOrigins: [origin],
    timeoutMs: 1000,
    maxResponseBytes: 1000,
  })
})

afterEach(() => {
  client.close()
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
  nock.enableNetConnect()
})

describe('client', () => {
  it('sends an object as JSON in UTF-8, byte for byte', async () => {
    let sent: { headers: Record<string, unknown>; body: unknown } | undefined
    nock(origin)
      .post('/XrdAdapter/RestService/forward/mapi/g')
      .query({ dstcode: 'VN:GOV:000.00.00.G22:vpcpdvcprovider' })
      .reply(function (_path, body) {
        sent = { headers: this.req.headers, body }
        return [200, { error_code: '0', message: 'Thành công' }]
      })
    const body = { session: 'phiên-thử', data: [{ ChuHoSo: 'Nguyễn Thị Thử Nghiệm' }] }
    const response = await client.request({
      method: 'POST',
      url: `${origin}/XrdAdapter/RestService/forward/mapi/g?dstcode=VN:GOV:000.00.00.G22:vpcpdvcprovider`,
      headers: { Charset: 'utf-8' },
      body: outgoing(body),
      signal,
    })
    expect(response.json()).toEqual({ error_code: '0', message: 'Thành công' })
    expect(sent?.body).toEqual(body)
    expect(sent?.headers).toMatchObject({
      host: 'adapter.example.test',
      accept: 'application/json',
      charset: 'utf-8',
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(JSON.stringify(body))),
      'user-agent': 'lien-thong-hub',
    })
    expect(sent?.headers).not.toHaveProperty('transfer-encoding')
  })

  it('adds a query to the one in the address, percent-encoded', async () => {
    let path = ''
    nock(origin)
      .get('/ho-so')
      .query(true)
      .reply(function () {
        path = this.req.path
        return [200, '']
      })
    await get('/ho-so?a=1', { query: { ma: 'H99.14/01', ten: 'Hồ sơ & lệ phí' } })
    expect(path).toBe(
      '/ho-so?a=1&ma=H99.14%2F01&ten=H%E1%BB%93%20s%C6%A1%20%26%20l%E1%BB%87%20ph%C3%AD',
    )
  })

  it('sends text and bytes as they are, with the type the connector says', async () => {
    const text = '<đơn>Hồ sơ</đơn>'
    nock(origin, { reqheaders: { 'content-type': 'text/xml' } })
      .post('/mapi/g', text)
      .reply(200)
    await post(outgoing(text), { headers: { 'Content-Type': 'text/xml' } })

    const bytes = Uint8Array.of(0, 255, 10)
    nock(origin, { reqheaders: { 'content-type': 'application/octet-stream' } })
      .post('/mapi/g', (body) => body === '00ff0a')
      .reply(200)
    await post(outgoing(bytes))
  })

  it('returns any complete answer, whatever its status, and follows no redirect', async () => {
    nock(origin).get('/').reply(302, 'đi nơi khác', { Location: 'https://elsewhere.example.test/' })
    const moved = await get()
    expect(moved).toMatchObject({
      status: 302,
      headers: { location: 'https://elsewhere.example.test/' },
    })
    expect(moved.text()).toBe('đi nơi khác')
    nock(origin).get('/').reply(500)
    expect(await get()).toMatchObject({ status: 500 })
    nock(origin).get('/').reply(204)
    expect((await get()).bytes).toHaveLength(0)
  })

  it('joins repeated cookies', async () => {
    nock(origin)
      .get('/')
      .reply(200, '', { 'Set-Cookie': ['a=1', 'b=2'] })
    expect((await get()).headers['set-cookie']).toBe('a=1, b=2')
  })

  it('takes a byte order mark for no part of the JSON', async () => {
    nock(origin).get('/').reply(200, '\ufeff{"message":"được"}')
    expect((await get()).json()).toEqual({ message: 'được' })
  })

  it.each([
    ['HTML', '<!DOCTYPE html><p>Bảo trì</p>'],
    ['half of a document', '{"error_code":'],
    ['nothing', ''],
    ['another encoding', Buffer.from([0x22, 0xe0, 0xb4, 0x22])],
  ])('takes %s for no answer where JSON is expected', async (_name, body) => {
    nock(origin).get('/').reply(200, body)
    const response = await get()
    const outcome = await thrownOutcome(Promise.resolve().then(() => response.json()))
    expect(outcome).toMatchObject({
      kind: 'unknown',
      code: 'answer-invalid',
      evidence: { httpStatus: 200 },
    })
    expect(JSON.stringify(outcome.detail)).not.toContain('Bảo trì')
  })

  it('unpacks answers of gateways that compress unasked, within the limit', async () => {
    const encoded = { 'Content-Encoding': 'gzip' }
    nock(origin).get('/').reply(200, gzipSync('{"ok":"được"}'), encoded)
    expect((await get()).json()).toEqual({ ok: 'được' })

    nock(origin)
      .get('/')
      .reply(200, gzipSync(Buffer.alloc(100_000)), encoded)
    expect(await thrownOutcome(get())).toMatchObject({ kind: 'unknown', code: 'answer-too-large' })
    nock(origin).get('/').reply(200, Buffer.from('not gzip'), encoded)
    expect(await thrownOutcome(get())).toMatchObject({ kind: 'unknown', code: 'answer-invalid' })
    nock(origin).get('/').reply(200, Buffer.from('{}'), { 'Content-Encoding': 'constructor' })
    expect(await thrownOutcome(get())).toMatchObject({ kind: 'unknown', code: 'answer-invalid' })
  })

  it('counts the bytes of bodies both ways', async () => {
    nock(origin).post('/mapi/g').reply(200, 'năm')
    await post(outgoing('một hai'))
    expect(client.counters()).toEqual({
      requests: 1,
      sentBytes: Buffer.byteLength('một hai'),
      receivedBytes: Buffer.byteLength('năm'),
    })
  })
})

describe('client: what it does not do', () => {
  it.each([
    'data:application/json,{}',
    'file:///etc/hostname',
    'ftp://adapter.example.test/',
    'http://adapter.example.test/',
    'https://adapter.example.test:8443/',
    'https://adapter.example.test.evil.test/',
    'https://adapter.example.test@evil.test/',
    'https://user:secret@adapter.example.test/',
    '/mapi/g',
    '',
  ])('refuses the address %s', async (url) => {
    const outcome = await thrownOutcome(client.request({ method: 'GET', url, signal }))
    expect(outcome).toMatchObject({ kind: 'permanent', code: 'address-forbidden' })
    expect(JSON.stringify(outcome)).not.toMatch(/secret|hostname/)
    expect(client.counters().requests).toBe(0)
  })

  it('lets no header split the request, and no connector touch the framing', async () => {
    const split = get('/', { headers: { 'X-Ma': 'a\r\nX-Admin: 1' } })
    expect(await thrownOutcome(split)).toMatchObject({ kind: 'permanent', code: 'mapping-failed' })
    const wide = get('/', { headers: { 'X-Ten': 'Nguyễn' } })
    expect(await thrownOutcome(wide)).toMatchObject({ kind: 'permanent', code: 'mapping-failed' })
    await expect(get('/', { headers: { 'Transfer-Encoding': 'chunked' } })).rejects.toThrow(
      /does not set/,
    )
  })

  it('sends no half character', async () => {
    const half = '\ud83d'
    const expected = { kind: 'permanent', code: 'mapping-failed' }
    expect(await thrownOutcome(post(outgoing(half)))).toMatchObject(expected)
    expect(await thrownOutcome(get('/', { query: { a: half } }))).toMatchObject(expected)
  })

  it('takes no proxy from the environment', async () => {
    const before = { ...process.env }
    Object.assign(process.env, {
      HTTP_PROXY: 'http://127.0.0.1:9',
      HTTPS_PROXY: 'http://127.0.0.1:9',
      https_proxy: 'http://127.0.0.1:9',
    })
    try {
      nock(origin).get('/').reply(200, 'direct')
      expect((await get()).text()).toBe('direct')
    } finally {
      process.env = before
    }
  })
})
