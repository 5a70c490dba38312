/**
 * What a broken exchange with a file server means. Nothing that was asked for is done for good before a file
 * gets its name, so until then all is "surely not applied":
 *
 *   connecting   reach, host key, account    retry; an unknown host key and a refused account: auth
 *   asking       listing, reading, writing under a temporary name    retry; denied: permanent
 *   naming       the file is getting its name    a clear refusal as above, everything else unknown
 *
 * Words of a server stand in the evidence only: they often repeat a path.
 */
import {
  type ConnectorError,
  type ErrorCode,
  type Evidence,
  later,
  permanent,
  unauthorised,
  unknown,
  type Words,
} from '../../src/connector/index.ts'

export type Phase = 'connecting' | 'asking' | 'naming'

/** Of SFTP: versions 3 (what is spoken) to 6 (what some servers answer all the same). */
export const status = {
  noSuchFile: 2,
  denied: 3,
  failure: 4,
  badMessage: 5,
  unsupported: 8,
  noSuchPath: 10,
  alreadyThere: 11,
  readOnly: 12,
  full: 14,
  quota: 15,
} as const

/** What the driver adds to an error. */
interface DriverError {
  readonly code?: unknown
  readonly level?: unknown
  readonly message?: unknown
}

const longestWords = 1000

const evidenceOf = ({ code, message }: DriverError): Evidence => ({
  ...(code !== undefined && { remoteCode: String(code) }),
  ...(typeof message === 'string' && { remoteMessage: message.slice(0, longestWords) }),
})

/** For a limit of ours that ran out. */
export function timedOut(phase: Phase): ConnectorError {
  if (phase === 'naming') return unknown('answer-timeout')
  return later(phase === 'connecting' ? 'connect-timeout' : 'answer-timeout')
}

/** For a stop that we were told. */
export const interrupted = (phase: Phase): ConnectorError =>
  phase === 'naming' ? unknown('interrupted') : later('interrupted')

/** For the end of a connection that nobody explained. */
export const broken = (phase: Phase): ConnectorError =>
  phase === 'naming' ? unknown('connection-lost') : later('connection-lost')

/** The server has another key than the operator has written down: a person must look. */
export const unknownHostKey = (fingerprint: string): ConnectorError =>
  unauthorised('host-key-unknown', { evidence: { remoteCode: fingerprint } })

export const statusOf = (error: unknown): number | undefined => {
  const { code } = Object(error) as DriverError
  return typeof code === 'number' ? code : undefined
}

export function classifyFailure(
  error: unknown,
  phase: Phase,
  retryAfterSeconds: number,
): ConnectorError {
  const known = (typeof error === 'object' && error !== null ? error : {}) as DriverError
  const facts = { evidence: evidenceOf(known) }
  if (phase === 'connecting') return connecting(known, facts)
  switch (statusOf(error)) {
    case status.full:
    case status.quota:
      return later('target-full', { ...facts, retryAfterMs: retryAfterSeconds * 1000 })
    case status.denied:
    case status.readOnly:
      return permanent('target-forbidden', facts)
    case status.unsupported:
      return permanent('target-rejected', facts)
    case status.noSuchFile:
    case status.noSuchPath:
      // Of a temporary name that was there a moment ago: nothing has got a name.
      return phase === 'naming'
        ? later('file-changed', facts)
        : permanent('system-misconfigured', { ...facts, detail: noFolder })
  }
  if (phase !== 'naming')
    return later(statusOf(error) === undefined ? 'connection-lost' : 'target-failed', facts)
  const code = statusOf(error)
  if (code === undefined) return unknown('connection-lost', facts)
  return unknown(code === status.failure ? 'target-failed' : 'answer-wording-unknown', facts)
}

function connecting(known: DriverError, facts: { readonly evidence: Evidence }): ConnectorError {
  if (known.level === 'client-authentication') return unauthorised('session-refused', facts)
  return later(codeOf(known), facts)
}

function codeOf({ code, level }: DriverError): ErrorCode {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name-not-resolved'
  if (code === 'ETIMEDOUT' || level === 'client-timeout') return 'connect-timeout'
  if (level === 'protocol' || level === 'handshake') return 'answer-invalid'
  return level === 'client-socket' ? 'connection-refused' : 'connection-lost'
}

const noFolder: Words = {
  vi: 'Máy chủ không có thư mục (hoặc tệp) đã cấu hình.',
  en: 'The server has no such folder (or file) as is configured.',
}
