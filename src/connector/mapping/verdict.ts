/**
 * What an answer means, as rows of data: the first row that fits decides. Where none does the HTTP status
 * decides, and a 2xx that fits no row is an unknown outcome: nothing is taken for success that was not
 * named as one.
 */
import { errorForStatus, evidenceOf, retryAfterMs } from '../answers.ts'
import { type ConnectorError, later, permanent, unauthorised, unknown } from '../errors.ts'
import type { HttpResponse } from '../http.ts'
import { createWordings } from '../text.ts'
import { pointerParts, valueAt } from './pointer.ts'

const good = ['done', 'applied', 'not-applied', 'found', 'none', 'page'] as const
const bad = ['refused', 'later', 'session', 'unknown'] as const
export type Good = (typeof good)[number]
type Bad = (typeof bad)[number]

/** One row; verdicts.schema.json is its law. */
export interface VerdictRow {
  readonly status?: readonly number[]
  readonly at?: string
  readonly is?: readonly (string | number | boolean | null)[]
  readonly says?: readonly string[]
  readonly exists?: boolean
  readonly means: Good | Bad
}

/** What an answer is judged by: `body` is its record, undefined where it has none that can be read. */
export interface Judged {
  readonly response: HttpResponse
  readonly body: unknown
  /** What it means where no row fits; without it the HTTP status says so. */
  readonly failure?: ConnectorError
}

/** The verdict, one of `wanted`; every other one is thrown as the outcome that it means. */
export type Judge<Wanted extends Good> = (judged: Judged, now: Date) => Wanted

export function createJudge<const Wanted extends Good>(
  rows: readonly VerdictRow[],
  wanted: readonly Wanted[],
): Judge<Wanted> {
  const tests = rows.map((row) => ({
    fits: testOf(row),
    reads: row.at !== undefined,
    means: row.means,
  }))
  return (judged, now) => {
    const { response, failure } = judged
    // A failure that came with status 200 is none the less one: only what it says can mean otherwise.
    const means = tests.find(({ reads, fits }) => (reads || !failure) && fits(judged))?.means
    const said = wanted.find((one) => one === means)
    if (said !== undefined) return said
    const failed = bad.find((one) => one === means)
    if (failed !== undefined) throw failures[failed](response, now)
    if (failure) throw failure
    const isSuccess = response.status >= 200 && response.status <= 299
    throw isSuccess
      ? unknown('answer-invalid', { evidence: evidenceOf(response) })
      : errorForStatus(response, now)
  }
}

const failures: Readonly<Record<Bad, (response: HttpResponse, now: Date) => ConnectorError>> = {
  refused: (response) => permanent('target-rejected', { evidence: evidenceOf(response) }),
  later(response, now) {
    const patience = retryAfterMs(response, now)
    const evidence = evidenceOf(response)
    return later('target-busy', {
      evidence,
      ...(patience !== undefined && { retryAfterMs: patience }),
    })
  },
  session: (response) => unauthorised('session-refused', { evidence: evidenceOf(response) }),
  unknown: (response) => unknown('outcome-unknown', { evidence: evidenceOf(response) }),
}

function testOf(row: VerdictRow): (judged: Judged) => boolean {
  const { status, at, is, says, exists } = row
  const parts = at === undefined ? undefined : pointerParts(at)
  const wordings = says && createWordings({ said: says })
  return ({ response, body }) => {
    if (status && !status.includes(response.status)) return false
    // By its status alone no page of HTML is an answer: that was a proxy on the way.
    if (!parts) return body !== undefined || response.bytes.length === 0
    if (body === undefined) return false
    const value = valueAt(body, parts)
    if (exists !== undefined && (value !== undefined && value !== null) !== exists) return false
    if (is && !is.some((one) => one === value)) return false
    return !wordings || (typeof value === 'string' && wordings.meaningOf(value) === 'said')
  }
}
