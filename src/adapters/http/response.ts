import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { evidenceOf, type HttpResponse, unknown } from '../../connector/index.ts'
import { tooLarge } from './classify.ts'
import type { Limits, RawAnswer } from './exchange.ts'
import { createLeaveOut } from './leave-out.ts'

/** The answer as a connector sees it. */
export function toResponse({ status, headers, bytes }: RawAnswer): HttpResponse {
  const response: HttpResponse = {
    status,
    headers: flatten(headers),
    bytes,
    text: () => bytes.toString('utf8').replace(/^\ufeff/, ''),
    json() {
      if (!isUtf8(bytes)) throw notJson(response)
      try {
        return JSON.parse(response.text())
      } catch {
        throw notJson(response)
      }
    },
  }
  return response
}

/** The parser's own message quotes the text, so it is not passed on. */
const notJson = (response: HttpResponse) =>
  unknown('answer-invalid', {
    detail: { vi: 'Câu trả lời không phải JSON', en: 'The answer is not JSON' },
    evidence: evidenceOf(response),
  })

/** Only `set-cookie` comes as a list. */
function flatten(headers: IncomingHttpHeaders): Record<string, string | undefined> {
  const cookies = headers['set-cookie']
  if (!cookies) return headers as Record<string, string | undefined>
  return { ...headers, 'set-cookie': cookies.join(', ') } as Record<string, string | undefined>
}

const decoders = {
  gzip: promisify(zlib.gunzip),
  deflate: promisify(zlib.inflate),
  br: promisify(zlib.brotliDecompress),
} as const

/**
 * The hub does not ask for compressed answers, but some gateways compress whatever they send. The
 * limit holds for the decompressed bytes too.
 */
export async function decompress(
  answer: RawAnswer,
  origin: string,
  { maxResponseBytes: maxBytes, leaveOut }: Pick<Limits, 'maxResponseBytes' | 'leaveOut'>,
): Promise<RawAnswer> {
  const name = answer.headers['content-encoding']?.trim().toLowerCase().replace(/^x-/, '')
  if (!name || name === 'identity' || answer.bytes.length === 0) return answer
  const decode = Object.hasOwn(decoders, name) ? decoders[name as keyof typeof decoders] : undefined
  if (!decode) throw unknown('answer-invalid', { evidence: { httpStatus: answer.status } })
  try {
    const bytes = await decode(answer.bytes, { maxOutputLength: maxBytes })
    return { ...answer, bytes: leaveOut.length > 0 ? createLeaveOut(leaveOut)(bytes) : bytes }
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(origin, maxBytes)
    throw unknown('answer-invalid', { evidence: { httpStatus: answer.status }, cause: error })
  }
}
