/**
 * The systems of a chaos run, as a process that nobody kills: what it says has been applied is the
 * truth the checker goes by. Every arrival and every effect is a line of its log.
 *
 *   POST /<system>/session            a token
 *   POST /<system>/messages           one message
 *   POST /<system>/batches            many, an answer for each
 *   GET  /<system>/messages/<key>     whether it has been applied
 *   PUT  /-/weather/<system>          the faults from now on (the harness, past every proxy)
 *   GET  /-/effects                   how many effects there have been, by system
 *   GET  /-/applied/<system>/<subject>/<n>   how often this message had an effect
 *   GET  /-/landed                    how often each fault has happened, by system
 *   GET  /-/end                       writes the rest of the log
 */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createNumbers } from '../support/numbers.ts'
import type { TargetLine, TargetTask } from './history.ts'
import {
  draw,
  type PushFault,
  pushFaults,
  type QuestionFault,
  questionFaults,
  type Weather,
} from './weather.ts'

const task: TargetTask = JSON.parse(process.env.CHAOS_TARGET ?? '{}')
const random = createNumbers(task.seed)
const log = createWriteStream(task.log)
const write = (line: TargetLine): void => void log.write(`${JSON.stringify(line)}\n`)

interface Item {
  readonly key: string
  readonly subject: string
  readonly n: number
  readonly pad: string
}

const weatherOf = new Map<string, Weather>()
const landed = new Map<string, number>()
const effectsOf = new Map<string, number>()
const seenKeys = new Set<string>()
const tokens = new Map<string, Set<string>>()
/** By system. */
const effects = new Map<string, number>()
let tokenCount = 0

const pushNames = Object.keys(pushFaults) as PushFault[]
const questionNames = Object.keys(questionFaults) as QuestionFault[]
const itemFaults: readonly PushFault[] = ['busy', 'refused']

const count = (system: string, fault: string): void => {
  const name = `${system} ${fault}`
  landed.set(name, (landed.get(name) ?? 0) + 1)
}

const messageName = (system: string, { subject, n }: Pick<Item, 'subject' | 'n'>): string =>
  `${system}/${subject}/${n}`

const honoursKeys = (system: string): boolean => task.honoursKeys.includes(system)

/** True when it had been applied before. */
function apply(system: string, item: Item): boolean {
  const known = seenKeys.has(`${system}/${item.key}`)
  if (known && honoursKeys(system)) return true
  seenKeys.add(`${system}/${item.key}`)
  const name = messageName(system, item)
  effectsOf.set(name, (effectsOf.get(name) ?? 0) + 1)
  effects.set(system, (effects.get(system) ?? 0) + 1)
  write({
    what: 'effect',
    at: Date.now(),
    system,
    subject: item.subject,
    n: item.n,
    key: item.key,
    pad: createHash('sha256').update(item.pad).digest('base64url').slice(0, 22),
  })
  return known
}

const html = '<!doctype html><title>Bảo trì</title><p>Hệ thống đang bảo trì.</p>'

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json'
  response.writeHead(status, { 'content-type': type, ...headers }).end(text)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const reset = (request: IncomingMessage): void => {
  request.socket.resetAndDestroy()
}
const later = (ms: number, what: () => void): void => void setTimeout(() => what(), ms)

interface Suffering {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Every message of the request, or of its first half. */
  apply(half?: 'half'): void
  well(): void
}

/** What each fault does, and what the hub is to see of it. */
const suffer: Readonly<Record<PushFault, (suffering: Suffering) => void>> = {
  slow: ({ well }) => later(500, well),
  'applied-reset': ({ apply, request }) => {
    apply()
    reset(request)
  },
  reset: ({ request }) => reset(request),
  'half-reset': ({ apply, request }) => {
    apply('half')
    reset(request)
  },
  'applied-silent': ({ apply }) => apply(),
  silent: () => undefined,
  late: ({ apply, request }) => {
    later(1_000, apply)
    reset(request)
  },
  html: ({ response }) => answer(response, 200, html),
  'applied-html': ({ apply, response }) => {
    apply()
    answer(response, 200, html)
  },
  failed: ({ response }) => answer(response, 500, { error: 'failed' }),
  'applied-failed': ({ apply, response }) => {
    apply()
    answer(response, 500, { error: 'failed' })
  },
  busy: ({ response }) => answer(response, 503, { error: 'busy' }, { 'retry-after': '1' }),
  limited: ({ response }) => answer(response, 429, { error: 'limited' }),
  // The sessions have been ended already, before anybody could use them.
  expired: ({ response }) => answer(response, 401, { error: 'session' }),
  refused: ({ response }) => answer(response, 422, { error: 'refused' }),
}

