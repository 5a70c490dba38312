import type { LogEvent, LogFields, Logger } from '../../src/domain/log-events.ts'

/** For what a test does not look at. */
export const quietLogger: Logger = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => quietLogger,
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly event: LogEvent
  readonly fields: LogFields
  readonly cause: unknown
}

/** Keeps every line, so that a test can say what must (not) have been said. */
export function keepingLogger(): { readonly log: Logger; readonly lines: LogLine[] } {
  const lines: LogLine[] = []
  const keep =
    (level: LogLine['level'], always: LogFields) =>
    (event: LogEvent, fields: LogFields = {}, cause?: unknown): void => {
      lines.push({ level, event, fields: { ...always, ...fields }, cause })
    }
  const make = (always: LogFields): Logger => ({
    info: keep('info', always),
    warn: keep('warn', always),
    error: keep('error', always),
    child: (fields) => make({ ...always, ...fields }),
  })
  return { log: make({}), lines }
}
