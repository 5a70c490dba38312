/**
 * What a broken exchange with a mail server means for the mail (RFC 5321). The server answers for it from
 * the moment it has said 250 to its content:
 *
 *   connecting   nothing has left              retry
 *   asking       greeting, login, envelope     retry; 5xx permanent; a refused account: auth
 *   content      the content is leaving        4xx retry, 5xx permanent, silence or nonsense unknown
 *
 * Words of the server stand in the evidence only: they often repeat the address of the recipient.
 */
import {
  type ConnectorError,
  type Evidence,
  later,
  permanent,
  unauthorised,
  unknown,
} from '../../src/connector/index.ts'

export type Phase = 'connecting' | 'asking' | 'content'

/** What the driver adds to an error. */
interface DriverError {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly command?: unknown
  readonly response?: unknown
  readonly responseCode?: unknown
}

const longestWords = 1000

const evidenceOf = ({ response, responseCode }: DriverError): Evidence => ({
  ...(typeof responseCode === 'number' && { remoteCode: String(responseCode) }),
  ...(typeof response === 'string' && { remoteMessage: response.slice(0, longestWords) }),
})

/** For a limit of ours that ran out. */
export function timedOut(phase: Phase): ConnectorError {
  if (phase === 'content') return unknown('answer-timeout')
  return later(phase === 'connecting' ? 'connect-timeout' : 'answer-timeout')
}

/** For a stop that we were told. */
export const interrupted = (phase: Phase): ConnectorError =>
  phase === 'content' ? unknown('interrupted') : later('interrupted')

export function classifyFailure(
  error: unknown,
  phase: Phase,
  retryAfterSeconds: number,
): ConnectorError {
  const known = (typeof error === 'object' && error !== null ? error : {}) as DriverError
  const facts = { evidence: evidenceOf(known) }
  const patience = { ...facts, retryAfterMs: retryAfterSeconds * 1000 }
  const status = typeof known.responseCode === 'number' ? known.responseCode : 0
  const isLogin = known.code === 'EAUTH' && status >= 500
  if (isLogin || status === 530 || status === 535 || status === 538)
    return unauthorised('session-refused', facts)
  if (status >= 400 && status < 500)
    return later(status === 421 || status === 450 ? 'target-rate-limited' : 'target-busy', patience)
  // Before a recipient was named it is not the mail that is refused.
  if (status >= 500 && status < 600 && status !== 552 && isAboutUs(known, phase))
    return unauthorised('target-forbidden', facts)
  if (status >= 500 && status < 600) return permanent('target-rejected', facts)
  if (phase === 'content')
    return unknown(isNonsense(known, status) ? 'answer-invalid' : 'connection-lost', facts)
  return later(codeOf(known, phase), facts)
}

const isAboutUs = ({ command }: DriverError, phase: Phase): boolean =>
  phase === 'connecting' || command === 'CONN' || command === 'EHLO' || command === 'MAIL FROM'

const isNonsense = ({ code, response }: DriverError, status: number): boolean =>
  code === 'EPROTOCOL' || status > 0 || (code === 'EMESSAGE' && response !== undefined)

function codeOf({ code, originalCode }: DriverError, phase: Phase) {
  if (code === 'EDNS') return 'name-not-resolved'
  if (code === 'ETLS' || isCertificate(originalCode)) return 'tls-failed'
  if (code === 'ETIMEDOUT' || originalCode === 'ETIMEDOUT') return 'connect-timeout'
  if (code === 'EAUTH' || code === 'EPROTOCOL' || code === 'EENVELOPE') return 'answer-invalid'
  return phase === 'connecting' ? 'connection-refused' : 'connection-lost'
}

/** Of node:tls; over `smtps` the driver hands them on as errors of the socket. */
const isCertificate = (code: unknown): boolean =>
  typeof code === 'string' &&
  /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/.test(code)