function takeOne(system: string, item: Item, response: ServerResponse): void {
  const again = apply(system, item)
  answer(response, 200, { key: item.key, status: again ? 'already' : 'applied' })
}

function takeBatch(
  system: string,
  items: readonly Item[],
  weather: Weather,
  response: ServerResponse,
): void {
  const results = items.map((item) => {
    const fault = draw(itemFaults, weather, random)
    if (fault) {
      count(system, `item-${fault}`)
      return { key: item.key, status: fault }
    }
    return { key: item.key, status: apply(system, item) ? 'already' : 'applied' }
  })
  answer(response, 200, { results })
}

function push(
  system: string,
  items: readonly Item[],
  batch: boolean,
  exchange: { request: IncomingMessage; response: ServerResponse },
): void {
  const weather = weatherOf.get(system) ?? {}
  const names = batch ? pushNames.filter((name) => !itemFaults.includes(name)) : pushNames
  const fault = draw(names, weather, random)
  for (const { key, subject, n } of items)
    write({ what: 'arrival', at: Date.now(), system, subject, n, key, fault })
  const well = (): void =>
    batch
      ? takeBatch(system, items, weather, exchange.response)
      : takeOne(system, items[0] as Item, exchange.response)
  if (!fault) {
    well()
    return
  }
  count(system, fault)
  if (fault === 'expired') tokens.delete(system)
  suffer[fault]({
    ...exchange,
    well,
    apply(half) {
      for (const item of half ? items.slice(0, Math.floor(items.length / 2)) : items)
        apply(system, item)
    },
  })
}

function ask(system: string, key: string, response: ServerResponse): void {
  const fault = draw(questionNames, weatherOf.get(system) ?? {}, random)
  if (fault) count(system, fault)
  if (fault === 'question-html') answer(response, 200, html)
  else if (fault === 'question-failed') answer(response, 500, { error: 'failed' })
  else if (!fault) answer(response, 200, { key, applied: seenKeys.has(`${system}/${key}`) })
}

function logIn(system: string, response: ServerResponse): void {
  const token = `t${++tokenCount}`
  tokens.set(system, new Set([...(tokens.get(system) ?? []), token]))
  answer(response, 200, { token })
}

/** What the harness asks and says. */
async function steer(
  [, , what, system = '', subject = '', n = '']: readonly string[],
  request: IncomingMessage,
): Promise<unknown> {
  switch (what) {
    case 'weather':
      weatherOf.set(system, JSON.parse(await bodyOf(request)) as Weather)
      return {}
    case 'effects':
      return Object.fromEntries(effects)
    case 'applied':
      return { applied: effectsOf.get(messageName(system, { subject, n: Number(n) })) ?? 0 }
    case 'landed':
      return Object.fromEntries(landed)
    case 'end':
      await new Promise<void>((resolve) => log.end(resolve))
      return {}
    default:
      throw new Error(`nothing is called ${what}`)
  }
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts = (request.url ?? '').split('/').map(decodeURIComponent)
  const [, system = '', what = '', key = ''] = parts
  if (system === '-') {
    answer(response, 200, await steer(parts, request))
    return
  }
  const body = request.method === 'POST' ? await bodyOf(request) : ''
  const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
  if (what === 'session') logIn(system, response)
  else if (!tokens.get(system)?.has(token)) answer(response, 401, { error: 'session' })
  else if (request.method === 'GET') ask(system, key, response)
  else {
    const sent = JSON.parse(body) as Item & { items?: readonly Item[] }
    push(system, sent.items ?? [sent], sent.items !== undefined, { request, response })
  }
}

const server = createServer((request, response) => {
  // A request that broke off has had no effect.
  serve(request, response).catch(() => request.socket.destroy())
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port })
})
process.on('disconnect', () => process.exit(0))
