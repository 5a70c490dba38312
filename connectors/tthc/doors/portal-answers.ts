/** The portal's words: `{error_code, message}`, HTTP status 200 for whatever was understood. */
import type { DoorResponse, Fault } from '../../../src/connector/index.ts'
import { awaySeconds, inWords } from './read.ts'
import type { DoorTools, Verdict } from './take.ts'

const json = (status: number, body: object, more: Record<string, string> = {}): DoorResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...more },
  body: JSON.stringify(body),
})

/** Anything the portal's clients read by `error_code`. */
export const answer = (tools: DoorTools, body: object): DoorResponse =>
  json(200, tools.context.outgoing('mapi/service-answer/v1', body))

export const refusal = (tools: DoorTools, why: string, faults: readonly Fault[]): DoorResponse =>
  answer(tools, {
    error_code: '-1',
    message: faults.length === 0 ? `${why}.` : `${why}: ${inWords(faults)}`,
  })

/**
 * One verdict for the whole call, as clients expect. Some decide by the words, so "thành công"
 * stands in every success and in no failure, and "đã tồn tại" nowhere.
 */
export function summary(
  tools: DoorTools,
  what: { readonly done: string; readonly unit: string },
  verdicts: readonly Verdict[],
): DoorResponse {
  const refused = verdicts.flatMap((verdict) => (verdict.kind === 'refused' ? [verdict] : []))
  const [first] = refused
  if (!first) {
    const allBefore = verdicts.every((verdict) => verdict.kind === 'before')
    const message = `${what.done} thành công${allBefore ? ' (nội dung đã nhận trước đó)' : ''}.`
    return answer(tools, { error_code: '0', message })
  }
  const faults = refused.flatMap((verdict) => verdict.faults)
  if (refused.length === verdicts.length) return refusal(tools, first.why, faults)
  const taken = `Đã nhận ${verdicts.length - refused.length}/${verdicts.length} ${what.unit}`
  return refusal(tools, `${taken}; phần còn lại bị từ chối, sửa rồi gửi lại cả lô`, faults)
}

/** Runs a door; when the hub can take nothing now, says so with HTTP status 503. */
export async function portalDoor(
  tools: DoorTools,
  act: () => Promise<DoorResponse>,
): Promise<DoorResponse> {
  try {
    return await act()
  } catch (error) {
    const seconds = awaySeconds(error)
    if (seconds === undefined) throw error
    const message = 'Hệ thống liên thông tạm thời chưa nhận được, đề nghị gửi lại sau.'
    const body = tools.context.outgoing('mapi/service-answer/v1', { error_code: '-1', message })
    return json(503, body, { 'retry-after': String(seconds) })
  }
}
