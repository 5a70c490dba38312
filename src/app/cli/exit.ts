import { type ErrorCode, errorTable, HubError } from '../../domain/errors.ts'

/** What the `hub` command ends with. Scripts branch on these, so they never change their meaning. */
export const exitCodes = {
  ok: 0,
  /** A check has found a fault: configuration, audit chain, conservation, doctor. */
  fault: 1,
  /** The command was not called right, or was not confirmed. */
  usage: 2,
  /** The hub, its database or its Redis cannot be reached. */
  unreachable: 3,
  /** The hub has refused: not found, wrong state, somebody was faster. */
  refused: 4,
  /** A fault of the software. */
  bug: 70,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** A command that was called wrongly: in words, without the ceremony of an error code. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly words: { readonly vi: string; readonly en: string }

  constructor(vi: string, en: string) {
    super(en)
    this.words = { vi, en }
  }
}

const byCode: Partial<Record<ErrorCode, ExitCode>> = {
  'store-unavailable': exitCodes.unreachable,
  'hub-stopping': exitCodes.unreachable,
  'config-invalid': exitCodes.fault,
  bug: exitCodes.bug,
}

const systemCodes: Readonly<Record<string, ExitCode>> = {
  ECONNREFUSED: exitCodes.unreachable,
  ENOTFOUND: exitCodes.unreachable,
  ETIMEDOUT: exitCodes.unreachable,
  EADDRINUSE: exitCodes.refused,
  EACCES: exitCodes.refused,
  EPERM: exitCodes.refused,
  ENOENT: exitCodes.refused,
  ENOSPC: exitCodes.refused,
  EROFS: exitCodes.refused,
}

/** The `code` of an operating system's error, when it is one that a person can act on. */
export const systemCodeOf = (error: unknown): string | undefined =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  Object.hasOwn(systemCodes, error.code)
    ? error.code
    : undefined

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCodes.usage
  if (error instanceof HubError) {
    const known = byCode[error.code]
    return (
      known ??
      (errorTable[error.code].side === 'network' ? exitCodes.unreachable : exitCodes.refused)
    )
  }
  const code = systemCodeOf(error)
  return (code && systemCodes[code]) || exitCodes.bug
}
