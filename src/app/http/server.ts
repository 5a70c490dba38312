import {
  createServer as createHttpServer,
  IncomingMessage,
  type Server,
  ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'
import express, { type Express, type Request, type Response } from 'express'
import { HubError } from '../../domain/errors.ts'
import { maxFileBytes } from '../../engine/files/files.ts'
import type { Hub } from '../hub.ts'
import { createPeers } from './addresses.ts'
import { createBodyReader } from './body.ts'
import type { ConsoleFiles } from './console/console-files.ts'
import { createConsoleServe } from './console/serve-console.ts'
import { createDoorServe } from './doors/serve-door.ts'
import { eventSchemaId } from './events/event-check.ts'
import { openExchange } from './exchange.ts'
import { openApiDocument, openApiText } from './openapi.ts'
import { operations } from './operations.ts'
import { createRateLimit, defaultLinkRates, defaultRate, type RateRule } from './rate-limit.ts'
import { createRequestLog, type Served } from './request-log.ts'
import { uploadPath } from './routes/files.ts'
import { createServe, fail, type Guards } from './serve.ts'
import { refuseSocket } from './socket-fault.ts'
import type { HttpTools } from './tools.ts'

export interface ServerOptions {
  readonly tools: HttpTools
  /** What is shown below /console/. */
  readonly console?: ConsoleFiles
  /** Called once for every answered request; for metrics. */
  readonly onServed?: (served: Served) => void
  /** Reverse proxies whose X-Forwarded-For is believed (CIDR); none by default. */
  readonly trustedProxies?: readonly string[]
  readonly rate?: RateRule
  readonly linkRates?: { readonly address: RateRule; readonly token: RateRule }
  readonly limits?: Partial<Limits>
}

interface Limits {
  readonly bodyBytes: number
  readonly batchItems: number
  /** Memory of all bodies that are being read at the same time. */
  readonly bodiesBytesAtOnce: number
  /** How long the headers of a request may take. */
  readonly headersTimeoutMs: number
  /** How long a whole request may take to arrive, a file excepted. */
  readonly requestTimeoutMs: number
  /** The same for a file. */
  readonly fileTimeoutMs: number
  /** How long an idle connection is kept. */
  readonly keepAliveTimeoutMs: number
  readonly headerBytes: number
  readonly headerCount: number
  readonly connections: number
  readonly refusalsLoggedPerSecond: number
}

const defaultLimits: Limits = {
  bodyBytes: 5 * 1024 * 1024,
  batchItems: 1000,
  bodiesBytesAtOnce: 256 * 1024 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  fileTimeoutMs: 600_000,
  keepAliveTimeoutMs: 20_000,
  headerBytes: 16 * 1024,
  headerCount: 100,
  connections: 10_000,
  refusalsLoggedPerSecond: 20,
}

/**
 * Express gives every request and response a new prototype, which makes the engine forget what it
 * knew about them: 150 µs a request, measured, more than all the rest of HTTP. Here they are born
 * with that prototype, so that Express changes nothing.
 */
function bornForExpress(app: Express) {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse<AppRequest> {}
  Object.setPrototypeOf(AppRequest.prototype, app.request)
  Object.setPrototypeOf(AppResponse.prototype, app.response)
  app.request = AppRequest.prototype as unknown as Request
  app.response = AppResponse.prototype as unknown as Response
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse }
}

