import { openSync, writeSync } from 'node:fs'
import pino from 'pino'
import { prettyFactory } from 'pino-pretty'
import type { LogEvent, LogFields, Logger } from '../../domain/log-events.ts'
import { errorFields, flatFields } from './log-fields.ts'
import { createLogLimit, type LogLimit } from './log-limit.ts'

export interface Destination {
  write(line: string): unknown
  /** Writes what is held back. */
  flush?(): void
}

const flushEveryMs = 100
const flushAtBytes = 8_192
const mostHeldBytes = 1024 * 1024

/**
 * A file, or a descriptor such as standard output. A system call for each line would be the dearest
 * part of a delivery (measured), so lines are gathered for a tenth of a second.
 */
export function openSink(dest: number | string): Destination {
  const fd = typeof dest === 'number' ? dest : openSync(dest, 'a')
  let held: Buffer[] = []
  let heldBytes = 0
  const hold = (bytes: Buffer): void => {
    held.push(bytes)
    heldBytes += bytes.length
  }
  const flush = (): void => {
    const bytes = Buffer.concat(held)
    held = []
    heldBytes = 0
    let at = 0
    try {
      while (at < bytes.length) at += writeSync(fd, bytes, at)
    } catch (error) {
      // A slow reader gets the rest later, within bounds. When nobody reads any more there is no one to
      // tell, and the process must go on: to try again for ever would stop it.
      const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN'
      if (isFull && bytes.length - at <= mostHeldBytes) hold(bytes.subarray(at))
    }
  }
  setInterval(flush, flushEveryMs).unref()
  process.once('exit', flush)
  return {
    write(line) {
      hold(Buffer.from(line))
      if (heldBytes >= flushAtBytes) flush()
    },
    flush,
  }
}

export interface LoggerOptions {
  readonly level: 'info' | 'warn' | 'error' | 'silent'
  /** `json`: one object a line. `pretty`: for a person at a terminal. */
  readonly format: 'json' | 'pretty'
  /** Where the lines go; standard output by default. */
  readonly destination?: Destination
  /** Bound to every line. */
  readonly fields?: LogFields
}

export interface ProcessLogger extends Logger {
  /** Writes the repeated warnings that are held back. Call before the process ends. */
  flush(): void
}

const prettyOptions = {
  translateTime: 'SYS:HH:MM:ss.l',
  messageKey: 'event',
  ignore: 'pid',
  singleLine: true,
} as const

function destinationOf({ format, destination }: LoggerOptions): Destination {
  const to = destination ?? openSink(1)
  if (format === 'json') return to
  const line = prettyFactory({ ...prettyOptions, colorize: destination === undefined })
  return { write: (json) => to.write(line(json)), flush: () => to.flush?.() }
}

/** Lines of the same event, code and system are one warning to a person. */
const keyOf = (level: string, event: LogEvent, fields: LogFields): string =>
  `${level}|${event}|${fields.code ?? ''}|${fields.system ?? ''}`

function bind(log: pino.Logger, limit: LogLimit, bound: LogFields, flush: () => void): Logger {
  const write = (
    level: 'info' | 'warn' | 'error',
    event: LogEvent,
    fields: LogFields,
    suppressed: number,
    cause?: unknown,
  ): void => {
    log[level]({
      event,
      ...flatFields({ ...bound, ...fields }),
      ...(cause !== undefined && errorFields(cause)),
      ...(suppressed > 0 && { suppressed }),
    })
    // What somebody may have to act on is written before anything else happens.
    if (level !== 'info') flush()
  }
  const limited = (
    level: 'warn' | 'error',
    event: LogEvent,
    fields: LogFields,
    cause?: unknown,
  ): void => {
    if (!log.isLevelEnabled(level)) return
    const key = keyOf(level, event, { ...bound, ...fields })
    limit.pass(key, (suppressed) => write(level, event, fields, suppressed, cause))
  }
  return {
    info(event, fields = {}) {
      if (log.isLevelEnabled('info')) write('info', event, fields, 0)
    },
    warn: (event, fields = {}) => limited('warn', event, fields),
    error: (event, fields = {}, cause) => limited('error', event, fields, cause),
    child: (fields) => bind(log, limit, { ...bound, ...fields }, flush),
  }
}

/**
 * The log of a process: fixed event names and flat fields, never a payload. Repeated warnings and
 * errors of the same event, code and system are written once a second with a `suppressed` count.
 */
export function createLogger(options: LoggerOptions): ProcessLogger {
  const destination = destinationOf(options)
  const flush = (): void => destination.flush?.()
  const log = pino(
    {
      level: options.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
  const limit = createLogLimit()
  return {
    ...bind(log, limit, options.fields ?? {}, flush),
    flush() {
      limit.flush()
      flush()
    },
  }
}
