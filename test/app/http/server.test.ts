import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { closeServer, type ServerOptions } from '../../../src/app/http/server.ts'
import { firstFileId } from '../../support/fake-hub.ts'
import { type Api, anEvent, startApi, structured } from '../../support/http-api.ts'
import { waitUntil } from '../../support/wait.ts'

const apis: Api[] = []
const start = async (options: Partial<ServerOptions> = {}): Promise<Api> => {
  const api = await startApi(options)
  apis.push(api)
  return api
}

/** Speaks HTTP by hand: everything the server said until it closed the line, and how to say more. */
function speak(api: Api, text: string) {
  const socket: Socket = connect(api.port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('utf8')
  })
  socket.on('error', () => undefined)
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(heard)))
  socket.write(text)
  return { socket, closed, heard: () => heard }
}

const head = (api: Api, key: string, ...headers: string[]) =>
  [
    'POST /api/v1/messages HTTP/1.1',
    `Host: 127.0.0.1:${api.port}`,
    `Authorization: Bearer ${key}`,
    'Content-Type: application/cloudevents+json',
    ...headers,
    '',
    '',
  ].join('\r\n')

const expectProblem = (answer: string, status: number, code: string) => {
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(answer).toContain(`"code":"${code}"`)
  for (const part of ['application/problem+json', 'nosniff', 'no-store', "default-src 'none'"])
    expect(answer).toContain(part)
}

