import { correctionStates } from '../../../domain/correction.ts'
import { HubError, type Words } from '../../../domain/errors.ts'
import type { ManyCorrection, OneCorrection } from '../../../engine/corrections/correction-desk.ts'
import type { CorrectionItemView } from '../../../engine/ports/corrections.ts'
import type { Caller } from '../../../engine/ports/people.ts'
import type { CorrectionDryRun } from '../../hub.ts'
import { actOf, actorOf } from '../acting.ts'
import { disconnectSignal, type Exchange } from '../exchange.ts'
import { hideValues, maskDryRun } from '../mask.ts'
import type { Call, Operation } from '../operation.ts'
import { pageOf, paging } from '../paging.ts'
import { oneOf } from '../schemas/shape.ts'
import { hasScope } from '../scopes.ts'
import {
  answer,
  correctionChanges,
  correctionPath,
  findCorrection,
  mustReveal,
} from './correction-changes.ts'

const idOf = (call: Call): number => Number(call.path.id)
const longestMs = 25_000

const ends = (exchange: Exchange): AbortSignal =>
  AbortSignal.any([disconnectSignal(exchange), AbortSignal.timeout(longestMs)])

const shown = (client: Caller, item: CorrectionItemView): CorrectionItemView =>
  hasScope(client, 'personal-data:read')
    ? item
    : { ...item, changes: item.changes?.map(hideValues) ?? null }

const shownRuns = (
  client: Caller,
  runs: readonly CorrectionDryRun[],
): readonly CorrectionDryRun[] =>
  hasScope(client, 'personal-data:read')
    ? runs
    : runs.map((run) => ({ ...run, report: maskDryRun(run.report) }))

const checkCorrection: Operation = {
  id: 'checkCorrection',
  tag: 'corrections',
  method: 'post',
  path: '/api/v1/corrections/check',
  access: 'personal-data:read',
  summary: { vi: 'Kiểm tra một bản sửa trước khi lập', en: 'Check a correction before it is made' },
  description: {
    vi: 'Không lưu gì: lỗi theo lược đồ, chỗ khác bản gốc (không kèm giá trị gốc), có cần người khác duyệt không; dryRun: true thì cho biết từng hệ thống sẽ nhận gì.',
    en: 'Keeps nothing: faults by the schema, where it differs (without the original values), whether somebody else has to approve; with dryRun: true also what each system would get.',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'CorrectionCheck', large: true },
  answers: { 200: answer('Kết quả kiểm tra.', 'The findings.', 'CorrectionFindings') },
  codes: ['not-found', 'schema-violation', 'system-misconfigured', 'dry-run-impossible'],
  example: `curl "$HUB/api/v1/corrections/check" -H "X-Api-Key: $KEY" -H "Content-Type: application/json" \\
  -d '{"message": "01938f5e-0000-7000-8000-000000000001", "data": {}}'`,
  handler:
    ({ hub }) =>
    async ({ body, client, exchange }) => {
      const { dryRun, ...request } = body as OneCorrection & { readonly dryRun?: boolean }
      const findings = await hub.corrections.check(request, client.reach)
      const tries = dryRun === true && findings.faults.length === 0
      const act = { actor: actorOf(client), reason: '' }
      const dryRuns = tries
        ? await hub.corrections.tryOne(request, client.reach, act, ends(exchange))
        : null
      // Of the original nothing is told here: it is revealed for a reason, on record.
      const changes = findings.changes.map(({ before: _, ...change }) => change)
      return { status: 200, json: { ...findings, changes, dryRuns } }
    },
}

type Given = Partial<OneCorrection> & Partial<ManyCorrection>

const members: Words = {
  vi: 'Nêu message và data, hoặc filter và steps.',
  en: 'Give message and data, or filter and steps.',
}

function requestOf({ message, data, deliveries, filter, steps }: Given) {
  if (message !== undefined && data !== undefined && !filter && !steps)
    return { message, data, ...(deliveries && { deliveries }) }
  if (filter && steps && message === undefined && data === undefined) return { filter, steps }
  throw new HubError('request-invalid', {
    faults: [{ pointer: '', rule: 'oneOf', ...members }],
  })
}

