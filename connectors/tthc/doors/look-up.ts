/** TraCuuHoSo, answered from what the hub has accepted: an empty list is "no such dossier". */
import type { DoorRequest, DoorResponse, Dossier } from '../../../src/connector/index.ts'
import { snapshotTypes } from '../translate/events.ts'
import { lookupRecord } from '../translate/lookup-record.ts'
import { answer, refusal } from './portal-answers.ts'
import { understand } from './read.ts'
import type { DoorTools } from './take.ts'

export async function lookUp(
  tools: DoorTools,
  request: DoorRequest,
  code: string,
): Promise<DoorResponse> {
  const message = await request.latest(code, snapshotTypes)
  if (!message) return answer(tools, { error_code: '0', result: [] })
  const { dossier } = message.data as { readonly dossier: Dossier }
  const record = understand(() =>
    tools.context.outgoing(
      'dvcqg/door-search-answer/v1',
      lookupRecord(tools.context.codes, dossier, new Date(message.time)),
    ),
  )
  return record.ok
    ? answer(tools, { error_code: '0', result: [record.value] })
    : refusal(tools, 'Chưa chuyển đổi được hồ sơ', record.faults)
}
