/**
 * The only file that talks to the payment platform: JSON over POST, every message signed. What a code
 * other than "0" and "00" means has not been published: it is read from the operator's table, and a code
 * that is not there is an unknown outcome.
 */
import {
  type ConnectorContext,
  type ConnectorError,
  createCredentials,
  type Evidence,
  evidenceOf,
  expectSuccess,
  type HttpResponse,
  later,
  type Outgoing,
  permanent,
  type thanhToan,
  unauthorised,
  unknown,
} from '../../src/connector/index.ts'
import type { PaymentOptions } from './options.ts'
import { questionOf, type Standing, standingOf } from './translate.ts'

export interface PaymentClient {
  /** INIT. The address at which the payer pays. */
  init(message: object, signal: AbortSignal): Promise<string>
  /** QUERY. Throws when there is no answer; what the answer says is read apart. */
  query(reference: string, signal: AbortSignal): Promise<Answered>
  /** GET_BILL. The receipt as a PDF file; undefined as above. */
  bill(reference: string, signal: AbortSignal): Promise<Uint8Array | undefined>
}

export interface Answered {
  /** Undefined only where the platform says that it does not know the reference. */
  standing(): Standing | undefined
}

const largestBill = 10 * 1024 * 1024

export function createPaymentClient(
  context: ConnectorContext,
  options: PaymentOptions,
): PaymentClient {
  const credentials = createCredentials(context, options.credentials)
  const base = options.baseUrl.replace(/\/+$/, '')

  const post = async (
    path: string,
    body: Outgoing<object>,
    signal: AbortSignal,
    maxResponseBytes?: number,
  ): Promise<HttpResponse> => {
    const url = `${base}/${path}`
    const response = await credentials.request({
      method: 'POST',
      url,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body,
      ...(maxResponseBytes !== undefined && { maxResponseBytes }),
      signal,
    })
    return expectSuccess(response, context.clock.now())
  }

  const ask = (
    kind: 'QUERY' | 'GET_BILL',
    reference: string,
    signal: AbortSignal,
  ): Promise<HttpResponse> => {
    const question = questionOf(kind, reference, options, context.clock.now())
    const body = context.outgoing('thanh-toan/question/v1', question)
    return kind === 'QUERY'
      ? post(options.paths.query, body, signal)
      : post(options.paths.bill, body, signal, largestBill)
  }

  /** The answer whose code is "00"; undefined where its code says that there is no such payment. */
  const readAnswer = (
    response: HttpResponse,
    body = response.json(),
  ): thanhToan.QueryAnswer | undefined => {
    const answer = context.answer<thanhToan.QueryAnswer>('thanh-toan/query-answer/v1', body)
    if (answer.MaLoi === '00') return answer
    if (options.meanings[answer.MaLoi] === 'missing') return undefined
    throw failure(options, answer.MaLoi, evidenceOf(response, answer.MaLoi))
  }

  return {
    async init(message, signal) {
      const body = context.outgoing('thanh-toan/init-request/v1', message)
      const response = await post(options.paths.init, body, signal)
      const answer = context.answer<thanhToan.InitAnswer>(
        'thanh-toan/init-answer/v1',
        response.json(),
      )
      const code = String(answer.error_code)
      // Not the answer's own words when it went well: they hold the payer's address of payment.
      if (code !== '0') throw failure(options, code, evidenceOf(response, code))
      const link = context.answer<thanhToan.InitLink>(
        'thanh-toan/init-link/v1',
        readText(answer.message),
      )
      return link.UrlThanhToan
    },
    async query(reference, signal) {
      const response = await ask('QUERY', reference, signal)
      const body = response.json()
      return {
        standing() {
          const answer = readAnswer(response, body)
          return answer && standingOf(reference, answer)
        },
      }
    },
    async bill(reference, signal) {
      const response = await ask('GET_BILL', reference, signal)
      const { bytes } = response
      if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-') return bytes
      // No file: then it must be a refusal in the platform's words, and success is none.
      if (readAnswer(response)) throw unknown('answer-invalid')
      return undefined
    },
  }
}

/** JSON inside a text. */
function readText(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    throw unknown('answer-invalid')
  }
}

function failure(options: PaymentOptions, code: string, evidence: Evidence): ConnectorError {
  switch (options.meanings[code]) {
    case 'missing':
      return permanent('target-not-found', { evidence })
    case 'refused':
      return permanent('target-rejected', { evidence })
    case 'signature':
      return unauthorised('session-refused', { evidence })
    case 'busy':
      return later('target-busy', { evidence })
    default:
      return unknown('answer-wording-unknown', { evidence })
  }
}
