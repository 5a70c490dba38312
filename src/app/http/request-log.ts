import { performance } from 'node:perf_hooks'
import { type ErrorCode, errorTable, type HubError } from '../../domain/errors.ts'
import type { LogFields, Logger } from '../../domain/log-events.ts'
import type { Exchange } from './exchange.ts'

/** What a metric needs to know about one answered request. */
export interface Served {
  readonly operation: string
  readonly method: string
  readonly status: number
  readonly code: ErrorCode | undefined
  readonly durationMs: number
  /** Who asked, where somebody was recognised. */
  readonly client: string | undefined
}

export interface RequestLog {
  served(exchange: Exchange, status: number, told: boolean): void
  failed(exchange: Exchange, status: number, error: HubError): void
  /** Before an exchange could be opened: a request that is no HTTP, or too slow. */
  unread(code: ErrorCode, address: string | undefined): void
}

interface Options {
  readonly log: Logger
  readonly onServed: ((served: Served) => void) | undefined
  readonly addressOf: (exchange: Exchange) => string
  /** Lines a second for what callers did wrong; the rest is counted into the next line. */
  readonly maxLinesPerSecond: number
}

const accessCodes: ReadonlySet<ErrorCode> = new Set([
  'key-missing',
  'key-invalid',
  'key-in-url',
  'scope-missing',
  'sign-in-refused',
  'code-refused',
  'session-ended',
  'cross-site-refused',
  'set-up-link-invalid',
  'source-forbidden',
  'type-forbidden',
])

/**
 * What is told: failures of ours always; what callers did wrong, bounded per second so that one
 * broken client cannot fill the disk; what people changed. Accepted messages and plain reads are
 * counted by `onServed` and have no line of their own.
 */
export function createRequestLog({
  log,
  onServed,
  addressOf,
  maxLinesPerSecond,
}: Options): RequestLog {
  let second = 0
  let lines = 0
  let suppressed = 0

  const mayTell = (): boolean => {
    const now = Math.floor(performance.now() / 1000)
    if (now !== second) {
      second = now
      lines = 0
    }
    lines += 1
    if (lines <= maxLinesPerSecond) return true
    suppressed += 1
    return false
  }

  const told = (): { suppressed?: number } => {
    const count = suppressed
    suppressed = 0
    return count > 0 ? { suppressed: count } : {}
  }

  const fieldsOf = (exchange: Exchange, status: number, code?: ErrorCode): LogFields => ({
    operation: exchange.operation,
    method: exchange.request.method,
    status,
    code,
    client: exchange.client?.id,
    address: addressOf(exchange),
    traceId: exchange.traceId,
    requestId: exchange.requestId,
    durationMs: Math.round((performance.now() - exchange.startedMs) * 10) / 10,
  })

  const count = (exchange: Exchange, status: number, code?: ErrorCode): void => {
    onServed?.({
      operation: exchange.operation,
      method: exchange.request.method ?? '',
      status,
      code,
      durationMs: performance.now() - exchange.startedMs,
      client: exchange.client?.id,
    })
  }

  return {
    served(exchange, status, isTold) {
      count(exchange, status)
      if (isTold) log.info('request.served', fieldsOf(exchange, status))
    },
    failed(exchange, status, error) {
      count(exchange, status, error.code)
      const fields = fieldsOf(exchange, status, error.code)
      if (error.code === 'bug') return log.error('request.failed', fields, error.cause)
      if (status >= 500) return log.warn('request.failed', fields)
      if (!mayTell()) return
      if (accessCodes.has(error.code)) log.warn('access.refused', { ...fields, ...told() })
      else log.info('request.failed', { ...fields, ...told() })
    },
    unread(code, address) {
      if (mayTell())
        log.info('request.failed', { code, address, status: errorTable[code].status, ...told() })
    },
  }
}