function createApp(guards: Guards, consoleFiles: ConsoleFiles): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', false)
  app.enable('case sensitive routing')
  app.enable('strict routing')
  const serve = createServe(guards)
  const methods = new Map<string, string[]>()
  for (const operation of operations) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1')
    app[operation.method](path, serve(operation))
    const more = operation.method === 'get' ? ['GET', 'HEAD'] : ['POST']
    methods.set(path, [...(methods.get(path) ?? []), ...more])
  }
  const unrouted = (request: IncomingMessage, response: ServerResponse) =>
    openExchange(request, response, 'unrouted')
  for (const [path, allowed] of methods) {
    const allow = allowed.join(', ')
    app.all(path, (request, response) =>
      fail(unrouted(request, response), new HubError('method-not-allowed'), guards.log, [
        'Allow',
        allow,
      ]),
    )
  }
  app.all(/^\/doors\//, createDoorServe(guards))
  app.get(/^\/(console(\/.*)?)?$/, createConsoleServe(consoleFiles, guards.log))
  app.use((request: Request, response: Response) =>
    fail(unrouted(request, response), new HubError('not-found'), guards.log),
  )
  // Four parameters make it Express's error handler; it sees what the router itself throws.
  app.use((error: unknown, request: Request, response: Response, _next: unknown) =>
    fail(unrouted(request, response), error, guards.log),
  )
  return app
}

const tooManyHeaders = new HubError('headers-too-large')
const noHost = new HubError('request-invalid', {
  detail: { vi: 'Thiếu tiêu đề Host.', en: 'The header Host is missing.' },
})

/** What node:http would do silently or in words of its own, done in ours. */
function faultOf({ headers, rawHeaders, httpVersion }: IncomingMessage, headerCount: number) {
  if (rawHeaders.length > headerCount * 2) return tooManyHeaders
  if (headers.host === undefined && httpVersion === '1.1') return noHost
  return undefined
}

/** The whole HTTP side of the hub, not yet listening. */
export function createServer(hub: Hub, options: ServerOptions): Server {
  const limits = { ...defaultLimits, ...options.limits }
  const linkRates = options.linkRates ?? defaultLinkRates
  const nowMs = () => performance.now()
  const peers = createPeers(options.trustedProxies ?? [])
  const eventSchema = hub.schemas.schema(eventSchemaId)
  if (!eventSchema) throw new Error(`the schema ${eventSchemaId} is missing`)
  const log = createRequestLog({
    log: hub.log,
    onServed: options.onServed,
    addressOf: ({ request }) => peers.addressOf(request),
    maxLinesPerSecond: limits.refusalsLoggedPerSecond,
  })
  const guards: Guards = {
    surroundings: {
      hub,
      tools: options.tools,
      bodies: createBodyReader(limits.bodiesBytesAtOnce, limits.requestTimeoutMs),
      limits,
      openapi: openApiText(openApiDocument(operations, eventSchema)),
    },
    peers,
    rate: createRateLimit(options.rate ?? defaultRate, nowMs),
    linkRates: {
      address: createRateLimit(linkRates.address, nowMs),
      token: createRateLimit(linkRates.token, nowMs),
    },
    log,
  }
  const app = createApp(guards, options.console ?? new Map())

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const fault = faultOf(request, limits.headerCount)
    if (fault) fail(openExchange(request, response, 'unrouted'), fault, log)
    else app(request as Request, response as Response)
  }
  const server = createHttpServer(
    {
      ...bornForExpress(app),
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.fileTimeoutMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs),
      requireHostHeader: false,
      noDelay: true,
    },
    serve,
  )
  server.maxHeadersCount = limits.headerCount + 1
  server.maxConnections = limits.connections
  // Who asks first whether to send a body that is too large is not told to go on.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const most = request.url === uploadPath ? maxFileBytes : limits.bodyBytes
    if (Number(request.headers['content-length'] ?? 0) <= most) response.writeContinue()
    serve(request, response)
  })
  server.on('checkExpectation', serve)
  server.on('clientError', (error, socket) => refuseSocket(error, socket as Socket, log.unread))
  return server
}

/**
 * Stops listening, lets what is under way finish, and cuts what is not done in time. Resolves when
 * the last connection is closed.
 */
export async function closeServer(server: Server, deadlineMs: number): Promise<void> {
  if (!server.listening) return
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs)
  await closed
  clearTimeout(deadline)
}
