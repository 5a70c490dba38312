/** How fast and when a system is spoken to: a revision of the configuration, as its file would be. */
import type { WindowChange } from '../../../engine/ports/system-desk.ts'
import { actOf } from '../acting.ts'
import type { Operation } from '../operation.ts'
import { unlimited } from '../unlimited.ts'
import { findSystem, systemPath } from './systems.ts'

const change = {
  vi: 'Thành một bản cấu hình mới, có người đổi và lý do; các tiến trình tự nhận trong vài giây, không cần khởi động lại. Chỉ dành cho người không bị giới hạn đơn vị hay hệ thống. Lần hub config apply sau lấy lại theo tệp: nhớ sửa cả tệp.',
  en: 'A new revision of the configuration, with author and reason; processes take it up within seconds, without a restart. Only for those whose reach has no limit. The next hub config apply goes by the file: change it too.',
}

const setSystemRate: Operation = {
  id: 'setSystemRate',
  tag: 'systems',
  method: 'post',
  path: '/api/v1/systems/{id}/rate',
  access: 'systems:write',
  told: true,
  summary: { vi: 'Đặt tốc độ gọi một hệ thống', en: 'Set the rate of a system' },
  description: change,
  pathParameters: systemPath,
  query: {},
  body: { kind: 'json', schema: 'NewRate' },
  answers: { 200: { words: { vi: 'Đã đặt.', en: 'Set.' }, schema: 'SystemChange' } },
  codes: ['not-found', 'reason-missing'],
  example: `curl "$HUB/api/v1/systems/dvcqg/rate" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"ratePerSecond": 5, "reason": "Cổng đề nghị gửi chậm lại"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { id } = await findSystem(hub, call)
      const { ratePerSecond } = call.body as { ratePerSecond: number | null }
      const changed = await hub.systems.setRate(id, ratePerSecond, actOf(call))
      return { status: 200, json: { ...changed, system: await findSystem(hub, call) } }
    },
}

const changeSystemWindows: Operation = {
  id: 'changeSystemWindows',
  tag: 'systems',
  method: 'post',
  path: '/api/v1/systems/{id}/windows',
  access: 'systems:write',
  told: true,
  summary: {
    vi: 'Thêm hoặc bỏ một thời gian bảo trì',
    en: 'Add or remove a maintenance window',
  },
  description: {
    vi: `Trong thời gian bảo trì liên thông không gọi hệ thống và không tốn lượt thử; bỏ thời gian đang diễn ra là cho gửi lại ngay. ${change.vi}`,
    en: `In a window the system is not spoken to and no try is used up; removing the one in force sends again at once. ${change.en}`,
  },
  pathParameters: systemPath,
  query: {},
  body: { kind: 'json', schema: 'WindowChange' },
  answers: { 200: { words: { vi: 'Đã đổi.', en: 'Changed.' }, schema: 'SystemChange' } },
  codes: ['not-found', 'reason-missing'],
  example: `curl "$HUB/api/v1/systems/dvcqg/windows" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"add": {"kind": "once", "from": "2026-12-05T22:00:00+07:00", "to": "2026-12-06T04:00:00+07:00", "reason": "Cổng nâng cấp"}, "reason": "Công văn của Cổng"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { id } = await findSystem(hub, call)
      const { add, remove } = call.body as WindowChange
      const wanted = { ...(add && { add }), ...(remove && { remove }) }
      const changed = await hub.systems.changeWindows(id, wanted, actOf(call))
      return { status: 200, json: { ...changed, system: await findSystem(hub, call) } }
    },
}

const readNow: Operation = {
  id: 'readNow',
  tag: 'systems',
  method: 'get',
  path: '/api/v1/now',
  access: 'systems:read',
  summary: { vi: 'Liên thông ngay lúc này', en: 'The hub right now' },
  description: {
    vi: 'Nhịp vào, nhịp ra, hồ sơ bị chặn và tiến trình gửi đang chạy, trong phạm vi của người hỏi.',
    en: 'What comes in and goes out, dossiers that are blocked, and processes that send, within the reach of who asks.',
  },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Lúc này.', en: 'Right now.' }, schema: 'Now' } },
  codes: [],
  example: 'curl "$HUB/api/v1/now" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ client }) => ({ status: 200, json: await hub.queries.now(client.reach) }),
}

export const systemLimitOperations: readonly Operation[] = [
  unlimited(setSystemRate),
  unlimited(changeSystemWindows),
  readNow,
]
