import { permanent, type Words } from '../../src/connector/index.ts'

/** The options of one system, with the manifest's defaults filled in. */
export interface MailOptions {
  readonly host: string
  readonly port: number
  /** How the way is protected: TLS from the start, STARTTLS, or not at all (this machine only). */
  readonly protection: 'tls' | 'starttls' | 'none'
  readonly authority: string | undefined
  readonly username: string
  readonly password: string
  readonly from: string
  readonly fromName: string | undefined
  readonly allowedDomains: readonly string[]
  readonly retryAfterSeconds: number
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = { encryption: 'required', retryAfterSeconds: 300 } as const

interface Given {
  readonly server: string
  readonly encryption?: 'required' | 'none'
  readonly authority?: string
  readonly username: string
  readonly password: string
  readonly from: string
  readonly fromName?: string
  readonly allowedDomains: readonly string[]
  readonly retryAfterSeconds?: number
}

const inClear: Words = {
  vi: 'encryption: none chỉ dùng với máy chủ thư trên chính máy này (127.0.0.1, ::1, localhost).',
  en: 'encryption: none is for a mail server on this very machine only (127.0.0.1, ::1, localhost).',
}
const ownMachine = ['127.0.0.1', '[::1]', 'localhost']

/**
 * Reads options that have fitted the manifest's schema. Throws `system-misconfigured` where a password or
 * a mail would go over a network in clear.
 */
export function readOptions(options: Readonly<Record<string, unknown>>): MailOptions {
  const given = options as Readonly<Record<string, unknown>> & Given
  const url = new URL(given.server)
  const isTls = url.protocol === 'smtps:'
  const isClear = (given.encryption ?? defaultOptions.encryption) === 'none'
  if (isClear && !ownMachine.includes(url.hostname))
    throw permanent('system-misconfigured', { detail: inClear })
  const protection = isTls ? 'tls' : isClear ? 'none' : 'starttls'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isTls ? 465 : 587) : Number(url.port),
    protection,
    authority: given.authority,
    username: given.username,
    password: given.password,
    from: given.from,
    fromName: given.fromName,
    allowedDomains: given.allowedDomains.map((domain) => domain.toLowerCase()),
    retryAfterSeconds: given.retryAfterSeconds ?? defaultOptions.retryAfterSeconds,
  }
}
