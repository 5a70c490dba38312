import type { Words } from '../../domain/errors.ts'
import type { DryOutput } from '../../engine/dry-run/dry-run.ts'
import type { AttemptView, DeliveryView } from '../../engine/ports/deliveries.ts'
import type { FollowView } from '../../engine/ports/pulls.ts'
import type { DryRunReport } from '../hub.ts'

const email = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+/gu
/** Six digits or more in a row, or three groups as people write numbers: 0912 345 678. */
const digits = /\d{6,}|\d{3,4}(?:[ .-]\d{3,4}){2,3}/g

const stars = (found: string): string => '*'.repeat(found.length)

/** Hides what may be an identity number, a telephone number or an e-mail address. */
export const maskText = (text: string): string =>
  text.replaceAll(email, '***@***').replaceAll(digits, stars)

function maskAttempt(attempt: AttemptView): AttemptView {
  const { evidence } = attempt
  if (!evidence) return attempt
  const { remoteCode, remoteMessage } = evidence
  return {
    ...attempt,
    evidence: {
      ...evidence,
      ...(remoteCode !== undefined && { remoteCode: maskText(remoteCode) }),
      ...(remoteMessage !== undefined && { remoteMessage: maskText(remoteMessage) }),
    },
  }
}

/** What a reader without `personal-data:read` sees of a delivery. */
export const maskDelivery = (delivery: DeliveryView): DeliveryView => ({
  ...delivery,
  attempts: delivery.attempts.map(maskAttempt),
})

/** Names of members stay, so that one sees where something is; no value does, whatever its schema says of it. */
function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hidden)
  if (typeof value !== 'object') return value === undefined ? undefined : '***'
  if (value === null) return null
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hidden(inner)]))
}

/** Where something differs, and not how. */
export const hideValues = <One extends { readonly before?: unknown; readonly after?: unknown }>({
  before,
  after,
  ...one
}: One) => ({
  ...one,
  ...(before !== undefined && { before: hidden(before) }),
  ...(after !== undefined && { after: hidden(after) }),
})

/** A candidate may look up or report anything as a code: what is no code table's own is hidden too. */
const hiddenCode = <Row extends { readonly code: string }>(row: Row): Row => ({
  ...row,
  code: '***',
})
const hiddenWords = (words: Words | null): Words | null => words && { vi: '***', en: '***' }

const maskOutput = (output: DryOutput | null): DryOutput | null =>
  output && {
    ...output,
    body: hidden(output.body),
    detail: output.code === 'code-untranslated' ? hiddenWords(output.detail) : output.detail,
    codes: output.codes.map(hiddenCode),
    request: output.request && {
      method: output.request.method,
      url: `${new URL(output.request.url).origin}/***`,
      headers: Object.fromEntries(Object.keys(output.request.headers).map((name) => [name, '***'])),
    },
  }

/** What a reader without `personal-data:read` sees of a dry run: where, what and why, but no content. */
export function maskDryRun(report: DryRunReport): DryRunReport {
  if (report.kind === 'pull')
    return {
      ...report,
      items: report.items.map((item) => ({
        ...{ ...item, data: hidden(item.data) },
        ...{ subject: '***', eventId: '***' },
      })),
      unread: report.unread.map((one) => ({ ...one, subject: '***' })),
    }
  return {
    ...report,
    summary: { ...report.summary, untranslated: report.summary.untranslated.map(hiddenCode) },
    items: report.items.map((item) => ({
      ...item,
      current: maskOutput(item.current),
      candidate: maskOutput(item.candidate),
      changes: item.changes.map(hideValues),
    })),
  }
}

function maskMember(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value)
  if (Array.isArray(value)) return value.map(maskMember)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskMember(inner)]))
}

/** The same of what a system is to be asked about. */
export const maskFollow = (follow: FollowView): FollowView => ({
  ...follow,
  state: maskMember(follow.state) as FollowView['state'],
})
