import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import {
  createHttpClient,
  type HttpClientOptions,
  type SystemHttpClient,
} from '../../../src/adapters/http/client.ts'
import type { HttpRequest, HttpResponse, Outgoing } from '../../../src/connector/index.ts'
import { lookBeforeActing } from '../../../src/connector/last-look.ts'
import {
  afterRequest,
  closedPort,
  type FaultServer,
  isWhole,
  startBlackHole,
  startFaultServer,
  wholeAnswer,
} from '../../support/fault-server.ts'
import { thrownOutcome } from '../../support/outcome.ts'
import { startProxy } from '../../support/proxy.ts'

const steady = new AbortController().signal
const body = { ten: 'Nguyễn Văn Kín', soDinhDanh: '000000000001' } as unknown as Outgoing<object>
let closers: (() => unknown)[] = []

const clientOf = (origin: string, options: Partial<HttpClientOptions> = {}): SystemHttpClient => {
  const client = createHttpClient({ allowedOrigins: [origin], timeoutMs: 2000, ...options })
  closers.push(() => client.close())
  return client
}
const serverOf = async (options: Parameters<typeof startFaultServer>[0]): Promise<FaultServer> => {
  const server = await startFaultServer(options)
  closers.push(() => server.close())
  return server
}
const send = (
  client: SystemHttpClient,
  origin: string,
  more: Partial<HttpRequest> = {},
): Promise<HttpResponse> =>
  client.request({ method: 'POST', url: `${origin}/ho-so/bi-mat`, body, signal: steady, ...more })

afterEach(async () => {
  for (const close of closers.reverse()) await close()
  closers = []
})

describe('failure: given up', () => {
  it('never arrives once it has been given up, however late the network lets it through', async () => {
    const arrived: string[] = []
    const target = createServer((request, response) => {
      arrived.push(request.url ?? '')
      response.end('{}')
    })
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
    const proxy = await startProxy((target.address() as AddressInfo).port)
    closers.push(() => proxy.close())
    closers.push(() => target.close())
    const origin = `http://127.0.0.1:${proxy.port}`
    const client = clientOf(origin, { timeoutMs: 300 })
    expect((await send(client, origin)).status).toBe(200)
    proxy.hold('to-server')
    expect(await thrownOutcome(send(client, origin))).toMatchObject({
      kind: 'unknown',
      code: 'answer-timeout',
    })
    // The proxy hears of the reset.
    await new Promise((resolve) => setTimeout(resolve, 50))
    proxy.flow()
    expect((await send(client, origin)).status).toBe(200)
    expect(arrived).toHaveLength(2)
  })
})

describe('failure: the last look', () => {
  it.each([
    ['a new connection', false],
    ['a kept connection', true],
  ])(
    'keeps on %s what may no longer be sent, and says that nothing was written',
    async (_, kept) => {
      const server = await serverOf({
        onData: afterRequest((socket) => socket.write(wholeAnswer('{}'))),
      })
      const client = clientOf(server.origin)
      if (kept) await send(client, server.origin)
      const requests = (): number => server.received().join('').split('POST ').length - 1
      const before = requests()
      let mine = true
      const { signal } = new AbortController()
      lookBeforeActing(signal, () => mine)
      const sending = thrownOutcome(send(client, server.origin, { signal }))
      // The lease goes while the request is on its way to the socket; nobody has been told.
      mine = false
      expect(await sending).toMatchObject({ kind: 'retry', code: 'interrupted' })
      expect(requests()).toBe(before)
      mine = true
      expect((await send(client, server.origin, { signal })).status).toBe(200)
      expect(requests()).toBe(before + 1)
    },
  )
})

describe('failure: nothing was written', () => {
  it('retries when nobody listens', async () => {
    const origin = `http://127.0.0.1:${await closedPort()}`
    expect(await thrownOutcome(send(clientOf(origin), origin))).toMatchObject({
      kind: 'retry',
      code: 'connection-refused',
    })
  })

  it('retries when the name is unknown', async () => {
    const origin = 'http://khong-co.invalid'
    expect(await thrownOutcome(send(clientOf(origin), origin))).toMatchObject({
      kind: 'retry',
      code: 'name-not-resolved',
    })
  })

  it('retries when the connection attempt is never answered', async () => {
    const hole = await startBlackHole()
    closers.push(hole.close)
    const origin = `http://127.0.0.1:${hole.port}`
    const client = clientOf(origin, { connectTimeoutMs: 60 })
    const begun = performance.now()
    expect(await thrownOutcome(send(client, origin))).toMatchObject({
      kind: 'retry',
      code: 'connect-timeout',
    })
    expect(performance.now() - begun).toBeLessThan(500)
    const stop = new AbortController()
    const stopped = thrownOutcome(send(clientOf(origin), origin, { signal: stop.signal }))
    stop.abort()
    expect(await stopped).toMatchObject({ kind: 'retry', code: 'interrupted' })
  })

  it('retries when no connection became free in time, or the wait was interrupted', async () => {
    const server = await serverOf({})
    const client = clientOf(server.origin, { sockets: { max: 1 } })
    const stop = new AbortController()
    const first = thrownOutcome(send(client, server.origin, { timeoutMs: 300 }))
    const second = thrownOutcome(send(client, server.origin, { timeoutMs: 60 }))
    const third = thrownOutcome(send(client, server.origin, { signal: stop.signal }))
    expect(await second).toMatchObject({ kind: 'retry', code: 'connect-timeout' })
    stop.abort()
    expect(await third).toMatchObject({ kind: 'retry', code: 'interrupted' })
    expect(await first).toMatchObject({ kind: 'unknown', code: 'answer-timeout' })
    expect(server.received()).toHaveLength(1)
  })

  it('retries a connection that is reset at once only while it has not written', async () => {
    const server = await serverOf({ onConnection: (socket) => socket.resetAndDestroy() })
    const { kind, code } = await thrownOutcome(send(clientOf(server.origin), server.origin))
    const right = [
      { kind: 'retry', code: 'connection-refused' },
      { kind: 'unknown', code: 'connection-lost' },
    ]
    expect(right).toContainEqual({ kind, code })
    expect(server.received().join('')).toBe('')
  })

  it('does not begin when the signal was aborted before', async () => {
    const server = await serverOf({})
    const work = send(clientOf(server.origin), server.origin, { signal: AbortSignal.abort() })
    expect(await thrownOutcome(work)).toMatchObject({ kind: 'retry', code: 'interrupted' })
    expect(server.connections()).toBe(0)
  })
})

