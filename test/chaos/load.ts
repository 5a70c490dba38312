/**
 * The client systems of a run: a fixed rate of messages over 300 dossiers, some far busier than others.
 * A client sends a dossier's messages one after the other and repeats one, as it is, until the hub has
 * said that it holds it; that is what makes "accepted" and "in order" mean something.
 */
import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { createNumbers, createZipf } from '../support/numbers.ts'
import { type ClientId, clientIds, type Offered } from './history.ts'

export interface LoadOptions {
  readonly seed: number
  readonly perSecond: number
  /** Every one of so many dossiers in turn; undefined: 300, some far busier than others. */
  readonly evenly: number | undefined
  /** Where hubs accept; any may be away. */
  readonly addresses: readonly string[]
  readonly keys: Readonly<Record<ClientId, string>>
}

export interface ClientLoad {
  readonly offered: readonly Offered[]
  /** Answers that were neither a receipt nor 503, by status and code. */
  readonly surprises: ReadonlyMap<string, number>
  /** 503s and broken connections. */
  refusals(): number
  /** Messages sent once more that got an answer. */
  repeats(): number
  /** Offers no more; resolves when everything offered has a receipt, or none has come for so long. */
  finish(patienceMs: number): Promise<void>
  /** Unix ms of the last receipt. */
  lastReceiptAt(): number
}

const dossiers = 300
/** Dossiers that are spoken of at the same time. */
const mostAtOnce = 300
const types = ['vn.chaos.opened.v1', 'vn.chaos.moved.v1', 'vn.chaos.closed.v1'] as const
/** Shares and largest sizes of the pads, in bytes. */
const sizes = [
  { upTo: 0.9, least: 1_500, most: 3_000 },
  { upTo: 0.985, least: 4_000, most: 40_000 },
  { upTo: 0.998, least: 40_000, most: 200_000 },
  { upTo: 1, least: 500_000, most: 1_000_000 },
] as const

/** Share of messages that are sent once more after their receipt. */
const repeatShare = 0.05

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

interface Answer {
  readonly status: number
  readonly text: string
}

const post = (url: string, key: string, body: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/cloudevents+json',
      'content-length': Buffer.byteLength(body),
    }
    const sent = request(`${url}/api/v1/messages`, {
      method: 'POST',
      agent,
      headers,
      timeout: 15_000,
    })
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      )
      response.on('error', reject)
    })
    sent.on('timeout', () => sent.destroy(new Error('no answer')))
    sent.on('error', reject)
    sent.end(body)
  })

const hashOf = (pad: string): string =>
  createHash('sha256').update(pad).digest('base64url').slice(0, 22)

