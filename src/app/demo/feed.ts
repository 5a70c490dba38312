/** Sends invented dossiers to the hub as a TTHC system would: over HTTP, with a key, in batches. */
import type { IncomingMessage } from '../../domain/message.ts'

export interface ItemAnswer {
  readonly status: 'accepted' | 'duplicate' | 'refused'
  /** The hub's id of the message. */
  readonly message: string | undefined
  /** Code of the refusal. */
  readonly code: string | undefined
  readonly pointer: string | undefined
}

interface ItemBody {
  readonly status: ItemAnswer['status']
  readonly receipt?: { readonly id: string }
  readonly problem?: {
    readonly code: string
    readonly errors?: readonly { readonly pointer: string }[]
  }
}

const toEvent = ({ eventId, data, ...attributes }: IncomingMessage): object => ({
  specversion: '1.0',
  id: eventId,
  ...attributes,
  datacontenttype: 'application/json',
  data,
})

const answerOf = ({ status, receipt, problem }: ItemBody): ItemAnswer => ({
  status,
  message: receipt?.id,
  code: problem?.code,
  pointer: problem?.errors?.[0]?.pointer,
})

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** One batch; repeated as it is while the hub says that it cannot take it now. */
export async function sendBatch(
  address: string,
  key: string,
  messages: readonly IncomingMessage[],
): Promise<readonly ItemAnswer[]> {
  const body = JSON.stringify(messages.map(toEvent))
  for (let tries = 1; ; tries++) {
    const response = await fetch(`${address}/api/v1/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents-batch+json',
        authorization: `Bearer ${key}`,
      },
      body,
    })
    if (response.status < 300) {
      const { results } = (await response.json()) as { readonly results: readonly ItemBody[] }
      return results.map(answerOf)
    }
    if (tries >= 20 || (response.status !== 503 && response.status !== 429))
      throw new Error(
        `the hub answered ${response.status}: ${(await response.text()).slice(0, 300)}`,
      )
    await pause(500)
  }
}