describe('failure: it may have been read', () => {
  const answerLess: [string, Parameters<typeof startFaultServer>[0], string][] = [
    [
      'reset after ten bytes',
      { onData: (socket, text) => text.length >= 10 && socket.resetAndDestroy() },
      'connection-lost',
    ],
    [
      'reset after the request',
      { onData: afterRequest((socket) => socket.resetAndDestroy()) },
      'connection-lost',
    ],
    [
      'closed after the request',
      { onData: afterRequest((socket) => socket.end()) },
      'connection-lost',
    ],
    [
      'half an answer, closed',
      {
        onData: afterRequest((socket) =>
          socket.end(wholeAnswer('{"error_code":"0"}').slice(0, -6)),
        ),
      },
      'connection-lost',
    ],
    [
      'half a head, closed',
      { onData: afterRequest((socket) => socket.end('HTTP/1.1 200 OK\r\nConte')) },
      'connection-lost',
    ],
    [
      'half a chunk, closed',
      {
        onData: afterRequest((socket) =>
          socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc'),
        ),
      },
      'connection-lost',
    ],
    [
      'a switch of protocols',
      {
        onData: afterRequest((socket) =>
          socket.write(
            'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
          ),
        ),
      },
      'connection-lost',
    ],
    [
      'not HTTP',
      { onData: afterRequest((socket) => socket.end('SSH-2.0-OpenSSH\r\n')) },
      'answer-invalid',
    ],
    [
      'a head without end',
      {
        onData: afterRequest((socket) =>
          socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}`),
        ),
      },
      'answer-too-large',
    ],
    [
      'an answer that says it is too long',
      {
        onData: afterRequest((socket) =>
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n'),
        ),
      },
      'answer-too-large',
    ],
    [
      'an answer that turns out too long',
      {
        onData: afterRequest((socket) =>
          socket.write(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(5000)}`),
        ),
      },
      'answer-too-large',
    ],
  ]
  it.each(answerLess)('does not know after %s', async (_name, options, code) => {
    const server = await serverOf(options)
    const client = clientOf(server.origin, { maxResponseBytes: 1000 })
    const outcome = await thrownOutcome(send(client, server.origin))
    expect(outcome).toMatchObject({ kind: 'unknown', code })
    expect(JSON.stringify(outcome)).not.toMatch(/bi-mat|Kín|000000000001/)
  })

  it.each([
    ['the answer never begins', {}, { firstByteTimeoutMs: 60 }],
    ['the whole request takes too long', {}, { timeoutMs: 60 }],
  ])('does not know when %s', async (_name, options, limits) => {
    const server = await serverOf(options)
    const begun = performance.now()
    expect(await thrownOutcome(send(clientOf(server.origin, limits), server.origin))).toMatchObject(
      {
        kind: 'unknown',
        code: 'answer-timeout',
      },
    )
    expect(performance.now() - begun).toBeLessThan(1000)
    expect(isWhole(server.received()[0] ?? '')).toBe(true)
  })

  it('does not know when the answer drips for ever', async () => {
    const drips: NodeJS.Timeout[] = []
    closers.push(() => drips.forEach(clearInterval))
    const server = await serverOf({
      onData: afterRequest((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
        drips.push(setInterval(() => socket.write('x'), 10))
      }),
    })
    const limits = { timeoutMs: 150, firstByteTimeoutMs: 100 }
    expect(await thrownOutcome(send(clientOf(server.origin, limits), server.origin))).toMatchObject(
      {
        kind: 'unknown',
        code: 'answer-timeout',
      },
    )
  })

  it('does not know when it is interrupted after writing, and stops at once', async () => {
    const stop = new AbortController()
    let stoppedAt = 0
    const server = await serverOf({
      onData: afterRequest(() => {
        stoppedAt = performance.now()
        stop.abort()
      }),
    })
    const work = send(clientOf(server.origin), server.origin, { signal: stop.signal })
    expect(await thrownOutcome(work)).toMatchObject({ kind: 'unknown', code: 'interrupted' })
    expect(performance.now() - stoppedAt).toBeLessThan(200)
  })

  it('does not know when a kept connection breaks under the next request', async () => {
    const server = await serverOf({
      onData: (socket, text) => {
        if (text.split('POST /').length > 2) socket.resetAndDestroy()
        else if (isWhole(text)) socket.write(wholeAnswer('{}'))
      },
    })
    const client = clientOf(server.origin)
    await send(client, server.origin)
    expect(await thrownOutcome(send(client, server.origin))).toMatchObject({
      kind: 'unknown',
      code: 'connection-lost',
    })
    expect(server.connections()).toBe(1)
  })

  it('takes an answer that comes before the request was read to its end', async () => {
    const server = await serverOf({
      onData: (socket) => {
        socket.pause()
        socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
      },
    })
    const big = 'x'.repeat(8_000_000) as Outgoing<string>
    const response = await send(clientOf(server.origin), server.origin, { body: big })
    expect(response.status).toBe(413)
  })
})
