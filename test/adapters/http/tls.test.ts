import { afterEach, describe, expect, it } from 'vitest'
import { createHttpClient, type HttpClientOptions } from '../../../src/adapters/http/client.ts'
import type { HttpResponse, Outgoing } from '../../../src/connector/index.ts'
import { type CertificateWish, createAuthority } from '../../support/certificates.ts'
import {
  afterRequest,
  type FaultServer,
  startFaultServer,
  wholeAnswer,
} from '../../support/fault-server.ts'
import { thrownOutcome } from '../../support/outcome.ts'

const authority = createAuthority()
const stranger = createAuthority('Cơ quan lạ')
const answer = afterRequest((socket) => socket.write(wholeAnswer('{"ok":true}')))
let closers: (() => unknown)[] = []

const start = async (
  more: Parameters<typeof startFaultServer>[0]['tls'] = {},
  wish?: CertificateWish,
): Promise<FaultServer> => {
  const server = await startFaultServer({
    onData: answer,
    tls: { ...authority.issue(wish), ...more },
  })
  closers.push(() => server.close())
  return server
}
const send = (origin: string, options: Partial<HttpClientOptions> = {}): Promise<HttpResponse> => {
  const client = createHttpClient({
    allowedOrigins: [origin],
    timeoutMs: 2000,
    tls: { ca: authority.cert },
    ...options,
  })
  closers.push(() => client.close())
  return client.request({
    method: 'POST',
    url: `${origin}/`,
    body: 'bí mật' as Outgoing<string>,
    signal: new AbortController().signal,
  })
}

afterEach(async () => {
  for (const close of closers.reverse()) await close()
  closers = []
})

describe('tls', () => {
  it('speaks to a server whose certificate the given authority has issued', async () => {
    const server = await start()
    expect((await send(server.origin)).json()).toEqual({ ok: true })
  })

  const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000)
  const cases: [string, CertificateWish | undefined, string][] = [
    ['expired', { notAfter: yesterday }, authority.cert],
    ['issued for another name', { names: ['other.example.test'] }, authority.cert],
    ['issued by a stranger', undefined, stranger.cert],
  ]
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    it.each(cases)(
      `sends nothing over ${version} when the certificate is %s`,
      async (_name, wish, ca) => {
        const server = await start({ minVersion: version, maxVersion: version }, wish)
        expect(await thrownOutcome(send(server.origin, { tls: { ca } }))).toMatchObject({
          kind: 'retry',
          code: 'tls-failed',
        })
        expect(server.received().join('')).toBe('')
      },
    )
  }

  it('sends nothing to a certificate that signed itself, whatever the environment says', async () => {
    const server = await start()
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    try {
      expect(await thrownOutcome(send(server.origin, { tls: {} }))).toMatchObject({
        kind: 'retry',
        code: 'tls-failed',
      })
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before
    }
    expect(server.received().join('')).toBe('')
  })

  it('does not speak versions older than 1.2', async () => {
    const server = await start({
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    })
    expect(await thrownOutcome(send(server.origin))).toMatchObject({
      kind: 'retry',
      code: 'tls-failed',
    })
  })

  it.each([
    ['speaks plain HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['sends garbage', '\0\u0001\u0002\u0003'.repeat(100)],
  ])('retries when the other side %s', async (_name, text) => {
    const server = await startFaultServer({ onData: (socket) => socket.end(text) })
    closers.push(() => server.close())
    expect(await thrownOutcome(send(`https://127.0.0.1:${server.port}`))).toMatchObject({
      kind: 'retry',
      code: 'tls-failed',
    })
    expect(server.received().join('')).not.toContain('POST')
  })

  it('retries when the connection breaks during the handshake', async () => {
    const server = await startFaultServer({ onData: (socket) => socket.resetAndDestroy() })
    closers.push(() => server.close())
    expect(await thrownOutcome(send(`https://127.0.0.1:${server.port}`))).toMatchObject({
      kind: 'retry',
      code: 'tls-failed',
    })
  })

  it('retries when the handshake does not come to an end', async () => {
    const server = await startFaultServer({})
    closers.push(() => server.close())
    const origin = `https://127.0.0.1:${server.port}`
    expect(await thrownOutcome(send(origin, { tlsTimeoutMs: 60 }))).toMatchObject({
      kind: 'retry',
      code: 'connect-timeout',
    })
  })

  it('shows its own certificate where one is asked for', async () => {
    const server = await start({ requestCert: true, ca: authority.cert })
    const own = authority.issue({ names: ['hub.example.test'] })
    const response = await send(server.origin, { tls: { ca: authority.cert, ...own } })
    expect(response.json()).toEqual({ ok: true })
  })

  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    it(`never says more than it knows when ${version} refuses its certificate`, async () => {
      const server = await start({
        requestCert: true,
        ca: authority.cert,
        minVersion: version,
        maxVersion: version,
      })
      const outcome = await thrownOutcome(send(server.origin))
      // Over 1.3 a reset may overtake the alert; then it stays unknown.
      const right = [
        { kind: 'retry', code: 'tls-failed' },
        { kind: 'unknown', code: 'connection-lost' },
      ]
      expect(right).toContainEqual({ kind: outcome.kind, code: outcome.code })
      expect(server.received().join('')).toBe('')
    })
  }
})