const createCorrection: Operation = {
  id: 'createCorrection',
  tag: 'corrections',
  method: 'post',
  path: '/api/v1/corrections',
  access: 'deliveries:write',
  alsoReads: 'personal-data:read',
  told: true,
  summary: { vi: 'Lập bản sửa', en: 'Make a correction' },
  description: {
    vi: 'Một bản tin (message, data), hoặc cùng một cách sửa cho nhiều bản tin (filter, steps). Chưa gửi gì: bản sửa là nháp. Bản gốc ở lại; bản tin đã sửa là bản tin mới, thế đúng chỗ của bản gốc trong làn. Bản tin có dữ liệu cá nhân cần quyền personal-data:read và một người khác duyệt.',
    en: 'One message (message, data), or the same correction for many (filter, steps). Nothing is sent yet. The original stays; the corrected message is a new one that takes its very place in the lane. Where messages hold personal data personal-data:read is needed, and the approval of somebody else.',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'NewCorrection', large: true },
  answers: { 201: answer('Bản sửa.', 'The correction.', 'Correction') },
  codes: ['not-found', 'reason-missing', 'schema-violation', 'state-conflict'],
  example: `curl "$HUB/api/v1/corrections" -H "X-Api-Key: $KEY" -H "Content-Type: application/json" \\
  -d '{"filter": {"problem": 7}, "steps": [{"pointer": "/procedure/code", "from": "1.00", "to": "1.000123"}],
       "reason": "Nguồn gõ thiếu số"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { client } = call
      const request = requestOf(call.body as Given)
      if ('message' in request) mustReveal(client)
      const correction = await hub.corrections.prepare(request, client.reach)
      if (correction.personal) mustReveal(client)
      const id = await hub.corrections.create(correction, actOf(call))
      return { status: 201, json: await hub.queries.correction(id) }
    },
}

const listCorrections: Operation = {
  id: 'listCorrections',
  tag: 'corrections',
  method: 'get',
  path: '/api/v1/corrections',
  access: 'deliveries:read',
  summary: { vi: 'Xem các bản sửa', en: 'List the corrections' },
  description: {
    vi: 'Mới nhất trước. state=asked là những bản chờ duyệt.',
    en: 'Newest first. state=asked gives those that wait for approval.',
  },
  pathParameters: {},
  query: { state: oneOf(['Trạng thái / State'], correctionStates), ...paging },
  answers: { 200: answer('Một trang.', 'One page.', 'CorrectionPage') },
  codes: [],
  example: 'curl "$HUB/api/v1/corrections?state=asked" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ query, client }) => ({
      status: 200,
      json: await hub.queries.corrections({ ...pageOf(query), reach: client.reach }),
    }),
}

const readCorrection: Operation = {
  id: 'readCorrection',
  tag: 'corrections',
  method: 'get',
  path: '/api/v1/corrections/{id}',
  access: 'deliveries:read',
  summary: { vi: 'Xem một bản sửa', en: 'Read a correction' },
  pathParameters: correctionPath,
  query: {},
  answers: { 200: answer('Bản sửa.', 'The correction.', 'Correction') },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/corrections/12" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => ({ status: 200, json: await findCorrection(hub, call) }),
}

const listCorrectionItems: Operation = {
  id: 'listCorrectionItems',
  tag: 'corrections',
  method: 'get',
  path: '/api/v1/corrections/{id}/items',
  access: 'deliveries:read',
  alsoReads: 'personal-data:read',
  summary: { vi: 'Xem từng bản tin của bản sửa', en: 'List the items of a correction' },
  description: {
    vi: 'Chỗ khác bản gốc, lỗi, lượt gửi được thay. Không có quyền personal-data:read thì giá trị bị che.',
    en: 'Differences, faults, the deliveries to replace. Without personal-data:read values are hidden.',
  },
  pathParameters: correctionPath,
  query: {
    only: oneOf(['Chỉ những bản / Only'], ['faulty', 'fitting']),
    ...paging,
  },
  answers: { 200: answer('Một trang.', 'One page.', 'CorrectionItemPage') },
  codes: ['not-found', 'body-unreadable'],
  example: 'curl "$HUB/api/v1/corrections/12/items?only=faulty" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => {
      await findCorrection(hub, call)
      const { only, ...rest } = call.query
      const page = await hub.queries.correctionItems(idOf(call), {
        ...pageOf(rest),
        ...(only !== undefined && { faulty: only === 'faulty' }),
      })
      const items = page.items.map((item) => shown(call.client, item))
      return { status: 200, json: { ...page, items } }
    },
}

const dryRunCorrection: Operation = {
  id: 'dryRunCorrection',
  tag: 'corrections',
  method: 'post',
  path: '/api/v1/corrections/{id}/dry-run',
  access: 'deliveries:write',
  alsoReads: 'personal-data:read',
  told: true,
  summary: { vi: 'Chạy thử bản sửa, không gửi gì đi', en: 'Run a correction dry' },
  description: {
    vi: 'Cho biết các bản tin đầu tiên sẽ thành gì ở từng hệ thống. Không có quyền personal-data:read thì giá trị bị che.',
    en: 'What the first messages would become at each system. Without personal-data:read values are hidden.',
  },
  pathParameters: correctionPath,
  query: {},
  answers: { 200: answer('Kết quả.', 'The reports.', 'CorrectionDryRuns') },
  codes: ['not-found', 'state-conflict', 'system-misconfigured', 'dry-run-impossible'],
  example: 'curl -X POST "$HUB/api/v1/corrections/12/dry-run" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => {
      await findCorrection(hub, call)
      const act = { actor: actorOf(call.client), reason: '' }
      const runs = await hub.corrections.tryDraft(idOf(call), act, ends(call.exchange))
      return { status: 200, json: { items: shownRuns(call.client, runs) } }
    },
}

export const correctionOperations: readonly Operation[] = [
  ...[checkCorrection, createCorrection, listCorrections, readCorrection],
  ...[listCorrectionItems, dryRunCorrection],
  ...correctionChanges,
]
