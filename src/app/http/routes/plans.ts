import { HubError, type Words } from '../../../domain/errors.ts'
import { planResults, planStates } from '../../../domain/plan.ts'
import type { Reach } from '../../../domain/unit.ts'
import type { PlanRequest } from '../../../engine/plans/plan-desk.ts'
import type { Act } from '../../../engine/ports/interventions.ts'
import type { PlanDetail } from '../../../engine/ports/plans.ts'
import type { Hub } from '../../hub.ts'
import { planResultRows } from '../../plan-result.ts'
import { actOf, actorOf } from '../acting.ts'
import type { Call, Operation } from '../operation.ts'
import { pageOf, paging } from '../paging.ts'
import { oneOf, text } from '../schemas/shape.ts'

const planPath = { id: text(['Số kế hoạch / Plan id'], { pattern: '^[1-9]\\d{0,8}$' }) }
const idOf = ({ path }: Call): number => Number(path.id)

/** A plan is there for whoever reaches as far as its maker did. */
async function findPlan(hub: Hub, id: number, reach: Reach): Promise<PlanDetail> {
  const plan = await hub.queries.plan(id, reach)
  if (!plan) throw new HubError('not-found')
  return plan
}

const createPlan: Operation = {
  id: 'createPlan',
  tag: 'plans',
  method: 'post',
  path: '/api/v1/plans',
  access: 'deliveries:write',
  told: true,
  summary: { vi: 'Lập kế hoạch cho nhiều lượt gửi', en: 'Plan one action on many deliveries' },
  description: {
    vi: 'Chốt danh sách các lượt gửi khớp bộ lọc lúc này, trong phạm vi của người lập; việc chốt chạy nền, đọc lại bằng GET tới khi trạng thái không còn là preparing. Chỉ làm khi có người bắt đầu, trừ khi nêu startAt hoặc "paused": false. Mỗi hồ sơ đi đúng thứ tự: mọi lượt của một làn được làm trong một lần.',
    en: 'Freezes the deliveries that match now and lie within your reach, in the background: read it by GET until its state is not preparing any more. Nothing is done before a person starts it, unless startAt or "paused": false says so. Each dossier keeps its order: all items of a lane are done in one go.',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'NewPlan', large: true },
  answers: {
    201: { words: { vi: 'Kế hoạch, đang được lập.', en: 'The plan.' }, schema: 'PlanDetail' },
  },
  codes: ['reason-missing'],
  example: `curl "$HUB/api/v1/plans" -H "X-Api-Key: $KEY" -H "Content-Type: application/json" \\
  -d '{"action": "redrive", "filter": {"system": "dvcqg", "code": "code-untranslated"},
       "reason": "Đã bổ sung bảng mã thủ tục"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { reason: _, ...request } = call.body as PlanRequest & { readonly reason: string }
      const { reach } = call.client
      if (request.filter.plan !== undefined) await findPlan(hub, request.filter.plan, reach)
      const id = await hub.plans.create(request, actOf(call), reach)
      return { status: 201, json: await findPlan(hub, id, reach) }
    },
}

const listPlans: Operation = {
  id: 'listPlans',
  tag: 'plans',
  method: 'get',
  path: '/api/v1/plans',
  access: 'deliveries:read',
  summary: { vi: 'Xem các kế hoạch', en: 'List the plans' },
  description: { vi: 'Từng trang, mới nhất trước.', en: 'Page by page, newest first.' },
  pathParameters: {},
  query: { state: oneOf(['Trạng thái / State'], planStates), ...paging },
  answers: { 200: { words: { vi: 'Một trang.', en: 'One page.' }, schema: 'PlanPage' } },
  codes: [],
  example: 'curl "$HUB/api/v1/plans?state=running" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ query, client: { reach } }) => ({
      status: 200,
      json: await hub.queries.plans({ ...pageOf(query), reach }),
    }),
}

const readPlan: Operation = {
  id: 'readPlan',
  tag: 'plans',
  method: 'get',
  path: '/api/v1/plans/{id}',
  access: 'deliveries:read',
  summary: { vi: 'Xem một kế hoạch và tiến độ', en: 'Read a plan and its progress' },
  pathParameters: planPath,
  query: {},
  answers: { 200: { words: { vi: 'Kế hoạch.', en: 'The plan.' }, schema: 'PlanDetail' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/plans/12" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => ({ status: 200, json: await findPlan(hub, idOf(call), call.client.reach) }),
}

const listPlanItems: Operation = {
  id: 'listPlanItems',
  tag: 'plans',
  method: 'get',
  path: '/api/v1/plans/{id}/items',
  access: 'deliveries:read',
  summary: { vi: 'Xem từng lượt gửi của kế hoạch', en: 'List the items of a plan' },
  description: {
    vi: 'Từng trang, theo thứ tự làm. result=failed cho những lượt lại hỏng, kèm mã lỗi.',
    en: 'Page by page, in the order in which they are done. result=failed gives what has failed again, with its codes.',
  },
  pathParameters: planPath,
  query: { result: oneOf(['Kết quả / Result'], planResults), ...paging },
  answers: { 200: { words: { vi: 'Một trang.', en: 'One page.' }, schema: 'PlanItemPage' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/plans/12/items?result=failed" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => {
      await findPlan(hub, idOf(call), call.client.reach)
      return { status: 200, json: await hub.queries.planItems(idOf(call), pageOf(call.query)) }
    },
}

const csv = 'text/csv; charset=utf-8'

async function* encoded(rows: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const row of rows) yield encoder.encode(row)
}

const readPlanResult: Operation = {
  id: 'readPlanResult',
  tag: 'plans',
  method: 'get',
  path: '/api/v1/plans/{id}/result',
  access: 'deliveries:read',
  summary: { vi: 'Tải kết quả từng lượt gửi (CSV)', en: 'Fetch the result of each item (CSV)' },
  description: {
    vi: 'Mở thẳng bằng Excel: UTF-8 có BOM, ô bắt đầu như công thức được vô hiệu. Tải được bất cứ lúc nào; phần chưa làm ghi là chưa làm.',
    en: 'For spreadsheets: UTF-8 with BOM, cells that look like formulas are defused. It can be fetched at any time.',
  },
  pathParameters: planPath,
  query: {},
  answers: { 200: { words: { vi: 'Tệp CSV.', en: 'The CSV.' }, mediaType: 'text/csv' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/plans/12/result" -H "X-Api-Key: $KEY" -o ke-hoach-12.csv',
  handler:
    ({ hub }) =>
    async (call) => {
      const plan = await findPlan(hub, idOf(call), call.client.reach)
      const actor = actorOf(call.client)
      const object = `plan:${plan.id}`
      await hub.audit.note({ actor, action: 'plan.exported', object, detail: '' })
      return {
        status: 200,
        stream: { type: csv, body: encoded(planResultRows(hub.queries, plan)) },
        headers: ['Content-Disposition', `attachment; filename="ke-hoach-${plan.id}.csv"`],
      }
    },
}

interface Change {
  readonly verb: string
  readonly schema: string
  readonly summary: Words
  readonly description?: Words
  /** Besides the reason, as a shell would write it. */
  readonly more?: string
  act(hub: Hub, id: number, act: Act, body: unknown): Promise<void>
}

const change = ({ verb, schema, summary, description, more = '', act }: Change): Operation => ({
  id: `${verb}Plan`,
  tag: 'plans',
  method: 'post',
  path: `/api/v1/plans/{id}/${verb}`,
  access: 'deliveries:write',
  told: true,
  summary,
  ...(description && { description }),
  pathParameters: planPath,
  query: {},
  body: { kind: 'json', schema },
  answers: {
    200: {
      words: { vi: 'Kế hoạch sau thao tác.', en: 'The plan afterwards.' },
      schema: 'PlanDetail',
    },
  },
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/plans/12/${verb}" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"reason": "Cổng đã hoạt động lại"${more}}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { reach } = call.client
      await findPlan(hub, idOf(call), reach)
      await act(hub, idOf(call), actOf(call), call.body)
      return { status: 200, json: await findPlan(hub, idOf(call), reach) }
    },
})

const changes: readonly Operation[] = [
  change({
    verb: 'start',
    schema: 'PlanStart',
    summary: { vi: 'Bắt đầu kế hoạch', en: 'Start a plan' },
    description: {
      vi: 'Ngay, hoặc lúc startAt. Kế hoạch còn đang lập thì chạy khi lập xong.',
      en: 'At once, or at startAt. One that is being prepared starts as soon as it is.',
    },
    act: (hub, id, act, body) =>
      hub.plans.start(id, (body as { readonly startAt?: string }).startAt, act),
  }),
  change({
    verb: 'pause',
    schema: 'Reason',
    summary: { vi: 'Tạm dừng kế hoạch', en: 'Pause a plan' },
    act: (hub, id, act) => hub.plans.pause(id, act),
  }),
  change({
    verb: 'resume',
    schema: 'Reason',
    summary: { vi: 'Cho kế hoạch chạy tiếp', en: 'Resume a plan' },
    act: (hub, id, act) => hub.plans.resume(id, act),
  }),
  change({
    verb: 'rate',
    schema: 'PlanRate',
    summary: { vi: 'Đổi tốc độ của kế hoạch', en: 'Change the rate of a plan' },
    more: ', "ratePerMinute": 120',
    act: (hub, id, act, body) =>
      hub.plans.setRate(id, (body as { readonly ratePerMinute: number }).ratePerMinute, act),
  }),
  change({
    verb: 'cancel',
    schema: 'Reason',
    summary: { vi: 'Huỷ phần còn lại của kế hoạch', en: 'Cancel the rest of a plan' },
    description: {
      vi: 'Lượt chưa làm được để nguyên; lượt đã làm vẫn được theo dõi tới khi có kết quả.',
      en: 'What is pending is left as it is; what was done is watched to its end.',
    },
    act: (hub, id, act) => hub.plans.cancel(id, act),
  }),
]

export const planOperations: readonly Operation[] = [
  ...[createPlan, listPlans, readPlan, listPlanItems, readPlanResult],
  ...changes,
]
