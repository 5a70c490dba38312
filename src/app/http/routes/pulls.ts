import { HubError } from '../../../domain/errors.ts'
import type { PullView } from '../../../engine/ports/pulls.ts'
import type { Hub } from '../../hub.ts'
import { actOf, actorOf, resumeAtOf } from '../acting.ts'
import type { Call, Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'
import { ofEveryUnit } from '../unlimited.ts'

const jobPath = {
  job: text(['Mã việc đồng bộ / Job id'], { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
}

async function findPull(hub: Hub, { path: { job }, client }: Call): Promise<PullView> {
  const pull = (await hub.queries.pulls(client.reach)).find((candidate) => candidate.job === job)
  if (!pull) throw new HubError('not-found')
  return pull
}

/** One that no worker has planned yet can be run and paused too, by whoever reaches every system. */
async function mustReach(hub: Hub, call: Call): Promise<void> {
  if (call.client.reach.systems.length > 0) await findPull(hub, call)
}

const listPulls: Operation = {
  id: 'listPulls',
  tag: 'pulls',
  method: 'get',
  path: '/api/v1/pulls',
  access: 'systems:read',
  summary: { vi: 'Xem các việc lấy về theo lịch', en: 'List the scheduled pulls' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Các việc lấy về.', en: 'The pulls.' }, schema: 'Pulls' } },
  codes: [],
  example: 'curl "$HUB/api/v1/pulls" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ client }) => ({
      status: 200,
      json: { items: await hub.queries.pulls(client.reach) },
    }),
}

const runPull: Operation = {
  id: 'runPull',
  tag: 'pulls',
  method: 'post',
  path: '/api/v1/pulls/{job}/run',
  access: 'systems:write',
  told: true,
  summary: { vi: 'Chạy ngay một việc lấy về', en: 'Run a pull now' },
  description: {
    vi: 'Xếp chạy ngay, không đợi lịch. Đang chạy thì chạy thêm một lần ngay sau lần đó; đang tạm dừng thì trả lời state-conflict.',
    en: 'Schedules it at once. One that is running runs once more behind that run; one that is paused answers state-conflict.',
  },
  pathParameters: jobPath,
  query: {},
  answers: { 202: { words: { vi: 'Đã xếp chạy.', en: 'Scheduled.' }, schema: 'PullStarted' } },
  codes: ['not-found', 'state-conflict'],
  example: 'curl -X POST "$HUB/api/v1/pulls/tthc-changes/run" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => {
      await mustReach(hub, call)
      const job = String(call.path.job)
      await hub.pulls.runNow(job, { actor: actorOf(call.client), reason: '' })
      return { status: 202, json: { job, scheduled: true } }
    },
}

const afterwards = {
  200: { words: { vi: 'Việc lấy về sau thao tác.', en: 'The pull afterwards.' }, schema: 'Pull' },
} as const

const pausePull: Operation = {
  id: 'pausePull',
  tag: 'pulls',
  method: 'post',
  path: '/api/v1/pulls/{job}/pause',
  access: 'systems:write',
  told: true,
  summary: { vi: 'Tạm dừng một việc lấy về', en: 'Pause a pull' },
  description: {
    vi: 'Lần đang chạy dừng sau trang đang đọc; khi chạy lại, lấy tiếp từ con trỏ, không sót gì.',
    en: 'A running one stops behind the page it reads; resumed, it goes on from its cursor and misses nothing.',
  },
  pathParameters: jobPath,
  query: {},
  body: { kind: 'json', schema: 'Pause' },
  answers: afterwards,
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/pulls/tthc-changes/pause" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"reason": "Nguồn đang chuyển dữ liệu", "resumeAt": "2026-11-23T06:00:00+07:00"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const job = String(call.path.job)
      await mustReach(hub, call)
      await hub.pulls.pause(job, actOf(call), resumeAtOf(call))
      return { status: 200, json: await findPull(hub, call) }
    },
}

const resumePull: Operation = {
  id: 'resumePull',
  tag: 'pulls',
  method: 'post',
  path: '/api/v1/pulls/{job}/resume',
  access: 'systems:write',
  told: true,
  summary: { vi: 'Cho một việc lấy về chạy lại', en: 'Resume a pull' },
  pathParameters: jobPath,
  query: {},
  body: { kind: 'json', schema: 'Reason' },
  answers: afterwards,
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/pulls/tthc-changes/resume" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"reason": "Nguồn đã chuyển xong"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const job = String(call.path.job)
      await mustReach(hub, call)
      await hub.pulls.resume(job, actOf(call))
      return { status: 200, json: await findPull(hub, call) }
    },
}

const rewindPull: Operation = {
  id: 'rewindPull',
  tag: 'pulls',
  method: 'post',
  path: '/api/v1/pulls/{job}/rewind',
  access: 'systems:write',
  told: true,
  summary: { vi: 'Cho một việc lấy về đọc lại', en: 'Have a pull read again' },
  description: {
    vi: 'Lần chạy tới đọc lại từ đầu, hoặc từ một thời điểm (connector rest, sql). Bản tin đã nhận được nhận ra theo khoá tự nhiên, không gửi lại. Lần đang chạy bị ngắt; không tự chạy ngay.',
    en: 'Its next run reads from the start again, or from a moment (connectors rest, sql). What has been accepted is known by its natural key and not sent again. A running one is broken off; none is begun.',
  },
  pathParameters: jobPath,
  query: {},
  body: { kind: 'json', schema: 'Rewind' },
  answers: afterwards,
  codes: ['not-found', 'reason-missing', 'request-invalid', 'system-misconfigured'],
  example: `curl "$HUB/api/v1/pulls/tthc-changes/rewind" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"reason": "Đã bổ sung mã trạng thái 09", "to": "2026-11-20T00:00:00+07:00"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      await mustReach(hub, call)
      const { to } = call.body as { readonly to: string }
      await hub.pulls.rewind(String(call.path.job), to === 'start' ? to : new Date(to), actOf(call))
      return { status: 200, json: await findPull(hub, call) }
    },
}

export const pullOperations: readonly Operation[] = [
  listPulls,
  ...[runPull, pausePull, resumePull, rewindPull].map(ofEveryUnit),
]
