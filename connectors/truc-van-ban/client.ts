/**
 * The only file that talks to the axis. Every parameter is a header, and the headers are signed.
 * Source: SDK 2.0.1 of the axis (com.vpcp.services); see README.
 */
import { createHash } from 'node:crypto'
import {
  base64Of,
  type ConnectorContext,
  createCredentials,
  errorForStatus,
  evidenceOf,
  expectSuccess,
  field,
  type HttpResponse,
  type Outgoing,
  permanent,
  type RemoteRecord,
  splitAtFiles,
  unknown,
  type Words,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { AxisOptions } from './options.ts'

export type Kind = 'edoc' | 'status'

/** Bytes of one edXML file, attachments in base64 included. */
export const largestDocument = 50 * 1024 * 1024

export interface AxisClient {
  /** Ids of what waits to be marked as done. */
  list(kind: Kind, signal: AbortSignal): Promise<readonly string[]>
  get(docId: string, signal: AbortSignal): Promise<Uint8Array>
  /** What the axis says of the transport; nothing to do with the business status. */
  markDone(docId: string, signal: AbortSignal): Promise<void>
  send(
    document: { readonly kind: Kind; readonly from: string; readonly to: string },
    edxml: string,
    signal: AbortSignal,
  ): Promise<HttpResponse>
}

export function createAxisClient(context: ConnectorContext, options: AxisOptions): AxisClient {
  const credentials = createCredentials(context, options.credentials)
  const prefix =
    options.credentials.style === 'signed-headers' ? options.credentials.prefix : 'XroadVnpt-'

  const call = async (
    name: string,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
    body?: Outgoing<string>,
  ): Promise<HttpResponse> => {
    const url = `${options.baseUrl.replace(/\/+$/, '')}/${name}`
    const response = await credentials.use(
      { url, parameters },
      async (signed) => {
        const answer = await context.http.request({
          ...{ method: 'POST', url, signal, maxResponseBytes: largestAnswer },
          headers: {
            'content-type': 'application/octet-stream',
            'user-agent': options.userAgent,
            [`${prefix}version`]: options.version,
            ...signed,
          },
          ...(body !== undefined && { body }),
        })
        if (answer.status === 401) throw errorForStatus(answer)
        return answer
      },
      signal,
    )
    return expectSuccess(response, context.clock.now())
  }

  /** The axis writes its members in one case here and in another there. */
  const answerOf = (response: HttpResponse): RemoteRecord => {
    const said = response.json()
    if (typeof said !== 'object' || said === null) throw unknown('answer-invalid')
    const record = said as RemoteRecord
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
    const evidence = evidenceOf(response, code)
    if (answer.status === 'FAIL') throw permanent('target-rejected', { evidence })
    // "OK" with the number of an error: nobody knows which of the two holds.
    if (code !== undefined && code !== '0') throw unknown('answer-wording-unknown', { evidence })
    return answer
  }

  return {
    async list(kind, signal) {
      const parameters = { servicetype: 'eDoc', messagetype: kind }
      const { data } = answerOf(await call('getReceivedEdocList', parameters, signal))
      const items = context.answer<{ docId: string }[]>('truc-van-ban/list-answer/v1', data)
      return [...new Set(items.map(({ docId }) => docId))]
    },
    async get(docId, signal) {
      const response = await call('getEdoc', { docId }, signal)
      if (options.documentIn === 'body' && !/json/i.test(response.headers['content-type'] ?? ''))
        return response.bytes
      const { data } = answerOf(response)
      if (typeof data !== 'string') throw unknown('answer-invalid')
      return Buffer.from(data, 'base64')
    },
    async markDone(docId, signal) {
      answerOf(await call('updateStatus', { docId, status: 'done' }, signal))
    },
    async send({ kind, from, to }, edxml, signal) {
      const body = context.outgoing('truc-van-ban/edxml/v1', edxml)
      const hash = await hashOf(context, body)
      const parameters = {
        ...{ from, to, servicetype: 'eDoc', messagetype: kind },
        'hash-file': hash,
      }
      const response = await call('sendEdoc', parameters, signal, body)
      answerOf(response)
      return response
    },
  }
}

/** In Base64 a document grows by a third; the envelope of the answer comes on top. */
const largestAnswer = Math.ceil((largestDocument * 4) / 3) + 64 * 1024

/** SHA-256 of the very bytes that will leave, files in their places; never in memory whole. */
async function hashOf({ files }: ConnectorContext, edxml: string): Promise<string> {
  const hash = createHash('sha256')
  let size = 0
  const add = (piece: Uint8Array): void => {
    size += piece.length
    if (size > largestDocument) throw permanent('file-too-large', { detail: tooLarge })
    hash.update(piece)
  }
  for (const part of splitAtFiles(edxml))
    if (typeof part === 'string') add(Buffer.from(part))
    else for await (const piece of base64Of((await files.open(part.file)).content)) add(piece)
  return hash.digest('hex')
}

const tooLarge: Words = {
  vi: 'Văn bản cùng tệp đính kèm (Base64) vượt 50 MB của trục; giảm dung lượng tệp.',
  en: "The document with its attachments (Base64) exceeds the axis' 50 MB; make the files smaller.",
}
