import {
  type DeliveryPlace,
  deliveryStates,
  type Intervention,
  interventions,
  parseDeliveryId,
} from '../../../domain/delivery.ts'
import { errorTable, HubError, type Words } from '../../../domain/errors.ts'
import { isLimited } from '../../../domain/unit.ts'
import type { BlockedFilter, DeliveryFilter } from '../../../engine/ports/deliveries.ts'
import { deliveryExport } from '../../export/deliveries.ts'
import type { Hub } from '../../hub.ts'
import { actOf, actorOf } from '../acting.ts'
import { exportAnswer, exported, exportWords, formatParameter, withFormat } from '../exporting.ts'
import { maskDelivery } from '../mask.ts'
import type { Call, Operation } from '../operation.ts'
import { agency, pageOf, paging, period, plain } from '../paging.ts'
import type { Parameters } from '../query.ts'
import { count, type JsonSchema, oneOf, text } from '../schemas/shape.ts'
import { hasScope } from '../scopes.ts'

const deliveryPath = { id: text(['Mã lượt gửi / Delivery id']) }

const filters: Parameters = {
  state: oneOf(['Trạng thái / State'], deliveryStates),
  system: text(['Hệ thống đích / System'], plain),
  subject: text(['Chủ đề, thường là mã hồ sơ / Subject'], plain),
  type: text(['Loại bản tin / Type'], plain),
  code: oneOf(
    ['Mã lỗi / Error code', 'Một mã trong bảng mã lỗi. / A code of the table of codes.'],
    Object.keys(errorTable),
  ),
  unit: agency,
  ...period('Nhận từ lúc / Accepted from', 'Nhận trước lúc / Accepted before'),
  problem: count(['Vướng mắc / Problem', 'Những lượt còn vướng. / Those it has now.'], {
    minimum: 1,
    maximum: 2_147_483_647,
  }),
}

const listDeliveries: Operation = {
  id: 'listDeliveries',
  tag: 'deliveries',
  method: 'get',
  path: '/api/v1/deliveries',
  access: 'deliveries:read',
  summary: { vi: 'Tìm lượt gửi', en: 'Find deliveries' },
  description: {
    vi: 'Từng trang, mới nhất trước. Đọc trang sau bằng cursor với đúng các điều kiện lọc cũ. Tìm thứ hiếm thì một trang có thể ít dòng, thậm chí trống, mà vẫn còn trang sau: chỉ next bằng null mới là hết.',
    en: 'Page by page, newest first. Read the next page by cursor, with the same filters. Of what is rare a page may hold few rows or none and still have a next one: only when next is null there is no more.',
  },
  pathParameters: {},
  query: {
    ...filters,
    ...paging,
  },
  answers: { 200: { words: { vi: 'Một trang.', en: 'One page.' }, schema: 'DeliveryPage' } },
  codes: [],
  example: 'curl "$HUB/api/v1/deliveries?state=dead&system=dvcqg&limit=20" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ query, client: { reach } }) => ({
      status: 200,
      json: await hub.queries.deliveries({ ...pageOf<DeliveryFilter>(query), reach }),
    }),
}

const exportDeliveries: Operation = {
  id: 'exportDeliveries',
  tag: 'deliveries',
  method: 'get',
  path: '/api/v1/deliveries/export',
  access: 'deliveries:read',
  summary: {
    vi: 'Tải danh sách lượt gửi (CSV, Excel, JSON)',
    en: 'Fetch deliveries (CSV, Excel, JSON)',
  },
  description: exportWords,
  pathParameters: {},
  query: { ...formatParameter, ...filters },
  answers: exportAnswer,
  codes: [],
  example:
    'curl "$HUB/api/v1/deliveries/export?format=xlsx&state=dead" -H "X-Api-Key: $KEY" -o luot-gui.xlsx',
  handler:
    ({ hub }) =>
    async ({ query, client }) => {
      const { format, filter } = withFormat<DeliveryFilter>(query)
      const within = { ...filter, reach: client.reach }
      return exported(deliveryExport(hub, within, format, actorOf(client)))
    },
}

const listBlocking: Operation = {
  id: 'listBlocking',
  tag: 'deliveries',
  method: 'get',
  path: '/api/v1/deliveries/blocking',
  access: 'deliveries:read',
  summary: { vi: 'Hồ sơ bị chặn', en: 'Blocked dossiers' },
  description: {
    vi: 'Những lượt gửi đang chặn hồ sơ của mình tại một hệ thống: các lượt sau không đi tiếp cho tới khi có người quyết định. Nhận sớm nhất đứng trước.',
    en: 'Deliveries that block their dossier at a system: nothing behind them goes on until a person decides. Accepted longest ago first.',
  },
  pathParameters: {},
  query: {
    system: text(['Hệ thống đích / System'], plain),
    code: filters.code as JsonSchema,
    unit: agency,
    owner: text(['Người phụ trách vướng mắc / Owner of the problem'], plain),
    ...paging,
  },
  answers: { 200: { words: { vi: 'Một trang.', en: 'One page.' }, schema: 'BlockedDossierPage' } },
  codes: [],
  example: 'curl "$HUB/api/v1/deliveries/blocking?unit=H99.14" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ query, client: { reach } }) => ({
      status: 200,
      json: await hub.queries.blocked({ ...pageOf<BlockedFilter>(query), reach }),
    }),
}

