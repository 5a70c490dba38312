import { HubError } from '../../../domain/errors.ts'
import type { Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'

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
    async () => ({ status: 200, json: { items: await hub.queries.pulls() } }),
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
    vi: 'Xếp chạy ngay, không đợi lịch. Đang chạy rồi thì trả lời state-conflict.',
    en: 'Schedules it at once. One that is running already answers state-conflict.',
  },
  pathParameters: {
    job: text(['Mã việc đồng bộ / Job id'], { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
  },
  query: {},
  answers: { 202: { words: { vi: 'Đã xếp chạy.', en: 'Scheduled.' }, schema: 'PullStarted' } },
  codes: ['not-found', 'state-conflict'],
  example: 'curl -X POST "$HUB/api/v1/pulls/tthc-changes/run" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path, client }) => {
      const pull = (await hub.queries.pulls()).find((candidate) => candidate.job === path.job)
      if (!pull) throw new HubError('not-found')
      const act = { actor: `client:${client.id}`, reason: '' }
      if (pull.running || !(await hub.pulls.runNow(pull.job, act)))
        throw new HubError('state-conflict')
      return { status: 202, json: { job: pull.job, scheduled: true } }
    },
}

export const pullOperations: readonly Operation[] = [listPulls, runPull]
