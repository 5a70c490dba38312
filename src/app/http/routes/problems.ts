import { parseDeliveryId } from '../../../domain/delivery.ts'
import { type ErrorCode, errorTable, HubError, type Words } from '../../../domain/errors.ts'
import { problemSides } from '../../../domain/problem.ts'
import {
  type ProblemAction,
  type ProblemChange,
  type ProblemDetail,
  type ProblemFilter,
  problemActions,
  problemSorts,
  problemStates,
} from '../../../engine/ports/problems.ts'
import { problemExport } from '../../export/problems.ts'
import type { Hub } from '../../hub.ts'
import { actOf, actorOf } from '../acting.ts'
import { exportAnswer, exported, exportWords, formatParameter, withFormat } from '../exporting.ts'
import { maskDelivery } from '../mask.ts'
import type { Call, Operation } from '../operation.ts'
import { pageOf, paging, period, plain } from '../paging.ts'
import type { Parameters } from '../query.ts'
import { oneOf, text } from '../schemas/shape.ts'
import { hasScope } from '../scopes.ts'

const problemPath = { id: text(['Mã vướng mắc / Problem id'], { pattern: '^[1-9]\\d{0,8}$' }) }

const filters: Parameters = {
  status: oneOf(['Tình trạng / Status'], problemStates),
  system: text(['Hệ thống / System'], plain),
  code: oneOf(['Mã lỗi / Error code'], Object.keys(errorTable)),
  side: oneOf(['Phía nào / Side'], problemSides),
  owner: text(['Người phụ trách / Owner'], plain),
  ...period('Gần nhất từ lúc / Last seen from', 'Gần nhất trước lúc / Last seen before'),
  sort: oneOf(['Xếp theo, lớn nhất trước / Sort, largest first'], problemSorts),
}

const listProblems: Operation = {
  id: 'listProblems',
  tag: 'problems',
  method: 'get',
  path: '/api/v1/problems',
  access: 'systems:read',
  summary: { vi: 'Tìm vướng mắc', en: 'Find problems' },
  description: {
    vi: 'Nhiều lượt gửi thất bại vì cùng một nguyên nhân được gộp thành một vướng mắc. Không lọc status thì gồm mọi vướng mắc chưa giải quyết.',
    en: 'Many failed deliveries with the same cause are one problem. Without status: all that are not resolved.',
  },
  pathParameters: {},
  query: {
    ...filters,
    ...paging,
  },
  answers: {
    200: { words: { vi: 'Một trang.', en: 'One page.' }, schema: 'DeliveryProblemPage' },
  },
  codes: [],
  example: 'curl "$HUB/api/v1/problems?status=open&side=data&sort=dossiers" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ query, client: { reach } }) => ({
      status: 200,
      json: await hub.queries.problems({ ...pageOf<ProblemFilter>(query), reach }),
    }),
}

const exportProblems: Operation = {
  id: 'exportProblems',
  tag: 'problems',
  method: 'get',
  path: '/api/v1/problems/export',
  access: 'systems:read',
  summary: {
    vi: 'Tải danh sách vướng mắc (CSV, Excel, JSON)',
    en: 'Fetch problems (CSV, Excel, JSON)',
  },
  description: exportWords,
  pathParameters: {},
  query: { ...formatParameter, ...filters },
  answers: exportAnswer,
  codes: [],
  example: 'curl "$HUB/api/v1/problems/export?format=csv" -H "X-Api-Key: $KEY" -o vuong-mac.csv',
  handler:
    ({ hub }) =>
    async ({ query, client }) => {
      const { format, filter } = withFormat<ProblemFilter>(query)
      const within = { ...filter, reach: client.reach }
      return exported(problemExport(hub, within, format, actorOf(client)))
    },
}

/** What lies beyond the reach is not there. */
async function findProblem(hub: Hub, { path, client: { reach } }: Call): Promise<ProblemDetail> {
  const problem = await hub.queries.problem(Number(path.id), reach)
  if (!problem) throw new HubError('not-found')
  return problem
}

async function present(hub: Hub, call: Call) {
  const { client } = call
  const problem = await findProblem(hub, call)
  const shows = problem.sample !== null && hasScope(client, 'deliveries:read')
  const place = shows ? parseDeliveryId(problem.sample ?? '') : undefined
  const delivery = place && (await hub.queries.delivery(place, client.reach))
  const shown =
    delivery && !hasScope(client, 'personal-data:read') ? maskDelivery(delivery) : delivery
  return { status: 200, json: { ...problem, sample: shown ?? null } }
}

