/** The one pipeline every operation runs through, in one order: rights, limits, form, handler. */
import type { Request, RequestHandler, Response } from 'express'
import { HubError } from '../../domain/errors.ts'
import { everything } from '../../domain/unit.ts'
import type { Client } from '../../engine/ports/accept.ts'
import type { Caller } from '../../engine/ports/people.ts'
import { createMemberCheck } from './acting.ts'
import { networkOf, type Peers } from './addresses.ts'
import { type Answer, send, sendStream } from './answer.ts'
import { keyOf, refuseKeyInUrl } from './auth.ts'
import { CallerGone } from './body.ts'
import { sessionTokenOf } from './cookies.ts'
import { refuseCrossSite } from './cross-site.ts'
import { acceptedTypes, mediaTypeOf } from './events/media-type.ts'
import { type Exchange, openExchange } from './exchange.ts'
import type { Operation, Surroundings } from './operation.ts'
import { problemAnswer, toHubError } from './problem.ts'
import { createPathCheck, createQueryReader } from './query.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RequestLog } from './request-log.ts'
import { apiSchemas } from './schemas/index.ts'
import { hasScope } from './scopes.ts'

export interface Guards {
  readonly surroundings: Surroundings
  readonly peers: Peers
  readonly rate: RateLimit
  readonly linkRates: { readonly address: RateLimit; readonly token: RateLimit }
  readonly log: RequestLog
}

/** Stands for the caller of a public operation, who has no rights at all. */
const nobody: Caller = {
  ...{ kind: 'client', id: '', title: '', reach: everything },
  ...{ scopes: [], sources: [], types: [] },
}

/** A client system reaches everything; what it may do there is in its scopes. */
const asCaller = (client: Client): Caller => ({
  ...client,
  ...{ kind: 'client', title: client.id, reach: everything },
})

/** Bodies of the operator's API are small. */
const maxJsonBytes = 64 * 1024

const onlyJson = {
  vi: 'Nhận application/json, mã hoá UTF-8.',
  en: 'Accepted: application/json, UTF-8.',
}

/** Counts the request against its client and remembers who it was. */
export function admit(exchange: Exchange, client: Client, rate: RateLimit): void {
  exchange.client = client
  const decision = rate.take(client.id)
  exchange.limit = decision.header
  if (!decision.allowed)
    throw new HubError('rate-limited', { retryAfterSeconds: decision.retryAfterSeconds })
}

/** Whoever guesses at links is held back by his address before anybody looks whether they are any. */
function holdBack(
  exchange: Exchange,
  link: string | undefined,
  { peers, linkRates }: Guards,
): void {
  const address = linkRates.address.take(networkOf(peers.addressOf(exchange.request)))
  const decision = address.allowed && link !== undefined ? linkRates.token.take(link) : address
  if (!decision.allowed)
    throw new HubError('rate-limited', { retryAfterSeconds: decision.retryAfterSeconds })
}

/** A body that breaks off while it is streamed cannot be answered any more, only cut short. */
function breakOff(exchange: Exchange, error: unknown, log: RequestLog): void {
  exchange.response.destroy()
  const { code } = error as { code?: unknown }
  if (code !== 'ERR_STREAM_PREMATURE_CLOSE') log.failed(exchange, 500, toHubError(error))
}

/** Answers a failed exchange and tells the log. */
export function fail(exchange: Exchange, thrown: unknown, log: RequestLog, extra: string[] = []) {
  if (thrown instanceof CallerGone) return
  if (exchange.response.headersSent) return breakOff(exchange, thrown, log)
  const error = toHubError(thrown)
  const answer = problemAnswer(error, exchange, extra)
  send(exchange, answer)
  log.failed(exchange, answer.status, error)
}

/** What a page asks by itself, and nobody at it. */
const backgroundHeader = 'hub-background'

/** By a key or, without one, by the session of the browser. */
async function recognise(
  exchange: Exchange,
  { access, method, byItself }: Operation,
  { hub }: Surroundings,
): Promise<Caller> {
  const { request } = exchange
  const isSession = access === 'session' || access === 'half-session'
  const key = keyOf(request)
  const token = key === undefined ? sessionTokenOf(request) : undefined
  if (token === undefined) {
    if (isSession) throw new HubError('session-ended')
    return asCaller(await hub.clients.authenticate(key))
  }
  if (method !== 'get') refuseCrossSite(request, hub.people.publicUrl())
  const background = byItself || request.headers[backgroundHeader] === '1'
  const half = access === 'half-session'
  return (await hub.people.session(token, { background, half })).caller
}

