import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { idleTimeMs, type SocketOptions } from '../../../src/adapters/http/agents.ts'
import { createHttpClient, type SystemHttpClient } from '../../../src/adapters/http/client.ts'
import {
  afterRequest,
  type FaultServer,
  startFaultServer,
  wholeAnswer,
} from '../../support/fault-server.ts'
import { thrownOutcome } from '../../support/outcome.ts'

const signal = new AbortController().signal
let server: FaultServer
let client: SystemHttpClient

/** Starts a server that answers each request after `holdMs`, and a client of it. */
async function start(sockets: SocketOptions, headers = '', holdMs = 0): Promise<void> {
  server = await startFaultServer({
    onData: (socket, text) => {
      if (!text.endsWith('\r\n\r\n')) return
      setTimeout(() => socket.write(wholeAnswer('{}', headers)), holdMs)
    },
  })
  client = createHttpClient({ allowedOrigins: [server.origin], timeoutMs: 2000, sockets })
}
const get = () => client.request({ method: 'GET', url: server.origin, signal })

afterEach(async () => {
  client?.close()
  await server?.close()
})

describe('agents', () => {
  it('keeps a connection for a second less than the server does', () => {
    expect(idleTimeMs(undefined, 4000)).toBe(4000)
    expect(idleTimeMs('timeout=5, max=100', 4000)).toBe(4000)
    expect(idleTimeMs('timeout=3', 4000)).toBe(2000)
    expect(idleTimeMs('max=100, Timeout=2', 4000)).toBe(1000)
    expect(idleTimeMs('timeout=1', 4000)).toBe(0)
    expect(idleTimeMs('timeout=0', 4000)).toBe(0)
    expect(idleTimeMs('max=100', 4000)).toBe(4000)
  })

  it('uses one connection again and again', async () => {
    await start({})
    for (let number = 0; number < 5; number++) await get()
    expect(server.connections()).toBe(1)
  })

  it('opens no more connections than allowed', async () => {
    await start({ max: 2 }, '', 10)
    await Promise.all(Array.from({ length: 8 }, get))
    expect(server.connections()).toBe(2)
  })

  it('does not keep a connection that the server is about to close', async () => {
    await start({}, 'Keep-Alive: timeout=1\r\n')
    await get()
    await get()
    expect(server.connections()).toBe(2)
  })

  it('closes a connection that is not used', async () => {
    await start({ idleMs: 40 })
    await get()
    await vi.waitFor(() => expect(server.open()).toBe(0))
    await get()
    expect(server.connections()).toBe(2)
  })

  it('opens a new connection when the server has closed the idle one', async () => {
    await start({})
    await server.close()
    server = await startFaultServer({
      onData: afterRequest((socket, connection) => {
        socket.write(wholeAnswer(`{"connection":${connection}}`))
        setTimeout(() => socket.end(), 20)
      }),
    })
    client.close()
    client = createHttpClient({ allowedOrigins: [server.origin], timeoutMs: 2000 })
    await get()
    await vi.waitFor(() => expect(server.open()).toBe(0))
    expect((await get()).json()).toEqual({ connection: 1 })
  })

  it('does not use a connection that was closed while the process was busy', async () => {
    const script = `require("net").createServer((socket) => {
      socket.on("error", () => {})
      socket.on("data", () => {
        socket.write(${JSON.stringify(wholeAnswer('{}'))})
        setTimeout(() => socket.destroy(), 50)
      })
    }).listen(0, "127.0.0.1", function () { console.log(this.address().port) })`
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(child.stdout, 'data')
    const url = `http://127.0.0.1:${Number(String(line))}`
    client = createHttpClient({ allowedOrigins: [url], timeoutMs: 2000 })
    try {
      for (let round = 0; round < 5; round++) {
        const response = await client.request({ method: 'GET', url, signal })
        expect(response.status).toBe(200)
        const until = performance.now() + 150
        while (performance.now() < until);
      }
    } finally {
      child.kill()
    }
  })

  it('leaves one listener on a signal that many requests share', async () => {
    await start({}, '', 5)
    const warnings: Error[] = []
    const note = (warning: Error): void => void warnings.push(warning)
    process.on('warning', note)
    await Promise.all(Array.from({ length: 50 }, get))
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', note)
    expect(warnings).toEqual([])
  })

  it('breaks its connections when it is closed, twice without harm', async () => {
    await start({})
    await get()
    expect(server.open()).toBe(1)
    client.close()
    client.close()
    await vi.waitFor(() => expect(server.open()).toBe(0))
    expect(await thrownOutcome(get())).toMatchObject({ kind: 'retry', code: 'interrupted' })
  })
})