const readProblem: Operation = {
  id: 'readProblem',
  tag: 'problems',
  method: 'get',
  path: '/api/v1/problems/{id}',
  access: 'systems:read',
  alsoReads: 'personal-data:read',
  summary: { vi: 'Xem một vướng mắc', en: 'Read a problem' },
  description: {
    vi: 'Kèm một lượt gửi để xem (đã che), diễn biến, điều đã thay đổi trước khi phát sinh và những vướng mắc giống vậy đã giải quyết.',
    en: 'With a sample (masked), the trend, what changed before it began, and similar ones that were resolved.',
  },
  pathParameters: problemPath,
  query: {},
  answers: {
    200: { words: { vi: 'Vướng mắc.', en: 'The problem.' }, schema: 'DeliveryProblemDetail' },
  },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/problems/7" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    (call) =>
      present(hub, call),
}

const listDeliveries: Operation = {
  id: 'listProblemDeliveries',
  tag: 'problems',
  method: 'get',
  path: '/api/v1/problems/{id}/deliveries',
  access: 'deliveries:read',
  summary: { vi: 'Các lượt gửi còn vướng', en: 'List the deliveries of a problem' },
  pathParameters: problemPath,
  query: paging,
  answers: { 200: { words: { vi: 'Một trang.', en: 'One page.' }, schema: 'DeliveryPage' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/problems/7/deliveries?limit=20" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => {
      const { id } = await findProblem(hub, call)
      const page = { ...pageOf(call.query), reach: call.client.reach }
      return { status: 200, json: await hub.queries.deliveries({ ...page, problem: id }) }
    },
}

interface ActionRow {
  readonly words: Words
  readonly schema: string
  /** Beside the reason, as `curl` gives it. */
  readonly example: string
  change(body: Readonly<Record<string, unknown>>): ProblemChange
}

const plainAction = (action: ProblemAction, vi: string, en: string): ActionRow => ({
  words: { vi, en },
  schema: 'Reason',
  example: '',
  change: () => ({ action }),
})

const actions: Readonly<Record<ProblemAction, ActionRow>> = {
  acknowledge: plainAction(
    'acknowledge',
    'Nhận biết: đã có người xem',
    'Acknowledge: somebody has seen it',
  ),
  assign: {
    words: { vi: 'Giao người phụ trách', en: 'Assign to an owner' },
    schema: 'AssignProblem',
    example: '"owner": "lan", ',
    change: ({ owner }) => ({ action: 'assign', owner: owner as string | null }),
  },
  note: {
    words: { vi: 'Thêm ghi chú (chính là lý do)', en: 'Add a note (the reason itself)' },
    schema: 'Reason',
    example: '',
    change: ({ reason }) => ({ action: 'note', text: String(reason).trim() }),
  },
  mute: {
    words: { vi: 'Im lặng tới một lúc', en: 'Mute until a moment' },
    schema: 'MuteProblem',
    example: '"until": "2027-01-10T06:00:00+07:00", ',
    change: ({ until }) => ({ action: 'mute', until: new Date(String(until)) }),
  },
  unmute: plainAction('unmute', 'Thôi im lặng', 'End the mute'),
  resolve: plainAction(
    'resolve',
    'Giải quyết xong; tái diễn thì tự mở lại',
    'Resolve; it opens again when it recurs',
  ),
}

const codesOfAction: readonly ErrorCode[] = ['not-found', 'reason-missing', 'state-conflict']

const actionOperation = (name: ProblemAction): Operation => ({
  id: `${name}Problem`,
  tag: 'problems',
  method: 'post',
  path: `/api/v1/problems/{id}/${name}`,
  access: 'systems:write',
  alsoReads: 'personal-data:read',
  told: true,
  summary: actions[name].words,
  pathParameters: problemPath,
  query: {},
  body: { kind: 'json', schema: actions[name].schema },
  answers: {
    200: {
      words: { vi: 'Vướng mắc sau thao tác.', en: 'The problem afterwards.' },
      schema: 'DeliveryProblemDetail',
    },
  },
  codes: codesOfAction,
  example: `curl "$HUB/api/v1/problems/7/${name}" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{${actions[name].example}"reason": "Đã trao đổi với đơn vị"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const change = actions[name].change(call.body as Readonly<Record<string, unknown>>)
      const { id } = await findProblem(hub, call)
      // It may be other units' too, so it is not for one of them to decide about.
      if (call.client.reach.units.length > 0) throw new HubError('not-found')
      await hub.problems.change(id, change, actOf(call))
      return present(hub, call)
    },
})

export const problemOperations: readonly Operation[] = [
  listProblems,
  exportProblems,
  readProblem,
  listDeliveries,
  ...problemActions.map(actionOperation),
]
