/** The one-stop software as a client: sends in order, and sends again, as it is, what got no answer. */
import {
  createDossierGenerator,
  type GeneratedLife,
} from '../../connectors/tthc/simulator/dossier-generator.ts'
import { mixed } from '../../src/app/demo/pass.ts'
import type { IncomingMessage } from '../../src/domain/message.ts'

export interface Load {
  /** In the order in which they are sent. */
  readonly messages: readonly IncomingMessage[]
  /** By dossier, in order. */
  readonly byDossier: ReadonlyMap<string, readonly IncomingMessage[]>
}

export function makeLoad(dossiers: number, seed: number): Load {
  const generator = createDossierGenerator(seed)
  const lives: GeneratedLife[] = Array.from({ length: dossiers }, () => generator.life())
  return {
    messages: [...mixed(lives)],
    byDossier: new Map(lives.map((life) => [life.code, life.messages])),
  }
}

/** What the hub said of one message. */
export interface Said {
  readonly status: 'accepted' | 'duplicate' | 'refused'
  readonly id: string | undefined
}

/** An answer that was no receipt; without a status the connection broke. */
export interface Refusal {
  readonly atMs: number
  readonly status: number | undefined
  readonly contentType: string | null
  readonly retryAfter: string | null
}

export interface OneStop {
  /** Sends these in batches; returns when each has a receipt. */
  send(messages: readonly IncomingMessage[]): Promise<void>
  /** By event id; the last thing that was said. */
  readonly said: ReadonlyMap<string, Said>
  readonly refusals: readonly Refusal[]
}

interface Item {
  readonly status: Said['status']
  readonly receipt?: { readonly id: string }
}

const batchSize = 15
const again = 100
const patienceMs = 30_000

const toEvent = ({ eventId, data, ...attributes }: IncomingMessage): object => ({
  specversion: '1.0',
  id: eventId,
  ...attributes,
  datacontenttype: 'application/json',
  data,
})

export function createOneStop({ address, key }: { address: string; key: string }): OneStop {
  const said = new Map<string, Said>()
  const refusals: Refusal[] = []

  const post = async (body: string): Promise<readonly Item[] | undefined> => {
    const headers = {
      'content-type': 'application/cloudevents-batch+json',
      authorization: `Bearer ${key}`,
    }
    try {
      const response = await fetch(`${address}/api/v1/messages`, { method: 'POST', headers, body })
      const text = await response.text()
      if (response.ok) return (JSON.parse(text) as { results: readonly Item[] }).results
      refusals.push({
        atMs: performance.now(),
        status: response.status,
        contentType: response.headers.get('content-type'),
        retryAfter: response.headers.get('retry-after'),
      })
    } catch {
      const atMs = performance.now()
      refusals.push({ atMs, status: undefined, contentType: null, retryAfter: null })
    }
    return undefined
  }

  const sendBatch = async (batch: readonly IncomingMessage[]): Promise<void> => {
    const body = JSON.stringify(batch.map(toEvent))
    const until = performance.now() + patienceMs
    let items = await post(body)
    while (!items) {
      if (performance.now() > until)
        throw new Error(`the hub did not take a batch: ${JSON.stringify(refusals.at(-1))}`)
      await new Promise((resolve) => setTimeout(resolve, again))
      items = await post(body)
    }
    batch.forEach((message, index) => {
      const item = items?.[index]
      if (item) said.set(message.eventId, { status: item.status, id: item.receipt?.id })
    })
  }

  return {
    said,
    refusals,
    async send(messages) {
      for (let from = 0; from < messages.length; from += batchSize)
        await sendBatch(messages.slice(from, from + batchSize))
    },
  }
}
