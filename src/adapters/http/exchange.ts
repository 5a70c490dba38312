/**
 * One request and its answer over node:http, with our own time limits per phase:
 *
 *   queued ──→ connecting ──→ handshaking ──→ written ──────→ answering ──→ done
 *           (dns and tcp)    (https only)   (first byte)    (rest)
 *   │← connectTimeoutMs ───→││← tls ─────→│ │← firstByte ──→│
 *   │←───────────────────────── timeoutMs ─────────────────────────────────→│
 *
 * "Written" is said as soon as a byte may have left, and not a moment later. Over TLS nothing is
 * handed to the connection before the other side's certificate has been accepted. On a new plain
 * connection node holds the bytes until it is open. A kept connection that has rested is given one
 * turn of the event loop to show that it is dead; if it is, another one is taken.
 */
import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { watchAbort } from './abort.ts'
import { type Agents, isRested } from './agents.ts'
import {
  classifyFailure,
  classifyInterruption,
  classifyTimeout,
  type Phase,
  tooLarge,
} from './classify.ts'

export interface Limits {
  /** The whole request, connecting included. */
  readonly timeoutMs: number
  /** Name lookup and TCP. */
  readonly connectTimeoutMs: number
  readonly tlsTimeoutMs: number
  /** From the written request to the head of the answer. */
  readonly firstByteTimeoutMs: number
  readonly maxResponseBytes: number
}

export interface Exchange {
  readonly agents: Agents
  readonly url: URL
  readonly method: string
  /** Path and query as they are sent. */
  readonly path: string
  /** Names and values in turn, Host included. */
  readonly headers: readonly string[]
  readonly body: string | Uint8Array | undefined
  readonly limits: Limits
  readonly signal: AbortSignal
}

export interface RawAnswer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly bytes: Buffer
}

/** Resolves with a complete answer; rejects with a ConnectorError. */
export function perform(
  exchange: Exchange,
  deadline = performance.now() + exchange.limits.timeoutMs,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { limits, url, signal } = exchange
    let phase: Phase = 'queued'
    let timer: NodeJS.Timeout | undefined
    let over = false

    const place = () => ({ origin: url.origin, phase, reused: request.reusedSocket })
    const finish = (): boolean => {
      if (over) return false
      over = true
      clearTimeout(timer)
      unwatch()
      return true
    }
    const fail = (error: Error): void => {
      if (!finish()) return
      request.destroy()
      reject(error)
    }
    const limit = (ms: number): void => {
      clearTimeout(timer)
      const left = Math.min(ms, deadline - performance.now())
      timer = setTimeout(() => {
        const limitMs = deadline - performance.now() < 1 ? limits.timeoutMs : ms
        fail(classifyTimeout(place(), limitMs))
      }, left)
    }
    const isHasty = limits.firstByteTimeoutMs < limits.timeoutMs
    const written = (): void => {
      phase = 'written'
      limit(isHasty ? limits.firstByteTimeoutMs : limits.timeoutMs)
    }
    const sendOnKept = (): void => {
      if (over) return
      phase = 'written'
      if (isHasty) limit(limits.firstByteTimeoutMs)
      request.end(exchange.body)
    }
    const begin = (socket: Socket): void => {
      if (!socket.connecting) {
        if (isRested(socket)) afterPoll(sendOnKept)
        else sendOnKept()
        return
      }
      phase = 'connecting'
      limit(limits.connectTimeoutMs)
      if (!(socket instanceof TLSSocket)) {
        socket.once('connect', written)
        request.end(exchange.body)
        return
      }
      socket.once('connect', () => {
        phase = 'handshaking'
        limit(limits.tlsTimeoutMs)
      })
      socket.once('secureConnect', () => {
        if (over) return
        written()
        request.end(exchange.body)
      })
    }
    const receive = (answer: http.IncomingMessage): void => {
      phase = 'answering'
      if (isHasty) limit(limits.timeoutMs)
      collect(answer, limits.maxResponseBytes, {
        done: (bytes) => {
          if (finish()) resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes })
        },
        tooLarge: () => fail(tooLarge(url.origin, limits.maxResponseBytes)),
        broken: (error) => fail(classifyFailure(error, place())),
      })
    }

    const request = open(exchange)
    const unwatch = watchAbort(signal, () => fail(classifyInterruption(place())))
    limit(deadline - performance.now())
    request.once('socket', begin)
    request.once('response', receive)
    request.on('error', (error) => {
      if (over) return
      if (!request.reusedSocket || phase !== 'queued') fail(classifyFailure(error, place()))
      else if (finish()) perform(exchange, deadline).then(resolve, reject)
    })
    // Whatever else ends a request without an answer, for example a switch of protocols.
    request.once('close', () => {
      if (!over && phase !== 'answering') fail(classifyFailure(undefined, place()))
    })
  })
}

/** Creates the request without sending it. */
function open({ agents, url, method, path, headers }: Exchange): http.ClientRequest {
  const secure = url.protocol === 'https:'
  return (secure ? https : http).request({
    agent: secure ? agents.https : agents.http,
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    method,
    path,
    headers,
  })
}

/** After the event loop has looked at every connection once. */
const afterPoll = (act: () => void): void => {
  setImmediate(() => setImmediate(act))
}

interface Collected {
  done(bytes: Buffer): void
  tooLarge(): void
  broken(error: unknown): void
}

const nothing = Buffer.alloc(0)

function collect(answer: http.IncomingMessage, maxBytes: number, then: Collected): void {
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) {
    then.tooLarge()
    return
  }
  const chunks: Buffer[] = []
  let size = 0
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > maxBytes) then.tooLarge()
    else chunks.push(chunk)
  })
  answer.once('end', () => {
    const [first = nothing] = chunks
    then.done(chunks.length > 1 ? Buffer.concat(chunks, size) : first)
  })
  answer.on('error', then.broken)
  answer.once('close', () => {
    if (!answer.complete) then.broken(undefined)
  })
}