async function authorise(
  exchange: Exchange,
  operation: Operation,
  { surroundings, peers, rate }: Guards,
): Promise<Caller> {
  const { access, method } = operation
  const { request } = exchange
  if (access === 'public') {
    if (method !== 'get' && sessionTokenOf(request) !== undefined)
      refuseCrossSite(request, surroundings.hub.people.publicUrl())
    return nobody
  }
  if (access === 'local' && peers.isLocal(request)) return nobody
  const client = await recognise(exchange, operation, surroundings)
  admit(exchange, client, rate)
  if (access === 'any-key' || access === 'session' || access === 'half-session') return client
  const scope = access === 'local' ? 'systems:read' : access
  if (!hasScope(client, scope)) {
    const detail = { vi: `Cần quyền ${scope}.`, en: `The scope ${scope} is needed.` }
    throw new HubError('scope-missing', { detail })
  }
  return client
}

type ReadBody = (exchange: Exchange) => Promise<unknown>
type JsonBody = Extract<Operation['body'], { readonly kind: 'json' }>

function createJsonBody(
  { schema: schemaName, large }: JsonBody,
  { tools, bodies, limits }: Surroundings,
): ReadBody {
  const schema = apiSchemas[schemaName]
  if (!schema) throw new Error(`there is no schema ${schemaName}`)
  const check = tools.compile(schema)
  const maxBytes = large ? limits.bodyBytes : maxJsonBytes
  const checkMembers = createMemberCheck((schema.properties as object | undefined) ?? {})
  return async ({ request }) => {
    if (mediaTypeOf(request.headers['content-type']) !== 'application/json')
      throw new HubError('media-type-unsupported', { detail: onlyJson })
    const body = tools.json.read(await bodies.read(request, maxBytes))
    checkMembers(body)
    const faults = check(body)
    if (faults.length > 0) throw new HubError('request-invalid', { faults })
    return body
  }
}

type Run = (exchange: Exchange, path: Record<string, string>) => Promise<Answer>

function createRun(operation: Operation, guards: Guards): Run {
  const { surroundings } = guards
  const { compile } = surroundings.tools
  const handler = operation.handler(surroundings)
  const readQuery = operation.freeQuery ? () => ({}) : createQueryReader(operation.query, compile)
  const hasPath = Object.keys(operation.pathParameters).length > 0
  const checkPath = hasPath ? createPathCheck(operation.pathParameters, compile) : undefined
  const readBody =
    operation.body?.kind === 'json' ? createJsonBody(operation.body, surroundings) : undefined
  return async (exchange, path) => {
    const url = exchange.request.url ?? ''
    refuseKeyInUrl(url, false)
    if (operation.linkParameter !== undefined)
      holdBack(exchange, path[operation.linkParameter] ?? '', guards)
    if (operation.heldBack) holdBack(exchange, undefined, guards)
    const client = await authorise(exchange, operation, guards)
    const from = () => ({ address: networkOf(guards.peers.addressOf(exchange.request)) })
    checkPath?.(path)
    const query = readQuery(url)
    const body = readBody && (await readBody(exchange))
    return handler({ exchange, hub: surroundings.hub, client, from, path, query, body })
  }
}

const policyHeaders = (rate: RateLimit): string[] => ['RateLimit-Policy', rate.policy]

/** The Express handler of one operation. It answers always and never calls `next`. */
export function createServe(guards: Guards): (operation: Operation) => RequestHandler {
  const policy = policyHeaders(guards.rate)
  return (operation) => {
    const run = createRun(operation, guards)
    const told = operation.told ?? false
    const onFailure = operation.body?.kind === 'events' ? ['Accept-Post', acceptedTypes] : []

    const serve = async (request: Request, response: Response): Promise<void> => {
      const exchange = openExchange(request, response, operation.id)
      try {
        const answer = await run(exchange, request.params as Record<string, string>)
        const headers = exchange.client ? [...(answer.headers ?? []), ...policy] : answer.headers
        const whole = headers ? { ...answer, headers } : answer
        if (answer.stream) await sendStream(exchange, whole, answer.stream)
        else send(exchange, whole)
        guards.log.served(exchange, answer.status, told)
      } catch (error) {
        fail(exchange, error, guards.log, exchange.client ? [...policy, ...onFailure] : onFailure)
      }
    }
    return (request, response) => {
      void serve(request, response)
    }
  }
}
