/**
 * The HTTP side of a simulator, written once. A simulator says how it reads a request and what it
 * does with it; this kit adds the misbehaviour, so that `timeout-after` means the same everywhere:
 *
 *   request read ─ handle() ─→ call ─ run() ─→ answer ─→ sent
 *        │                      │               │
 *        │              timeout-before          │
 *        │              html-200, busy,         │
 *        │              rate-limit, refuse,     │
 *   reset-before        server-error:     timeout-after, late-apply (run later),
 *                       never run         half-body, unknown-words, duplicate*, slow
 *
 * `handle` must change nothing; whatever changes the simulated system belongs into `run`.
 * *duplicate does not run: the system says "already there" whatever it holds.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Simulator, SimulatorMode, SimulatorOptions } from './simulator.ts'
import { createBehaviour, send } from './simulator-behaviour.ts'
import type { SimulatorCall } from './simulator-call.ts'

/** One simulated system: how it understands what it is sent, and what it holds. */
export interface SimulatedSystem {
  /** Modes this system can show. */
  readonly modes: readonly SimulatorMode[]
  /** Larger requests are answered with 413. Default 16 MiB. */
  readonly maxBytes?: number
  /**
   * Understands a request and changes nothing. A SyntaxError (from `request.json()`) is answered
   * with 400, anything else that is thrown with 500 and its message.
   */
  handle(request: SimulatorRequest): SimulatorCall | Promise<SimulatorCall>
  /** What the system holds now. */
  state(): ReadonlyMap<string, unknown>
  /** Needed by the mode session-expired. */
  forgetSessions?(): void
}

export interface SimulatorRequest {
  readonly method: string
  /** Without the query, percent-encoding untouched. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
  text(): string
  json(): unknown
}

const defaultMaxBytes = 16 * 1024 * 1024

/** Starts a simulator on 127.0.0.1. `stop()` breaks open connections at once. */
export async function createSimulatorServer(
  options: SimulatorOptions,
  system: SimulatedSystem,
): Promise<Simulator> {
  const behaviour = createBehaviour({ ...options, ...system })
  let calls = 0
  const server = createServer((incoming, response) => {
    calls += 1
    readBody(incoming, system.maxBytes ?? defaultMaxBytes, async (body) => {
      if (!body) return send(response, { status: 413, headers: { connection: 'close' } })
      try {
        await behaviour.respond(await system.handle(toRequest(incoming, body)), response)
      } catch (error) {
        const status = error instanceof SyntaxError ? 400 : 500
        send(response, { status, body: { simulator: String(error) } })
      }
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo

  return {
    address: `http://127.0.0.1:${port}`,
    modes: system.modes,
    misbehave: behaviour.misbehave,
    behave: behaviour.behave,
    calls: () => calls,
    received: behaviour.received,
    state: () => system.state(),
    async stop() {
      behaviour.stop()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
  done: (body: Buffer | undefined) => void,
): void {
  const chunks: Buffer[] = []
  let size = 0
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= maxBytes) chunks.push(chunk)
    else if (chunks.length > 0) chunks.length = 0
  })
  incoming.on('end', () => {
    const [first] = chunks
    if (size > maxBytes) done(undefined)
    else done(chunks.length === 1 && first ? first : Buffer.concat(chunks, size))
  })
  incoming.on('error', () => incoming.destroy())
}

function toRequest(incoming: IncomingMessage, body: Buffer): SimulatorRequest {
  const url = incoming.url ?? '/'
  const mark = url.indexOf('?')
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    get query() {
      return new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1))
    },
    headers: incoming.headers,
    body,
    text: () => body.toString('utf8'),
    json: () => JSON.parse(body.toString('utf8')),
  }
}
