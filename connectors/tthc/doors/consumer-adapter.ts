/**
 * `consumerAdapter` of an older provincial bus: one document or its traces, answered with MResult
 * `{Status, Message}`; Status 200 is success, as in HTTP. XSD of a provincial bus, 2023; unverified.
 */
import type {
  Door,
  DoorRequest,
  DoorResponse,
  Fault,
  tthcLegacy,
} from '../../../src/connector/index.ts'
import { progressMessage } from '../translate/events.ts'
import { adapterFieldNames, adapterTraceNames } from '../translate/field-names.ts'
import { documentTraces } from '../translate/progress.ts'
import { syncDocument } from '../translate/sync-document.ts'
import { awaySeconds, fits, inWords, readBody, understand } from './read.ts'
import { type DoorTools, takeMessages, takeSnapshots, type Verdict } from './take.ts'

const megabyte = 1024 * 1024

type Handle = (tools: DoorTools, request: DoorRequest) => Promise<DoorResponse>

export const consumerAdapterDoors = (tools: DoorTools): readonly Door[] => [
  {
    method: 'POST',
    path: '/Document/SyncDocument',
    title: { vi: 'Hồ sơ theo consumerAdapter', en: 'A dossier of consumerAdapter' },
    // Files come inside, as Base64.
    maxBytes: 32 * megabyte,
    handle: guarded(tools, takeDocument),
  },
  {
    method: 'POST',
    path: '/Document/UpdateDocumentTraces',
    title: { vi: 'Tiến độ theo consumerAdapter', en: 'Progress of consumerAdapter' },
    maxBytes: 5 * megabyte,
    handle: guarded(tools, takeTraces),
  },
]

const takeDocument: Handle = async (tools, request) => {
  const body = readBody(request)
  if (!body.ok) return refusal(tools, body.why, body.faults)
  const document = fits<tthcLegacy.SyncDocument>(tools, 'tthc-legacy/sync-document/v1', body.value)
  if (!document.ok) return refusal(tools, document.why, document.faults)
  const snapshot = understand(() => syncDocument(tools.edge(), document.value, ''))
  if (!snapshot.ok) return refusal(tools, snapshot.why, snapshot.faults)
  const at = (): string => ''
  return summary(
    tools,
    await takeSnapshots(tools, request, [snapshot.value], adapterFieldNames, at),
  )
}

/** One trace may come alone or several in a list. */
const takeTraces: Handle = async (tools, request) => {
  const body = readBody(request)
  if (!body.ok) return refusal(tools, body.why, body.faults)
  const many = Array.isArray(body.value)
  const list = many ? body.value : [body.value]
  const schema = 'tthc-legacy/document-traces/v1'
  const traces = fits<tthcLegacy.DocumentTraces>(tools, schema, list)
  const rows = traces.ok ? understand(() => documentTraces(tools.edge(), traces.value, '')) : traces
  if (!rows.ok) return refusal(tools, rows.why, many ? rows.faults : rows.faults.map(alone))
  const messages = rows.value.map((row) => progressMessage(tools.source, row))
  const at = (index: number): string => (many ? `/${index}` : '')
  return summary(tools, await takeMessages(request, messages, adapterTraceNames, at))
}

/** The pointer into a list of one, as it is in the record itself. */
const alone = (fault: Fault): Fault => ({ ...fault, pointer: fault.pointer.replace(/^\/0/, '') })

function guarded(tools: DoorTools, handle: Handle): Door['handle'] {
  return async (request) => {
    try {
      return await handle(tools, request)
    } catch (error) {
      const seconds = awaySeconds(error)
      if (seconds === undefined) throw error
      const words = 'Hệ thống liên thông tạm thời chưa nhận được, đề nghị gửi lại sau.'
      return result(tools, 503, words, { 'retry-after': String(seconds) })
    }
  }
}

function summary(tools: DoorTools, verdicts: readonly Verdict[]): DoorResponse {
  const refused = verdicts.flatMap((verdict) => (verdict.kind === 'refused' ? [verdict] : []))
  const [first] = refused
  if (!first) {
    const allBefore = verdicts.every((verdict) => verdict.kind === 'before')
    return result(tools, 200, allBefore ? 'Thành công: đã nhận trước đó.' : 'Thành công.')
  }
  const faults = refused.flatMap((verdict) => verdict.faults)
  const taken = verdicts.length - refused.length
  const why = taken === 0 ? first.why : `Đã nhận ${taken}/${verdicts.length}; ${first.why}`
  return refusal(tools, why, faults)
}

const refusal = (tools: DoorTools, why: string, faults: readonly Fault[]): DoorResponse =>
  result(tools, 400, faults.length === 0 ? `${why}.` : `${why}: ${inWords(faults)}`)

/** HTTP status 200 but for 503: such software reads Status only from an answer it got. */
function result(
  tools: DoorTools,
  Status: number,
  Message: string,
  headers: Record<string, string> = {},
): DoorResponse {
  const body = tools.context.outgoing('tthc-legacy/m-result/v1', { Status, Message })
  return {
    status: Status === 503 ? 503 : 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  }
}
