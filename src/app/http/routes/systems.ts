import { HubError } from '../../../domain/errors.ts'
import type { SystemView } from '../../../engine/ports/systems.ts'
import type { Hub } from '../../hub.ts'
import { actOf, actorOf, resumeAtOf } from '../acting.ts'
import { disconnectSignal } from '../exchange.ts'
import type { Call, Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'
import { ofEveryUnit } from '../unlimited.ts'

export const systemPath = {
  id: text(['Mã hệ thống / System id'], { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
}

/** How long a connection test may take; its steps have limits of their own. */
const checkTimeoutMs = 60_000

export async function findSystem(hub: Hub, { path: { id }, client }: Call): Promise<SystemView> {
  const system = (await hub.queries.systems(client.reach)).find((candidate) => candidate.id === id)
  if (!system) throw new HubError('not-found')
  return system
}

const listSystems: Operation = {
  id: 'listSystems',
  tag: 'systems',
  method: 'get',
  path: '/api/v1/systems',
  access: 'systems:read',
  summary: { vi: 'Xem các hệ thống', en: 'List the systems' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Các hệ thống.', en: 'The systems.' }, schema: 'Systems' } },
  codes: [],
  example: 'curl "$HUB/api/v1/systems" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ client }) => ({
      status: 200,
      json: { items: await hub.queries.systems(client.reach) },
    }),
}

const readSystem: Operation = {
  id: 'readSystem',
  tag: 'systems',
  method: 'get',
  path: '/api/v1/systems/{id}',
  access: 'systems:read',
  summary: { vi: 'Xem một hệ thống', en: 'Read a system' },
  description: {
    vi: 'Kèm diễn biến một giờ qua, từng năm phút.',
    en: 'With the course of the last hour, five minutes each.',
  },
  pathParameters: systemPath,
  query: {},
  answers: { 200: { words: { vi: 'Hệ thống.', en: 'The system.' }, schema: 'SystemDetail' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/systems/dvcqg" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => {
      const system = await findSystem(hub, call)
      return { status: 200, json: { ...system, trend: await hub.queries.systemTrend(system.id) } }
    },
}

const checkSystem: Operation = {
  id: 'checkSystem',
  tag: 'systems',
  method: 'post',
  path: '/api/v1/systems/{id}/check',
  access: 'systems:write',
  told: true,
  summary: { vi: 'Kiểm tra kết nối tới một hệ thống', en: 'Test the connection to a system' },
  description: {
    vi: 'Chỉ thử đường truyền và tài khoản, không thay đổi gì ở hệ thống đích. Không đạt vẫn trả lời 200 với ok = false. Kết quả được giữ lại, kèm ai thử và lúc nào, tới lần thử sau.',
    en: 'Proves reach and credentials and changes nothing. A failed test still answers 200, with ok = false. The result is kept until the next test, with who tested and when.',
  },
  pathParameters: systemPath,
  query: {},
  answers: { 200: { words: { vi: 'Kết quả.', en: 'The result.' }, schema: 'ConnectionCheck' } },
  codes: ['not-found', 'system-misconfigured'],
  example: 'curl -X POST "$HUB/api/v1/systems/dvcqg/check" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => {
      const { exchange } = call
      const { id } = await findSystem(hub, call)
      const signal = AbortSignal.any([
        disconnectSignal(exchange),
        AbortSignal.timeout(checkTimeoutMs),
      ])
      return { status: 200, json: await hub.systems.check(id, signal, actorOf(call.client)) }
    },
}

const pauseSystem: Operation = {
  id: 'pauseSystem',
  tag: 'systems',
  method: 'post',
  path: '/api/v1/systems/{id}/pause',
  access: 'systems:write',
  told: true,
  summary: { vi: 'Tạm dừng gửi tới một hệ thống', en: 'Pause deliveries to a system' },
  description: {
    vi: 'Bản tin vẫn được nhận và giữ đúng thứ tự; không gửi đi cho tới khi chạy lại.',
    en: 'Messages are still accepted and kept in order; none is sent until the system is resumed.',
  },
  pathParameters: systemPath,
  query: {},
  body: { kind: 'json', schema: 'Pause' },
  answers: {
    200: {
      words: { vi: 'Hệ thống sau thao tác.', en: 'The system afterwards.' },
      schema: 'System',
    },
  },
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/systems/dvcqg/pause" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"reason": "Cổng bảo trì đột xuất", "resumeAt": "2026-11-23T06:00:00+07:00"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { id } = await findSystem(hub, call)
      await hub.systems.pause(id, actOf(call), resumeAtOf(call))
      return { status: 200, json: await findSystem(hub, call) }
    },
}

const resumeSystem: Operation = {
  id: 'resumeSystem',
  tag: 'systems',
  method: 'post',
  path: '/api/v1/systems/{id}/resume',
  access: 'systems:write',
  told: true,
  summary: { vi: 'Cho một hệ thống chạy lại', en: 'Resume deliveries to a system' },
  pathParameters: systemPath,
  query: {},
  body: { kind: 'json', schema: 'Reason' },
  answers: {
    200: {
      words: { vi: 'Hệ thống sau thao tác.', en: 'The system afterwards.' },
      schema: 'System',
    },
  },
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/systems/dvcqg/resume" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"reason": "Đã đổi mật khẩu tài khoản"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { id } = await findSystem(hub, call)
      await hub.systems.resume(id, actOf(call))
      return { status: 200, json: await findSystem(hub, call) }
    },
}

export const systemOperations: readonly Operation[] = [
  listSystems,
  readSystem,
  checkSystem,
  ofEveryUnit(pauseSystem),
  ofEveryUnit(resumeSystem),
]