function sizes() {
  it('refuses a body by its Content-Length before a byte of it has come', async () => {
    const api = await start({ limits: { bodyBytes: 1000 } })
    const { closed, socket } = speak(api, head(api, api.hub.key('admin'), 'Content-Length: 1001'))
    socket.end()
    expectProblem(await closed, 413, 'body-too-large')
  })

  it('refuses a streamed body as soon as it passes the limit, and says so before it cuts the line', async () => {
    const api = await start({ limits: { bodyBytes: 100_000 } })
    const { closed, socket, heard } = speak(
      api,
      head(api, api.hub.key('admin'), 'Transfer-Encoding: chunked'),
    )
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`
    const pump = () => {
      while (socket.writable && heard() === '' && socket.write(chunk));
    }
    socket.on('drain', pump)
    pump()
    const answer = await waitUntil('an answer', heard, (text) => text.includes('"code"'))
    expectProblem(answer, 413, 'body-too-large')
    expect(answer.toLowerCase()).toContain('connection: close')
    socket.end()
    await closed
  })

  it('takes a body of exactly the limit', async () => {
    const body = JSON.stringify(anEvent())
    const api = await start({ limits: { bodyBytes: Buffer.byteLength(body) } })
    const key = api.hub.key('admin')
    expect(
      (await api.ask('POST', '/api/v1/messages', { key, headers: structured, body })).status,
    ).toBe(202)
  })

  it('refuses a body of 5 MB and one byte by default', async () => {
    const api = await start()
    const body = Buffer.alloc(5 * 1024 * 1024 + 1, 0x20)
    const key = api.hub.key('admin')
    const answer = await api.ask('POST', '/api/v1/messages', { key, headers: structured, body })
    expect([answer.status, answer.json.code]).toEqual([413, 'body-too-large'])
  })

  it('bounds the memory of all bodies together', async () => {
    const api = await start({ limits: { bodiesBytesAtOnce: 50_000 } })
    const key = api.hub.key('admin')
    const slow = speak(api, `${head(api, key, 'Content-Length: 60000')}${'x'.repeat(40_000)}`)
    await waitUntil('the other body is being read', async () => {
      const body = JSON.stringify(anEvent({ data: 'x'.repeat(20_000) }))
      const answer = await api.ask('POST', '/api/v1/messages', { key, headers: structured, body })
      return answer.json.code === 'rate-limited' && answer.headers['retry-after'] === '1'
    })
    slow.socket.destroy()
    await slow.closed
    await waitUntil('the memory is free again', async () => {
      const body = JSON.stringify(anEvent({ data: 'x'.repeat(20_000) }))
      const answer = await api.ask('POST', '/api/v1/messages', { key, headers: structured, body })
      return answer.json.code === 'schema-violation'
    })
  })

  it('refuses headers that are too large with 431', async () => {
    const api = await start()
    const { closed } = speak(api, head(api, 'k', `X-Long: ${'x'.repeat(20_000)}`))
    expectProblem(await closed, 431, 'headers-too-large')
  })

  it('refuses too many headers instead of dropping some', async () => {
    const api = await start({ limits: { headerCount: 20 } })
    const headers = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`x-${n}`, '1']))
    const answer = await api.ask('GET', '/livez', { headers })
    expect([answer.status, answer.json.code]).toEqual([431, 'headers-too-large'])
  })
}

function slowness() {
  it('cuts off headers that drip, with 408', async () => {
    const api = await start({ limits: { headersTimeoutMs: 100, requestTimeoutMs: 1000 } })
    const { closed, socket } = speak(api, 'GET /livez HTTP/1.1\r\nHost: a\r\n')
    const drip = setInterval(() => socket.write('X-A: 1\r\n'), 20)
    const answer = await closed
    clearInterval(drip)
    expectProblem(answer, 408, 'request-timeout')
  })

  it('cuts off a body that drips, and serves others meanwhile', async () => {
    const api = await start({ limits: { headersTimeoutMs: 100, requestTimeoutMs: 200 } })
    const { closed, socket } = speak(api, head(api, api.hub.key('admin'), 'Content-Length: 1000'))
    const drip = setInterval(() => socket.write('x'), 20)
    expect((await api.ask('GET', '/livez')).status).toBe(200)
    const answer = await closed
    clearInterval(drip)
    expectProblem(answer, 408, 'request-timeout')
    expect(api.hub.lines.some(({ event }) => event === 'request.failed')).toBe(true)
  })

  it('closes a connection that stays idle', async () => {
    const api = await start({ limits: { keepAliveTimeoutMs: 50 } })
    const { closed } = speak(api, 'GET /livez HTTP/1.1\r\nHost: a\r\n\r\n')
    expect(await closed).toContain('200 OK')
  })
}

function grammar() {
  it.each([
    [
      'both lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    ['a space before the colon', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n'],
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a control character in a header', 'GET / HTTP/1.1\r\nHost: a\r\nX: \u0001\r\n\r\n'],
  ])('refuses %s with 400 and closes', async (_, text) => {
    const api = await start()
    expectProblem(await speak(api, text).closed, 400, 'request-invalid')
  })

  it('refuses HTTP/1.1 without Host in words of its own', async () => {
    const api = await start()
    const { closed, socket } = speak(api, 'GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n')
    expectProblem(await closed, 400, 'request-invalid')
    socket.destroy()
  })

  it('tells a sender who asks first to go on, unless the body is too large', async () => {
    const api = await start({ limits: { bodyBytes: 1000 } })
    const key = api.hub.key('admin')
    const body = JSON.stringify(anEvent())
    const expect100 = ['Expect: 100-continue', 'Connection: close']

    const good = speak(
      api,
      head(api, key, ...expect100, `Content-Length: ${Buffer.byteLength(body)}`),
    )
    await waitUntil('100', good.heard, (text) => text.includes('100 Continue'))
    good.socket.write(body)
    expect(await good.closed).toContain('202 Accepted')

    const large = speak(api, head(api, key, ...expect100, 'Content-Length: 1001'))
    large.socket.on('data', () => large.socket.end())
    const answer = await large.closed
    expect(answer).not.toContain('100 Continue')
    expectProblem(answer, 413, 'body-too-large')
  })
}

function ending() {
  it('finishes what is under way when it closes, and takes nothing new', async () => {
    const api = await start()
    const body = JSON.stringify(anEvent())
    const { closed, socket } = speak(
      api,
      head(api, api.hub.key('admin'), `Content-Length: ${Buffer.byteLength(body)}`),
    )
    await waitUntil('the request has arrived', () => {
      return new Promise<number>((resolve) =>
        api.server.getConnections((_, count) => resolve(count)),
      )
    })
    socket.write(body.slice(0, 10))
    await api.ask('GET', '/livez')

    const closing = closeServer(api.server, 5000)
    socket.write(body.slice(10))

    const answer = await closed
    expect(answer).toContain('202 Accepted')
    expect(answer.toLowerCase()).toContain('connection: close')
    await closing
    await expect(api.ask('GET', '/livez')).rejects.toThrow('ECONNREFUSED')
  })

  it('cuts what is not done at the deadline', async () => {
    const api = await start()
    const { closed } = speak(api, head(api, api.hub.key('admin'), 'Content-Length: 1000'))
    await waitUntil('the request has arrived', () => {
      return new Promise<number>((resolve) =>
        api.server.getConnections((_, count) => resolve(count)),
      )
    })
    await closeServer(api.server, 50)
    expect(await closed).toBe('')
  })
}

function rates() {
  it('tells the limit with every answer and refuses what is over it, client by client', async () => {
    const api = await start({ rate: { burst: 3, perSecond: 0.001 } })
    const [one, other] = [api.hub.key('systems:read'), api.hub.key('systems:read')]

    const answers = []
    for (let count = 0; count < 4; count += 1)
      answers.push(await api.ask('GET', '/api/v1/systems', { key: one }))

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    expect(answers[0]?.headers['ratelimit-policy']).toBe('"requests";q=3;w=3000')
    expect(answers[0]?.headers.ratelimit).toMatch(/^"requests";r=2;t=\d+$/)
    expect(answers[3]?.json.code).toBe('rate-limited')
    expect(Number(answers[3]?.headers['retry-after'])).toBeGreaterThan(0)
    expect(answers[3]?.headers.ratelimit).toMatch(/^"requests";r=0;/)
    expect((await api.ask('GET', '/api/v1/systems', { key: other })).status).toBe(200)
  })

  const linkTo = (seconds: number) =>
    `/files/1.${Buffer.from(`${seconds} ${firstFileId}`).toString('base64url')}`
  /** With one file, so that there is something behind a link. */
  const startWithFile = async (options: Partial<ServerOptions>) => {
    const api = await start(options)
    async function* content() {
      yield Buffer.from('%PDF-1.4\n')
    }
    await api.hub.files.keep({ content: content(), name: 'don.pdf' }, 'client-1')
    return api
  }
  const slow = (burst: number) => ({ burst, perSecond: 0.001 })
  const from = (...addresses: string[]) => ({
    headers: { 'x-forwarded-for': addresses.join(', ') },
  })

  it('holds a link back that is fetched too often, and says for how long', async () => {
    const linkRates = { address: slow(100), token: slow(2) }
    const api = await startWithFile({ linkRates })
    const fetchIt = (link = linkTo(99_999_999_999)) => api.ask('GET', link)
    expect([(await fetchIt()).status, (await fetchIt()).status]).toEqual([200, 200])
    const held = await fetchIt()
    expect([held.status, held.json.code]).toEqual([429, 'rate-limited'])
    expect(Number(held.headers['retry-after'])).toBeGreaterThan(0)
    expect((await fetchIt(linkTo(99_999_999_998))).status).toBe(200)
    expect((await api.ask('HEAD', linkTo(99_999_999_999))).status).toBe(429)
  })

  it('holds back an address that guesses at links, whatever it says of others', async () => {
    const api = await start({ linkRates: { address: slow(3), token: slow(100) } })
    const guess = (n: number) => api.ask('GET', linkTo(n), from(`203.0.113.${n}`))
    const answers = []
    for (const n of [1, 2, 3, 4, 5]) answers.push((await guess(n)).status)
    expect(answers).toEqual([410, 410, 410, 429, 429])
    // Who has a key is not held back by that.
    const key = api.hub.key('systems:read')
    expect((await api.ask('GET', '/api/v1/systems', { key })).status).toBe(200)
  })

  it('tells addresses apart behind a proxy that is trusted, and believes no more of the chain', async () => {
    const linkRates = { address: slow(1), token: slow(100) }
    const api = await startWithFile({ linkRates, trustedProxies: ['127.0.0.1'] })
    const link = linkTo(99_999_999_999)
    const status = async (...chain: string[]) => (await api.ask('GET', link, from(...chain))).status
    expect(await status('203.0.113.1')).toBe(200)
    expect(await status('203.0.113.2')).toBe(200)
    expect(await status('203.0.113.3', '203.0.113.2')).toBe(429)
    expect(await status('2001:db8:1:2::1')).toBe(200)
    expect(await status('2001:db8:1:2:ffff::7')).toBe(429)
    expect(await status('2001:db8:1:3::1')).toBe(200)
  })
}

describe('server', () => {
  afterEach(async () => {
    await Promise.all(apis.splice(0).map((api) => api.close()))
  })

  sizes()
  slowness()
  grammar()
  ending()
  rates()

  it('counts every answered request for the metrics', async () => {
    const served: unknown[] = []
    const api = await start({ onServed: (one) => served.push(one) })
    await api.ask('GET', '/livez')
    await api.ask('GET', '/nowhere')
    expect(served).toEqual([
      {
        operation: 'livez',
        method: 'GET',
        status: 200,
        code: undefined,
        durationMs: expect.any(Number),
      },
      {
        operation: 'unrouted',
        method: 'GET',
        status: 404,
        code: 'not-found',
        durationMs: expect.any(Number),
      },
    ])
  })
})
