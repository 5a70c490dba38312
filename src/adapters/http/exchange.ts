/**
 * One request and its answer over node:http, with our own time limits per phase:
 *
 *   queued ──→ connecting ──→ handshaking ──→ written ──────→ answering ──→ done
 *           (dns and tcp)    (https only)   (first byte)    (rest)
 *   │← connectTimeoutMs ───→││← tls ─────→│ │← firstByte ──→│
 *   │←───────────────────────── timeoutMs ─────────────────────────────────→│
 *
 * "Written" is said as soon as a byte may have left, and not a moment later. Over TLS nothing is
 * handed to the connection before the other side's certificate has been accepted. A kept connection
 * that has rested is given one turn of the event loop to show that it is dead; if it is, another one is
 * taken. In the moment before the first byte leaves it is asked once more whether it still may.
 *
 * A streamed body, and one of more than 64 kB, goes piece by piece, and that is asked before each of them:
 * its length is said first, so that it has not arrived without the last. It is "written" from its first
 * byte on; the time for the first byte of the answer begins when its last one has been handed over.
 */
import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { mayGoOn } from '../../connector/last-look.ts'
import { watchAbort } from './abort.ts'
import { type Agents, isRested } from './agents.ts'
import {
  classifyBrokenBody,
  classifyFailure,
  classifyInterruption,
  classifyTimeout,
  type Phase,
  type Place,
  tooLarge,
} from './classify.ts'
import { collect } from './collect.ts'
import { type BodyStream, inPieces, isStream, pour } from './pour.ts'

export interface Limits {
  /** The whole request, connecting included. */
  readonly timeoutMs: number
  /** Name lookup and TCP. */
  readonly connectTimeoutMs: number
  readonly tlsTimeoutMs: number
  /** From the written request to the head of the answer. */
  readonly firstByteTimeoutMs: number
  readonly maxResponseBytes: number
  /** Members of a JSON answer that are not kept. */
  readonly leaveOut: readonly string[]
}

export interface Exchange {
  readonly agents: Agents
  readonly url: URL
  readonly method: string
  /** Path and query as they are sent. */
  readonly path: string
  /** Names and values in turn, Host included. */
  readonly headers: readonly string[]
  readonly body: Uint8Array | BodyStream | undefined
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
    const { limits } = exchange
    const request = open(exchange)
    const course = startCourse(exchange, request, deadline, reject)
    const broken = (error?: unknown): void => course.fail((place) => classifyFailure(error, place))

    request.once('socket', (socket) => connect(course, exchange, request, socket))
    request.once('response', (answer) => {
      course.phase = 'answering'
      if (isHasty(limits)) course.limit(limits.timeoutMs)
      collect(answer, limits, {
        done(bytes) {
          if (course.finish())
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes })
          // Answered before all of it was sent: nobody waits for the rest.
          if (!request.writableEnded) request.destroy()
        },
        tooLarge: () => course.fail(({ origin }) => tooLarge(origin, limits.maxResponseBytes)),
        broken,
      })
    })
    request.on('error', (error) => {
      const isDeadBeforeUse = request.reusedSocket && course.phase === 'queued'
      if (!isDeadBeforeUse) broken(error)
      else if (course.finish()) perform(exchange, deadline).then(resolve, reject)
    })
    // Whatever else ends a request without an answer, for example a switch of protocols.
    request.once('close', () => {
      if (course.phase !== 'answering') broken()
    })
  })
}

/** How far one request has come, and what ends it. */
interface Course {
  phase: Phase
  /** True once: whoever gets it decides how the request ends. */
  finish(): boolean
  /** Breaks the request off. The error is made only when it is the first. */
  fail(error: (place: Place) => Error): void
  /** Ends the request as timed out after so long, or at the deadline if that comes first. */
  limit(ms: number): void
}

function startCourse(
  { limits, url, signal }: Exchange,
  request: http.ClientRequest,
  deadline: number,
  reject: (error: Error) => void,
): Course {
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  const course: Course = {
    phase: 'queued',
    finish() {
      if (isOver) return false
      isOver = true
      clearTimeout(timer)
      unwatch()
      return true
    },
    fail(error) {
      if (!course.finish()) return
      reject(error({ origin: url.origin, phase: course.phase, reused: request.reusedSocket }))
      breakOff(request, course.phase)
    },
    limit(ms) {
      clearTimeout(timer)
      const leftMs = deadline - performance.now()
      const limitMs = ms < leftMs ? ms : limits.timeoutMs
      timer = setTimeout(
        () => course.fail((place) => classifyTimeout(place, limitMs)),
        Math.min(ms, leftMs),
      )
    },
  }
  const unwatch = watchAbort(signal, () => course.fail(classifyInterruption))
  course.limit(limits.timeoutMs)
  return course
}

/**
 * A request that is given up must not arrive later, when the system has been asked about it: an orderly
 * end would leave what the network has not taken yet to the kernel, which sends it whenever it can. A
 * reset throws it away. Over TLS it is not done.
 */
function breakOff(request: http.ClientRequest, phase: Phase): void {
  const { socket } = request
  if (phase === 'written' && socket && !(socket instanceof TLSSocket)) socket.resetAndDestroy()
  request.destroy()
}

/** Whether an answer must begin earlier than it must be complete. */
const isHasty = ({ firstByteTimeoutMs, timeoutMs }: Limits): boolean =>
  firstByteTimeoutMs < timeoutMs

/** Sends the request as soon as this connection may carry it. */
function connect(
  course: Course,
  { limits, body, signal }: Exchange,
  request: http.ClientRequest,
  socket: Socket,
): void {
  /** False when it is too late; else nothing waits between this look and the next byte. */
  const mayWrite = (): boolean => {
    if (request.destroyed) return false
    if (mayGoOn(signal)) return true
    course.fail(classifyInterruption)
    return false
  }
  const mayBegin = (): boolean => {
    if (!mayWrite()) return false
    course.phase = 'written'
    return true
  }
  const sent = inPieces(body)
  const streamed = isStream(sent)
  const opened = (): boolean => {
    if (!mayBegin()) return false
    course.limit(isHasty(limits) && !streamed ? limits.firstByteTimeoutMs : limits.timeoutMs)
    return true
  }
  const write = (): void => {
    if (!streamed) request.end(sent)
    else
      pour(request, sent, mayWrite).then(
        (whole) => {
          if (whole && isHasty(limits) && course.phase === 'written')
            course.limit(limits.firstByteTimeoutMs)
        },
        (error: unknown) => course.fail((place) => classifyBrokenBody(error, place)),
      )
  }
  const sendOnKept = (): void => {
    if (!mayBegin()) return
    if (isHasty(limits) && !streamed) course.limit(limits.firstByteTimeoutMs)
    write()
  }
  if (!socket.connecting) {
    if (isRested(socket)) afterPoll(sendOnKept)
    else sendOnKept()
    return
  }
  course.phase = 'connecting'
  course.limit(limits.connectTimeoutMs)
  if (!(socket instanceof TLSSocket)) {
    if (streamed) {
      socket.once('connect', () => {
        if (opened()) write()
      })
      return
    }
    // Node holds the bytes until then, and lets them go after those who have listened before it.
    socket.once('connect', opened)
    request.end(sent)
    return
  }
  socket.once('connect', () => {
    course.phase = 'handshaking'
    course.limit(limits.tlsTimeoutMs)
  })
  socket.once('secureConnect', () => {
    if (opened()) write()
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
