/**
 * What a database says when it refuses, as an outcome. It has only been asked, so nothing was changed whatever
 * went wrong: what may pass is tried again. Its words are never repeated, they may hold what stands in a row;
 * of them only a name is told that the configuration itself uses.
 */
import {
  type ConnectorError,
  later,
  permanent,
  unauthorised,
  unknown,
} from '../../src/connector/index.ts'
import type { Phase } from './driver.ts'

/** What a code of the server means. */
export type Meaning =
  | 'account' // refused
  | 'right' // this account may not do that
  | 'busy' // later
  | 'timeout' // it gave up, or was told to
  | 'missing' // table, column, schema or database
  | 'statement' // it does not understand or does not allow the statement
  | 'value' // what was asked by is of the wrong kind

export function outcomeOf(
  meaning: Meaning,
  code: string,
  message: string,
  names: readonly string[],
): ConnectorError {
  const facts = { evidence: { remoteCode: code } }
  switch (meaning) {
    case 'account':
      return unauthorised('session-refused', facts)
    case 'right':
      return unauthorised('target-forbidden', {
        ...facts,
        detail: told(rightWords, names, message, code),
      })
    case 'busy':
      return later('target-busy', facts)
    case 'timeout':
      return later('answer-timeout', facts)
    case 'missing':
      return permanent('system-misconfigured', {
        ...facts,
        detail: told(missingWords, names, message, code),
      })
    case 'statement':
      return permanent('system-misconfigured', {
        ...facts,
        detail: told(refusedWords, names, message, code),
      })
    case 'value':
      return permanent('target-rejected', facts)
  }
}

const rightWords = ['Tài khoản không được đọc', 'The account may not read'] as const
const missingWords = ['Cơ sở dữ liệu không có', 'The database has no'] as const
const refusedWords = [
  'Cơ sở dữ liệu không nhận câu truy vấn',
  'The database refuses the query',
] as const

function told(
  [vi, en]: readonly [string, string],
  names: readonly string[],
  message: string,
  code: string,
) {
  const found = names
    .filter((name) => message.includes(name))
    // The longest: a shorter one may be a part of it.
    .sort((one, other) => other.length - one.length)[0]
  const end = `${found === undefined ? '' : ` ${found}`} (${code}).`
  return { vi: vi + end, en: en + end }
}

interface SystemError {
  readonly code?: unknown
  readonly message?: unknown
}

export const systemErrorOf = (
  error: unknown,
): { readonly code: string; readonly message: string } => {
  const { code, message } = (
    typeof error === 'object' && error !== null ? error : {}
  ) as SystemError
  return {
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message : '',
  }
}

const certificate =
  /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO|HANDSHAKE_(NO_)?SSL)/

/** Of the way there, not of the server; undefined where it is neither. */
export function networkFailure(error: unknown, phase: Phase): ConnectorError | undefined {
  // Every address of a name was tried.
  const first = error instanceof AggregateError ? error.errors[0] : error
  const { code } = systemErrorOf(first)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return later('name-not-resolved')
  if (certificate.test(code)) return later('tls-failed')
  if (code === 'ETIMEDOUT')
    return later(phase === 'connecting' ? 'connect-timeout' : 'connection-lost')
  if (/^(ECONN|EPIPE|EHOST|ENET|EADDR|PROTOCOL_CONNECTION_LOST)/.test(code))
    return later(phase === 'connecting' ? 'connection-refused' : 'connection-lost')
  return undefined
}

/** In no table. */
export const strange = (code: string): ConnectorError =>
  unknown('target-failed', code === '' ? {} : { evidence: { remoteCode: code } })
