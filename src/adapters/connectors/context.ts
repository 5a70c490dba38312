import type { CodeTables, ConnectorContext, Evaluate } from '../../connector/contract.ts'
import { permanent, unknown } from '../../connector/errors.ts'
import type { ConnectorFiles } from '../../connector/files.ts'
import type { HttpClient } from '../../connector/http.ts'
import type { Outgoing } from '../../connector/outgoing.ts'
import { createSession, type SharedSession } from '../../connector/session.ts'
import { type Fault, HubError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'

export interface ContextParts {
  readonly system: string
  readonly options: Readonly<Record<string, unknown>>
  readonly province: string
  readonly publicUrl: string
  readonly http: HttpClient
  /** Default 30,000. */
  readonly timeoutMs?: number
  readonly clock: { now(): Date }
  readonly log: Logger
  readonly codes: CodeTables
  readonly evaluate?: Evaluate | undefined
  /** Without it a connector that asks for a file is broken: a bug. */
  readonly files?: ConnectorFiles
  readonly validate: (schema: string, value: unknown) => readonly Fault[]
  readonly seal: (text: string) => string
  /** Throws when it was not sealed here. */
  readonly open: (sealed: string) => string
  /** By what logs in (all options, unless it is said); without it each process logs in for itself. */
  readonly sharedSession?: (account: string | undefined) => SharedSession
}

/** What a connector is given. Frozen, and bound to one system. */
export function createContext(parts: ContextParts): ConnectorContext {
  const { clock, validate } = parts
  const log = parts.log.child({ system: parts.system })
  return Object.freeze({
    system: parts.system,
    options: frozen(parts.options),
    province: parts.province,
    publicUrl: parts.publicUrl,
    http: parts.http,
    timeoutMs: parts.timeoutMs ?? 30_000,
    clock,
    log: { info: log.info.bind(log), warn: log.warn.bind(log) },
    codes: parts.codes,
    evaluate: parts.evaluate,
    files: parts.files ?? noFiles,
    session: (rules) => createSession(rules, clock, parts.sharedSession?.(rules.account)),
    outgoing<T>(schema: string, value: T): Outgoing<T> {
      const faults = validate(schema, value)
      if (faults.length > 0) throw permanent('payload-invalid', { faults })
      return value as Outgoing<T>
    },
    answer<T>(schema: string, value: unknown): T {
      const faults = validate(schema, value)
      if (faults.length > 0) throw unknown('answer-invalid', { faults })
      return value as T
    },
    seal: parts.seal,
    open(sealed) {
      try {
        return parts.open(sealed)
      } catch (error) {
        if (error instanceof HubError) return undefined
        throw error
      }
    },
  } satisfies ConnectorContext)
}

const none = (): Promise<never> => Promise.reject(new Error('There are no files here'))
const noFiles: ConnectorFiles = { open: none, keep: none, link: none }

/** A copy that nobody can change, at any depth. */
function frozen<T>(value: T): T {
  const copy = structuredClone(value)
  const freeze = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    for (const inner of Object.values(part)) freeze(inner)
    Object.freeze(part)
  }
  freeze(copy)
  return copy
}