export function startLoad(options: LoadOptions): ClientLoad {
  const random = createNumbers(options.seed)
  const busier = createZipf(dossiers, 0.9, random)
  const offered: Offered[] = []
  const surprises = new Map<string, number>()
  const waiting = new Map<number, Offered[]>()
  const busy = new Set<number>()
  /** Dossiers with something to say, for which no client has a hand free. */
  const queue: number[] = []
  const counts = new Map<number, number>()
  let refusals = 0
  let repeats = 0
  let lastReceiptAt = Date.now()
  let giveUp = false
  /** One long text; pads are parts of it, so that none is made twice. */
  const text = Array.from({ length: 1_000 }, () => `hồ sơ ${Math.floor(random() * 1e9)} `).join('')
  const pool = text.repeat(Math.ceil(2_100_000 / text.length))
  const pads = new WeakMap<Offered, string>()

  const padOf = (): string => {
    const share = random()
    const size = sizes.find(({ upTo }) => share < upTo) ?? sizes[0]
    const length = Math.floor(size.least + random() * (size.most - size.least))
    const from = Math.floor(random() * 1_000)
    return pool.slice(from, from + length)
  }

  const offer = (): void => {
    const dossier = options.evenly === undefined ? busier() : offered.length % options.evenly
    const client = clientIds[dossier % clientIds.length] as ClientId
    const n = (counts.get(dossier) ?? 0) + 1
    counts.set(dossier, n)
    const subject = `H99-${options.seed}-${dossier}`
    const pad = padOf()
    const one: Offered = {
      eventId: `${subject}-${n}`,
      client,
      subject,
      n,
      bytes: pad.length,
      pad: hashOf(pad),
      offeredAt: Date.now(),
      acceptedAt: undefined,
      messageId: undefined,
      tries: 0,
      contradiction: '',
    }
    pads.set(one, pad)
    offered.push(one)
    waiting.set(dossier, [...(waiting.get(dossier) ?? []), one])
    if (busy.has(dossier)) return
    if (busy.size < mostAtOnce) void serve(dossier)
    else queue.push(dossier)
  }

  const eventOf = (one: Offered, change = ''): string =>
    JSON.stringify({
      specversion: '1.0',
      id: one.eventId,
      source: `/chaos/${one.client}`,
      type: types[one.n % types.length],
      subject: one.subject,
      time: new Date(one.offeredAt).toISOString(),
      datacontenttype: 'application/json',
      data: { subject: one.subject, n: one.n, pad: `${pads.get(one)}${change}` },
    })

  const surprise = (what: string): void => {
    surprises.set(what, (surprises.get(what) ?? 0) + 1)
  }

  const note = (one: Offered, { status, text: said }: Answer): boolean => {
    if (status === 202 || status === 200) {
      one.messageId = (JSON.parse(said) as { id: string }).id
      one.acceptedAt = Date.now()
      lastReceiptAt = one.acceptedAt
      return true
    }
    if (status === 503) refusals++
    else surprise(`${status} ${/"code":\s*"([^"]+)"/.exec(said)?.[1] ?? ''}`)
    return false
  }

  /** A client that did not hear its receipt sends again; one with a bug sends other bytes under the key. */
  const repeat = async (one: Offered, address: string): Promise<void> => {
    const other = one.n % 2 === 0 ? ' ' : ''
    try {
      const { status, text: said } = await post(
        address,
        options.keys[one.client],
        eventOf(one, other),
      )
      if (status === 503) return
      const { id, duplicate, code } = JSON.parse(said) as Record<string, unknown>
      const right = other
        ? status === 409 && code === 'message-conflict'
        : status < 300 && duplicate === true && id === one.messageId
      if (!right) one.contradiction = `${one.eventId}: ${status} ${said.slice(0, 80)}`
      repeats++
    } catch {
      // Away again; the promise is about those who get an answer.
    }
  }

  const deliver = async (one: Offered): Promise<void> => {
    const body = eventOf(one)
    const first = Math.floor(random() * options.addresses.length)
    while (!giveUp) {
      const address = options.addresses[(first + one.tries) % options.addresses.length] ?? ''
      one.tries++
      try {
        const answer = await post(address, options.keys[one.client], body)
        if (note(one, answer)) {
          if (random() < repeatShare) await repeat(one, address)
          break
        }
      } catch (error) {
        if (error instanceof SyntaxError) surprise('a receipt that is no JSON')
        else refusals++
      }
      await pause(60)
    }
    pads.delete(one)
  }

  async function serve(dossier: number): Promise<void> {
    busy.add(dossier)
    for (let next = waiting.get(dossier)?.shift(); next; next = waiting.get(dossier)?.shift())
      await deliver(next)
    busy.delete(dossier)
    // Those that have been served meanwhile have nothing left.
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      if (!busy.has(next) && waiting.get(next)?.length) return void serve(next)
  }

  const from = performance.now()
  let made = 0
  const clock = setInterval(() => {
    const due = ((performance.now() - from) / 1000) * options.perSecond
    while (made < due) {
      made++
      offer()
    }
  }, 10)

  return {
    offered,
    surprises,
    refusals: () => refusals,
    repeats: () => repeats,
    lastReceiptAt: () => lastReceiptAt,
    async finish(patienceMs) {
      clearInterval(clock)
      const from = Date.now()
      // As long as receipts come there is hope.
      const hopeUntil = (): number => Math.max(from, lastReceiptAt) + patienceMs
      while (busy.size > 0 && Date.now() < hopeUntil()) await pause(50)
      giveUp = true
      while (busy.size > 0) await pause(50)
    },
  }
}
