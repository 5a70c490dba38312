/** What both transports share: the exchange, the limit, and the hash of what is to leave. */
import { createHash } from 'node:crypto'
import {
  base64Length,
  base64Of,
  type ConnectorContext,
  createCredentials,
  errorForStatus,
  expectSuccess,
  type HttpResponse,
  type Outgoing,
  permanent,
  type RemoteRecord,
  splitAtFiles,
  unknown,
  type Words,
} from '../../src/connector/index.ts'
import type { AxisOptions } from './options.ts'

const megabyte = 1024 * 1024

/** Bytes of one edXML file, attachments in base64 included. */
export const largestOf = ({ maxMegabytes }: Pick<AxisOptions, 'maxMegabytes'>): number =>
  maxMegabytes * megabyte

export interface Exchange {
  /** Of the call, below the base address. */
  readonly name: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as headers and signed, where the credentials sign. */
  readonly signed?: Readonly<Record<string, string>>
  readonly body?: Outgoing<string>
}

/** One call; throws unless the status is a success. */
export function createExchange(
  context: ConnectorContext,
  options: AxisOptions,
): (exchange: Exchange, signal: AbortSignal) => Promise<HttpResponse> {
  const credentials = createCredentials(context, options.credentials)
  const base = options.baseUrl.replace(/\/+$/, '')
  // In base64 a document grows by a third; the envelope of the answer comes on top.
  const maxResponseBytes = base64Length(largestOf(options)) + 64 * 1024
  return async ({ name, query, headers, signed = {}, body }, signal) => {
    const url = `${base}/${name}`
    const response = await credentials.use(
      { url, parameters: signed },
      async (own) => {
        const answer = await context.http.request({
          ...{ method: 'POST', url, signal, maxResponseBytes, ...(query && { query }) },
          headers: {
            accept: '*/*',
            'content-type': 'application/octet-stream',
            'user-agent': options.userAgent,
            ...headers,
            ...own,
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
}

/** The members of a JSON answer. */
export function recordIn(response: HttpResponse): RemoteRecord {
  const said = response.json()
  if (typeof said === 'object' && said !== null) return said as RemoteRecord
  throw unknown('answer-invalid')
}

/**
 * SHA-256 in hex of the very bytes that will leave, files in their places; never in memory whole. Too large
 * a document is refused before its files are read.
 */
export async function hashOf(
  { files }: ConnectorContext,
  options: AxisOptions,
  edxml: string,
): Promise<string> {
  const hash = createHash('sha256')
  const limit = largestOf(options)
  let size = 0
  const count = (bytes: number): void => {
    size += bytes
    if (size > limit) throw permanent('file-too-large', { detail: tooLarge(size, options) })
  }
  const parts = splitAtFiles(edxml)
  for (const part of parts)
    count(
      typeof part === 'string'
        ? Buffer.byteLength(part)
        : base64Length((await files.open(part.file)).size),
    )
  for (const part of parts)
    if (typeof part === 'string') hash.update(part)
    else
      for await (const piece of base64Of((await files.open(part.file)).content)) hash.update(piece)
  return hash.digest('hex')
}

function tooLarge(size: number, { maxMegabytes }: AxisOptions): Words {
  const least = Math.ceil((size / megabyte) * 10) / 10
  return {
    vi: `Văn bản cùng tệp đính kèm (Base64) ít nhất ${least} MB, vượt ${maxMegabytes} MB của trục; giảm dung lượng tệp. Chưa gửi gì.`,
    en: `The document with its attachments (Base64) has at least ${least} MB, more than the axis' ${maxMegabytes} MB; make the files smaller. Nothing was sent.`,
  }
}
