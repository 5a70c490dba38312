/** What only a real connection shows: headers as they are on the wire, large bodies and answers in pieces. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createHttpClient } from '../../../src/adapters/http/client.ts'
import { lookBeforeActing } from '../../../src/connector/last-look.ts'
import type { Outgoing } from '../../../src/connector/outgoing.ts'

const signal = new AbortController().signal
const body = Buffer.alloc(3 * 1024 * 1024 + 1, 'Tệp thử nghiệm ')
let close = (): void => undefined
afterEach(() => close())

async function open(listener: RequestListener) {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const http = createHttpClient({ allowedOrigins: [origin], timeoutMs: 5_000 })
  close = () => {
    http.close()
    server.closeAllConnections()
    server.close()
  }
  return { http, url: `${origin}/a` }
}

async function ask(listener: RequestListener, headers: Record<string, string> = {}) {
  const { http, url } = await open(listener)
  return http.request({ method: 'GET', url, headers, signal })
}

it.each([
  [{}, 'lien-thong-hub'],
  [{ 'user-agent': 'SDK/1.0' }, 'SDK/1.0'],
])('says once who asks: %j', async (headers, wanted) => {
  let agents: string[] = []
  await ask(({ rawHeaders: raw }, response) => {
    agents = raw.filter((_, at) => /^user-agent$/i.test(raw[at - 1] ?? ''))
    response.end()
  }, headers)
  expect(agents).toEqual([wanted])
})

it.each([
  ['of a length that is said', { 'content-length': String(body.length) }],
  ['in chunks', { 'transfer-encoding': 'chunked' }],
])('gives a large answer %s as it came', async (_, headers) => {
  const { bytes } = await ask((_request, response) => {
    response.writeHead(200, headers)
    response.write(body.subarray(0, 1_000_001))
    setImmediate(() => response.end(body.subarray(1_000_001)))
  })
  expect(body.equals(bytes)).toBe(true)
})

it('takes a large answer that broke off for none', async () => {
  const answer = ask((_request, response) => {
    response.writeHead(200, { 'content-length': String(body.length) })
    response.write(body.subarray(0, 2_000_000), () => response.destroy())
  })
  await expect(answer).rejects.toMatchObject({
    outcome: { kind: 'unknown', code: 'connection-lost' },
  })
})

/** Sends a body to a server that keeps what it hears. */
async function send(sent: Uint8Array, mayGoOn: () => boolean) {
  const own = new AbortController().signal
  const pieces: Buffer[] = []
  lookBeforeActing(own, mayGoOn)
  let whole = false
  const { http, url } = await open((request, response) => {
    request.on('data', (piece: Buffer) => void pieces.push(piece))
    request.on('error', () => undefined)
    request.on('end', () => {
      whole = request.complete
      response.end()
    })
  })
  const answer = await http
    .request({ method: 'POST', url, body: sent as Outgoing<Uint8Array>, signal: own })
    .catch((error: unknown) => error)
  return { answer, isWhole: () => whole, bytes: Buffer.concat(pieces) }
}

it.each([0, 1, 65_536, 65_537, body.length])('sends a body of %i bytes as it is', async (size) => {
  const { answer, bytes } = await send(body.subarray(0, size), () => true)
  expect(answer).toMatchObject({ status: 200 })
  expect(bytes.equals(body.subarray(0, size))).toBe(true)
})

it('stops in the midst of a large body when it may not go on, and it has not arrived', async () => {
  let looks = 0
  const { answer, isWhole } = await send(body, () => ++looks < 9)
  expect(answer).toMatchObject({ outcome: { kind: 'unknown', code: 'interrupted' } })
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(isWhole()).toBe(false)
})