function placeOf({ path }: Call): DeliveryPlace {
  const place = parseDeliveryId(path.id ?? '')
  if (!place) throw new HubError('not-found')
  return place
}

/** What lies beyond the reach is not there, and so is not touched. */
async function mustReach(hub: Hub, place: DeliveryPlace, { client: { reach } }: Call) {
  if (isLimited(reach) && !(await hub.queries.delivery(place, reach)))
    throw new HubError('not-found')
}

async function presentDelivery(hub: Hub, place: DeliveryPlace, { client }: Call) {
  const delivery = await hub.queries.delivery(place, client.reach)
  if (!delivery) throw new HubError('not-found')
  const mayRead = hasScope(client, 'personal-data:read')
  return { status: 200, json: mayRead ? delivery : maskDelivery(delivery) }
}

const readDelivery: Operation = {
  id: 'readDelivery',
  tag: 'deliveries',
  method: 'get',
  path: '/api/v1/deliveries/{id}',
  access: 'deliveries:read',
  alsoReads: 'personal-data:read',
  summary: { vi: 'Xem một lượt gửi và các lần thử', en: 'Read a delivery and its attempts' },
  description: {
    vi: 'Lời của hệ thống đích được che (dãy từ 6 chữ số, địa chỉ thư) trừ khi khoá có quyền personal-data:read.',
    en: 'What the system said is masked (6 digits or more, e-mail addresses) unless the key has personal-data:read.',
  },
  pathParameters: deliveryPath,
  query: {},
  answers: { 200: { words: { vi: 'Lượt gửi.', en: 'The delivery.' }, schema: 'Delivery' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/deliveries/1842.3" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) =>
      presentDelivery(hub, placeOf(call), call),
}

const interventionWords: Readonly<Record<Intervention, Words>> = {
  redrive: {
    vi: 'Gửi lại một lượt đã dừng hẳn',
    en: 'Redrive a dead delivery',
  },
  discard: { vi: 'Bỏ một lượt gửi', en: 'Discard a delivery' },
  hold: { vi: 'Giữ lại, chưa gửi', en: 'Hold a waiting delivery back' },
  release: { vi: 'Thả lượt gửi đang giữ', en: 'Release a held delivery' },
  'confirm-delivered': {
    vi: 'Kết luận: hệ thống đích đã nhận',
    en: 'Decide that the system did take it',
  },
  'send-again': {
    vi: 'Kết luận: hệ thống đích chưa nhận, gửi lại',
    en: 'Decide that the system did not take it',
  },
  'give-up': {
    vi: 'Thôi chờ một lượt chưa rõ kết quả',
    en: 'Give up a delivery whose result is not known',
  },
}

const camel = (name: string): string =>
  name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())

const keepsOrder = (name: Intervention): Words | undefined =>
  interventions[name].to === 'waiting' && name !== 'release'
    ? {
        vi: 'Gửi đúng thứ tự trong hàng, cùng khoá chống trùng. ',
        en: 'Sent in the order of its lane, under the same idempotency key. ',
      }
    : undefined

const intervene = (name: Intervention): Operation => ({
  id: camel(`${name}-delivery`),
  tag: 'deliveries',
  method: 'post',
  path: `/api/v1/deliveries/{id}/${name}`,
  access: 'deliveries:write',
  alsoReads: 'personal-data:read',
  told: true,
  summary: interventionWords[name],
  description: {
    vi: `${keepsOrder(name)?.vi ?? ''}Được khi trạng thái là: ${interventions[name].from.join(', ')}. Sau đó: ${interventions[name].to}.`,
    en: `${keepsOrder(name)?.en ?? ''}Allowed in state: ${interventions[name].from.join(', ')}. Afterwards: ${interventions[name].to}.`,
  },
  pathParameters: deliveryPath,
  query: {},
  body: { kind: 'json', schema: 'Reason' },
  answers: {
    200: {
      words: { vi: 'Lượt gửi sau thao tác.', en: 'The delivery afterwards.' },
      schema: 'Delivery',
    },
  },
  codes: ['not-found', 'reason-missing', 'state-conflict', 'order-would-break'],
  example: `curl "$HUB/api/v1/deliveries/1842.3/${name}" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"reason": "Đã đối chiếu với hệ thống đích"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const place = placeOf(call)
      await mustReach(hub, place, call)
      await hub.intervene(place, name, actOf(call))
      return presentDelivery(hub, place, call)
    },
})

export const deliveryOperations: readonly Operation[] = [
  listDeliveries,
  exportDeliveries,
  listBlocking,
  readDelivery,
  ...(Object.keys(interventions) as Intervention[]).map(intervene),
]
