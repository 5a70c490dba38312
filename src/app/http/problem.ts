/** RFC 9457: the one form in which the API says that something did not work. */
import {
  type ErrorCode,
  errorTable,
  type Fault,
  HubError,
  type Words,
} from '../../domain/errors.ts'
import { type Exchange, pathOf } from './exchange.ts'
import type { Language } from './language.ts'

export const problemType = 'application/problem+json; charset=utf-8'
const typeBase = 'https://lien-thong.example/problems/'

/** Faults beyond this many are counted, not listed: an answer is for reading. */
const maxFaults = 1000

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly instance?: string
  readonly code: ErrorCode
  readonly side: string
  readonly next: string
  readonly errors?: readonly { pointer: string; rule: string; message: string }[]
  readonly traceId?: string
}

interface Occurrence {
  readonly code: ErrorCode
  readonly detail: Words | undefined
  readonly faults: readonly Fault[]
}

const tooMany = (count: number): Words => ({
  vi: `Có ${count} lỗi; ${maxFaults} lỗi đầu được nêu.`,
  en: `There are ${count} faults; the first ${maxFaults} are named.`,
})

/** The problem without what belongs to one HTTP exchange: what an item of a batch gets. */
export function describeProblem(occurrence: Occurrence, language: Language): Problem {
  const { code, faults } = occurrence
  const row = errorTable[code]
  const detail = faults.length > maxFaults ? tooMany(faults.length) : occurrence.detail
  return {
    type: typeBase + code,
    title: row.title[language],
    status: row.status,
    ...(detail && { detail: detail[language] }),
    code,
    side: row.side,
    next: row.next[language],
    ...(faults.length > 0 && {
      errors: faults.slice(0, maxFaults).map((fault) => ({
        pointer: fault.pointer,
        rule: fault.rule,
        message: fault[language],
      })),
    }),
  }
}

/** Express and its router throw errors of their own, with the status on them. */
function isClientFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { status } = error as { status?: unknown }
  return typeof status === 'number' && status >= 400 && status < 500
}

/** What anything thrown means to the caller: an expected failure, a broken URL, or a bug. */
export function toHubError(error: unknown): HubError {
  if (error instanceof HubError) return error
  if (isClientFault(error)) return new HubError('request-invalid', { cause: error })
  return new HubError('bug', { cause: error })
}

/** The headers a code brings along. */
function headersOf(error: HubError): string[] {
  const { status } = errorTable[error.code]
  if (status === 401) return ['WWW-Authenticate', 'Bearer realm="lien-thong"']
  if (status === 503 || status === 429)
    return ['Retry-After', String(error.retryAfterSeconds ?? (status === 503 ? 5 : 1))]
  return []
}

export interface ProblemAnswer {
  readonly status: number
  readonly content: { readonly type: string; readonly body: string }
  readonly headers: readonly string[]
}

/** The answer to a failed exchange. A bug shows nothing but its trace id. */
export function problemAnswer(
  error: HubError,
  exchange: Exchange,
  extraHeaders: readonly string[] = [],
): ProblemAnswer {
  const { language, request, traceId } = exchange
  const problem: Problem = {
    ...describeProblem(error, language),
    instance: pathOf(request.url ?? '').slice(0, 500),
    traceId,
  }
  return {
    status: problem.status,
    content: { type: problemType, body: JSON.stringify(problem) },
    headers: ['Content-Language', language, ...headersOf(error), ...extraHeaders],
  }
}
