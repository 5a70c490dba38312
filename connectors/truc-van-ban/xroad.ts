/**
 * The axis itself: every parameter is a header, and the headers are signed. Source: SDK 2.0.1 of the axis
 * (com.vpcp.services) in public code; see README.
 */
import { createHash } from 'node:crypto'
import {
  type ConnectorContext,
  evidenceOf,
  type Fault,
  field,
  type HttpResponse,
  type Outgoing,
  permanent,
  type RemoteRecord,
  unknown,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { AxisClient } from './axis.ts'
import type { AxisOptions } from './options.ts'
import { createExchange, hashOf, recordIn } from './transport.ts'

export function createXroadClient(context: ConnectorContext, options: AxisOptions): AxisClient {
  const exchange = createExchange(context, options)
  const prefix =
    options.credentials.style === 'signed-headers' ? options.credentials.prefix : 'XroadVnpt-'

  const call = (
    name: string,
    signed: Readonly<Record<string, string>>,
    signal: AbortSignal,
    body?: Outgoing<string>,
  ): Promise<HttpResponse> => {
    const headers = { [`${prefix}version`]: options.version }
    return exchange({ name, headers, signed, ...(body !== undefined && { body }) }, signal)
  }

  /** The axis writes its members in one case here and in another there. */
  const answerOf = (response: HttpResponse): RemoteRecord => {
    const record = recordIn(response)
    const answer = context.answer<RemoteRecord>(
      'truc-van-ban/answer/v1',
      withoutAbsent({
        status: field(record, 'status'),
        ErrorCode: field(record, 'ErrorCode'),
        ErrorDesc: field(record, 'ErrorDesc'),
        DocId: field(record, 'DocId'),
        data: field(record, 'data'),
      }),
    )
    const code = answer.ErrorCode == null ? undefined : String(answer.ErrorCode)
    const evidence = () => evidenceOf(response, code)
    if (answer.status === 'FAIL') throw permanent('target-rejected', { evidence: evidence() })
    // "OK" with the number of an error: nobody knows which of the two holds.
    if (code !== undefined && code !== '0')
      throw unknown('answer-wording-unknown', { evidence: evidence() })
    return answer
  }

  /** Where the answer names a hash, the document is what was hashed. */
  const sound = (bytes: Uint8Array, { headers }: HttpResponse): Uint8Array => {
    const said = headers[`${prefix}hash-file`.toLowerCase()]
    if (said === undefined || said.toLowerCase() === sha256(bytes)) return bytes
    throw unknown('answer-invalid', { faults: [otherHash] })
  }

  return {
    async list(kind, signal) {
      const parameters = { servicetype: 'eDoc', messagetype: kind }
      const { data } = answerOf(await call('getReceivedEdocList', parameters, signal))
      // What writes the answer may leave out a list that is empty.
      const items = (Array.isArray(data) ? data : data == null ? [] : [data]) as RemoteRecord[]
      const listed = context.answer<{ docId: string | number }[]>(
        'truc-van-ban/list-answer/v1',
        items.map((item) => withoutAbsent({ docId: field(item ?? {}, 'docId') })),
      )
      return { ids: [...new Set(listed.map(({ docId }) => String(docId)))], unread: [] }
    },
    async get(docId, signal) {
      const response = await call('getEdoc', { docId }, signal)
      if (options.documentIn === 'body' && !/json/i.test(response.headers['content-type'] ?? ''))
        return sound(response.bytes, response)
      const { data } = answerOf(response)
      if (typeof data !== 'string') throw unknown('answer-invalid')
      return sound(Buffer.from(data, 'base64'), response)
    },
    async mark(docId, as, signal) {
      answerOf(await call('updateStatus', { docId, status: as }, signal))
    },
    async send({ kind, from, to }, edxml, signal) {
      const body = context.outgoing('truc-van-ban/edxml/v1', edxml)
      const hash = await hashOf(context, options, body)
      const parameters = {
        ...{ from, to, servicetype: 'eDoc', messagetype: kind },
        'hash-file': hash,
      }
      const response = await call('sendEdoc', parameters, signal, body)
      answerOf(response)
      return evidenceOf(response)
    },
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const otherHash: Fault = {
  ...{ pointer: '', rule: 'hash-file' },
  vi: 'nội dung nhận được không khớp mã băm',
  en: 'is not the content whose hash was given',
}
