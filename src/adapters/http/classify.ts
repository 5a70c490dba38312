/**
 * What a broken request means for the message it carried. The question is always the same: may the
 * other side have read it?
 *
 *   nothing written      retry     looking up, connecting, TLS handshake, waiting for a connection
 *   written, no answer   unknown   also when a kept connection turned out to be dead: the bytes were
 *                                  handed to the kernel, and whether the server read them before it
 *                                  closed cannot be seen from here
 *
 * One exception. In TLS 1.3 the server judges our certificate after our side of the handshake is
 * done, when the request has been written already. Its alert says that it refused the handshake, so
 * it cannot have read the request: tls-failed, retry.
 */
import { type ConnectorError, later, unknown } from '../../connector/index.ts'
import { type ErrorCode, HubError, type Words } from '../../domain/errors.ts'

/** How far a request has come. */
export type Phase = 'queued' | 'connecting' | 'handshaking' | 'written' | 'answering'

/** `origin` is the only part of the address that is named: the rest may hold personal data. */
export interface Place {
  readonly origin: string
  readonly phase: Phase
  /** Whether the connection had served another request before. */
  readonly reused: boolean
}

const isUnwritten = (phase: Phase): boolean =>
  phase === 'queued' || phase === 'connecting' || phase === 'handshaking'

const handshakeAlert =
  /ALERT_(?:CERTIFICATE|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE|PROTOCOL_VERSION)|ALERT_NO_CERTIFICATE/

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | undefined)?.code
  return typeof code === 'string' ? code : 'no code'
}

const words = (origin: string, vi: string, en: string): Words => ({
  vi: `${origin}: ${vi}`,
  en: `${origin}: ${en}`,
})

/** For an error that node:http, node:net or node:tls reported. */
export function classifyFailure(error: unknown, place: Place): ConnectorError {
  const { origin, phase, reused } = place
  const code = codeOf(error)
  const facts = { detail: words(origin, code, code), cause: error }
  if (isUnwritten(phase)) return later(unwrittenCode(code, phase), facts)
  if (phase === 'written' && !reused && handshakeAlert.test(code)) return later('tls-failed', facts)
  if (code === 'HPE_HEADER_OVERFLOW') return unknown('answer-too-large', facts)
  if (code.startsWith('HPE_')) return unknown('answer-invalid', facts)
  return unknown('connection-lost', facts)
}

function unwrittenCode(code: string, phase: Phase): ErrorCode {
  if (phase === 'handshaking') return 'tls-failed'
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
      return 'name-not-resolved'
    case 'ETIMEDOUT':
    case 'ERR_SOCKET_CONNECTION_TIMEOUT':
      return 'connect-timeout'
    default:
      return 'connection-refused'
  }
}

/** For a streamed body that could not be made to its end: some of it has left. */
export const classifyBrokenBody = (error: unknown, { origin }: Place): ConnectorError => {
  const code = error instanceof HubError ? error.code : 'bug'
  return unknown(code, {
    detail: words(
      origin,
      'nội dung gửi đi bị đứt giữa chừng',
      'what was sent broke off in the middle',
    ),
    cause: error,
  })
}

/** For a time limit of ours that ran out. */
export function classifyTimeout({ origin, phase }: Place, limitMs: number): ConnectorError {
  switch (phase) {
    case 'queued':
      return later('connect-timeout', {
        detail: words(
          origin,
          `không có kết nối trống sau ${limitMs} ms`,
          `no free connection within ${limitMs} ms`,
        ),
      })
    case 'connecting':
      return later('connect-timeout', {
        detail: words(
          origin,
          `chưa kết nối sau ${limitMs} ms`,
          `not connected within ${limitMs} ms`,
        ),
      })
    case 'handshaking':
      return later('connect-timeout', {
        detail: words(
          origin,
          `bắt tay TLS chưa xong sau ${limitMs} ms`,
          `TLS handshake not finished within ${limitMs} ms`,
        ),
      })
    case 'written':
      return unknown('answer-timeout', {
        detail: words(origin, `chưa trả lời sau ${limitMs} ms`, `no answer within ${limitMs} ms`),
      })
    case 'answering':
      return unknown('answer-timeout', {
        detail: words(
          origin,
          `câu trả lời dở dang sau ${limitMs} ms`,
          `the answer was not complete within ${limitMs} ms`,
        ),
      })
  }
}

/** For a request whose signal was aborted. */
export const classifyInterruption = ({ origin, phase }: Place): ConnectorError => {
  const detail = words(origin, 'bị ngắt', 'interrupted')
  return isUnwritten(phase) ? later('interrupted', { detail }) : unknown('interrupted', { detail })
}

/** For an answer of more bytes than allowed. */
export const tooLarge = (origin: string, maxBytes: number): ConnectorError =>
  unknown('answer-too-large', {
    detail: words(
      origin,
      `câu trả lời vượt ${maxBytes} byte`,
      `the answer has more than ${maxBytes} bytes`,
    ),
  })
