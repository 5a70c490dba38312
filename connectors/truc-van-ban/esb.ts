/**
 * One vendor's exchange beside the axis: a slot is asked for, the document is put into it, and then it is told
 * to deliver. Nothing arrives before that last call, and its answer is the only proof.
 *
 *   requestSlot ─→ send (sha256, content) ─→ deliver ─→ delivered
 *      │ fails        │ refused: permanent      │ refused: permanent
 *      │              │ no answer: unknown      │ no answer: asked by `state`, once; else unknown
 *      └ nothing was sent: retry
 *
 * Source: two public clients of the vendor's SDK, which is not public itself: names of calls, parameters and
 * members are options; see README.
 */
import {
  type ConnectorContext,
  ConnectorError,
  type Evidence,
  evidenceOf,
  type HttpResponse,
  later,
  type Outgoing,
  permanent,
  readPointer,
  unknown,
} from '../../src/connector/index.ts'
import type { AxisClient, Listing } from './axis.ts'
import type { AxisOptions, EsbCall, EsbParameter } from './options.ts'
import { createExchange, hashOf, recordIn } from './transport.ts'

type Parameters = Readonly<Partial<Record<EsbParameter, string>>>

export function createEsbClient(context: ConnectorContext, options: AxisOptions): AxisClient {
  const { esb } = options
  const exchange = createExchange(context, options)

  const call = (
    name: EsbCall,
    parameters: Parameters,
    signal: AbortSignal,
    body?: Outgoing<string>,
  ): Promise<HttpResponse> => {
    const named = Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [
        esb.parameters[key as EsbParameter],
        value,
      ]),
    )
    return exchange(
      {
        name: esb.calls[name],
        ...(esb.parametersIn === 'query' ? { query: named } : { headers: named }),
        ...(body !== undefined && { body }),
      },
      signal,
    )
  }

  const wordAt = (response: HttpResponse, pointer: string): string | undefined => {
    const said = readPointer(recordIn(response), pointer)
    return typeof said === 'string' || typeof said === 'number' ? String(said) : undefined
  }
  /** A refusal in words that are known is one; other words leave it open. */
  const mustBeAccepted = (response: HttpResponse, word: string | undefined): void => {
    if (word !== undefined && esb.accepted.includes(word)) return
    const evidence = evidenceOf(response, word)
    if (word !== undefined && esb.refused.includes(word))
      throw permanent('target-rejected', { evidence })
    throw unknown('answer-wording-unknown', { evidence })
  }
  /** The id that a call is there for; a status beside it must not say otherwise. */
  const idIn = (response: HttpResponse, pointer: string): string => {
    const status = wordAt(response, esb.answers.status)
    if (status !== undefined) mustBeAccepted(response, status)
    const id = wordAt(response, pointer)
    if (id !== undefined && isId.test(id)) return id
    throw unknown('answer-invalid', { evidence: evidenceOf(response) })
  }

  const deliver = async (id: string, signal: AbortSignal): Promise<Evidence> => {
    const response = await call('deliver', { id }, signal)
    mustBeAccepted(response, wordAt(response, esb.answers.status))
    return evidenceOf(response)
  }
  const stateOf = async (id: string, signal: AbortSignal) => {
    const response = await call('state', { id }, signal)
    const word = wordAt(response, esb.answers.state) ?? ''
    return { word, evidence: evidenceOf(response, word) }
  }
  /** After a delivery without an answer: what the exchange says of it. */
  const settled = async (
    id: string,
    error: ConnectorError,
    signal: AbortSignal,
  ): Promise<Evidence> => {
    const { outcome } = error
    const open = unknown(error.code, {
      ...('evidence' in outcome && outcome.evidence && { evidence: outcome.evidence }),
      cause: error,
    })
    if (esb.delivered.length + esb.notDelivered.length === 0) throw open
    const said = await stateOf(id, signal).catch(() => undefined)
    if (said && esb.delivered.includes(said.word)) return said.evidence
    if (said && esb.notDelivered.includes(said.word))
      throw later(error.code, { evidence: said.evidence, cause: error })
    throw open
  }

  return {
    async list(kind, signal) {
      const response = await call('list', { type: esb.types[kind] }, signal)
      const items = readPointer(recordIn(response), esb.answers.list)
      if (!Array.isArray(items)) throw unknown('answer-invalid')
      const said = items.map((item) => readPointer(item, esb.answers.item))
      // Where no entry has anything there, it is not the list that was agreed.
      if (said.length > 0 && said.every((id) => id === undefined || id === null))
        throw unknown('answer-invalid')
      return listingOf(said, esb.answers.item)
    },
    async get(id, signal) {
      return (await call('get', { id }, signal)).bytes
    },
    async mark(id, status, signal) {
      const response = await call('mark', { id, status }, signal)
      mustBeAccepted(response, wordAt(response, esb.answers.status))
    },
    async send({ kind }, edxml, signal) {
      const body = context.outgoing('truc-van-ban/edxml/v1', edxml)
      const sha256 = await hashOf(context, options, body)
      const slot = await whileNothingIsSent(async () =>
        idIn(await call('requestSlot', { type: esb.types[kind] }, signal), esb.answers.slot),
      )
      const parameters = { slot, key: `${sha256}.edxml`, sha256 }
      const id = idIn(await call('send', parameters, signal, body), esb.answers.sent)
      try {
        return await deliver(id, signal)
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error
        // The content is there already: nothing but a refusal shows that it goes no further.
        if (error.outcome.kind === 'permanent') throw error
        return await settled(id, error, signal)
      }
    },
  }
}

/** As ids of the axis: they travel in headers and addresses. */
const isId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** One entry that is of no use does not hold up the others: it is told, by what it says or by where it stands. */
function listingOf(said: readonly unknown[], pointer: string): Listing {
  const ids = new Set<string>()
  const faulty = new Set<string>()
  for (const [index, one] of said.entries()) {
    const text = typeof one === 'string' || typeof one === 'number' ? String(one) : ''
    if (isId.test(text)) ids.add(text)
    else faulty.add(text === '' ? `#${index + 1}` : text.slice(0, longestTold))
  }
  const unread = [...faulty].slice(0, mostTold)
  return {
    ids: [...ids],
    unread: unread.map((subject) => ({ subject, code: 'answer-invalid', pointers: [pointer] })),
  }
}

/** They are kept in the cursor; of more than these something else is wrong than the entries. */
const mostTold = 100
const longestTold = 100

/** A slot that was asked for and left empty does no harm. */
async function whileNothingIsSent<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.outcome.kind !== 'unknown') throw error
    const { kind: _, code, ...facts } = error.outcome
    throw later(code, { ...facts, cause: error })
  }
}
