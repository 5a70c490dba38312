/** The hot path: from the bytes of a request to durable messages. */
import { HubError } from '../../../domain/errors.ts'
import type { Submission } from '../../../engine/accept/accept.ts'
import type { Client } from '../../../engine/ports/accept.ts'
import type { Answer } from '../answer.ts'
import type { Exchange } from '../exchange.ts'
import type { Call, Surroundings } from '../operation.ts'
import type { JsonItem } from '../tools.ts'
import { attributesFromHeaders } from './binary-mode.ts'
import {
  createEventCheck,
  type EventName,
  eventSchemaId,
  nameOf,
  type ReadEvent,
} from './event-check.ts'
import { type EventMode, modeOf } from './media-type.ts'
import {
  type BatchItem,
  inEvent,
  messagePath,
  presentBatch,
  presentReceipt,
  type Refusal,
} from './results.ts'

const eventInvalid = (faults: Refusal['faults']): Refusal => ({
  code: 'event-invalid',
  detail: undefined,
  faults,
})

/** An item of a batch: fit to be handed to the hub, or refused at the door. */
interface ReadItem {
  readonly name: EventName
  readonly submission?: Submission
  readonly refusal?: Refusal
}

const toError = ({ code, detail, faults }: Refusal): HubError =>
  new HubError(code, { faults, ...(detail && { detail }) })

export function createIntake({ hub, tools, bodies, limits }: Surroundings) {
  const schema = hub.schemas.schema(eventSchemaId)
  if (!schema) throw new Error(`the schema ${eventSchemaId} is missing`)
  const { read, faultsOf } = createEventCheck(tools.compile(schema))

  const readBinary = ({ request }: Exchange, bytes: Uint8Array): ReadEvent => {
    const { attributes, faults } = attributesFromHeaders(request.rawHeaders)
    const event = { ...attributes, data: tools.json.read(bytes) }
    if (faults.length === 0) return read(event, bytes, 'binary')
    const told = new Set(faults.map((fault) => fault.pointer))
    const others = faultsOf(event).filter((fault) => !told.has(fault.pointer))
    return { ok: false, faults: [...faults, ...others], name: nameOf(event) }
  }

  const one = async (
    exchange: Exchange,
    client: Client,
    mode: EventMode,
    bytes: Uint8Array,
  ): Promise<Answer> => {
    const structured = mode === 'structured'
    const event = structured
      ? read(tools.json.read(bytes), bytes, 'structured')
      : readBinary(exchange, bytes)
    if (!event.ok) throw toError(eventInvalid(event.faults))
    const [result] = await hub.accept([event.submission], client)
    if (!result) throw new Error('the hub gave no result for a submission')
    if (!result.ok) throw toError(structured ? inEvent(result) : result)
    const { receipt } = result
    return {
      status: receipt.duplicate ? 200 : 202,
      json: presentReceipt(receipt),
      headers: ['Location', messagePath(receipt.id)],
    }
  }

  const readItem = (item: JsonItem, bytes: Uint8Array): ReadItem => {
    const { error } = item
    if (error) return { name: nameOf(undefined), refusal: error }
    const event = read(item.value, bytes.subarray(item.start, item.end), 'structured')
    return event.ok
      ? { name: nameOf(item.value), submission: event.submission }
      : { name: event.name, refusal: eventInvalid(event.faults) }
  }

  /** What is refused here and what the hub says of the rest, in the order of the batch. */
  const batch = async (exchange: Exchange, client: Client, bytes: Uint8Array): Promise<Answer> => {
    const read = tools.json.readBatch(bytes, limits.batchItems)
    const items = read.map((item) => readItem(item, bytes))
    const submissions = items.flatMap(({ submission }) => submission ?? [])
    const results = submissions.length > 0 ? await hub.accept(submissions, client) : []
    let next = 0
    const judged = items.map(({ name, refusal }): BatchItem => {
      if (refusal) return { name, result: refusal }
      const result = results[next]
      next += 1
      if (!result) throw new Error('the hub gave fewer results than submissions')
      return { name, result }
    })
    return presentBatch(judged, exchange.language)
  }

  return async ({ exchange, client }: Call): Promise<Answer> => {
    const mode = modeOf(exchange.request.headers)
    const bytes = await bodies.read(exchange.request, limits.bodyBytes)
    return mode === 'batch' ? batch(exchange, client, bytes) : one(exchange, client, mode, bytes)
  }
}
