import type { LookupRequest } from '../../../engine/lookups/lookup.ts'
import type { LookupFilter } from '../../../engine/ports/lookups.ts'
import { actorOf } from '../acting.ts'
import { disconnectSignal } from '../exchange.ts'
import type { Operation } from '../operation.ts'
import { pageOf, paging, period, plain } from '../paging.ts'
import { text } from '../schemas/shape.ts'

const name = { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }

const lookUp: Operation = {
  id: 'lookUp',
  tag: 'lookups',
  method: 'post',
  path: '/api/v1/lookups/{system}/{operation}',
  access: 'any-key',
  summary: { vi: 'Tra cứu thay mặt một cán bộ', en: 'Look up on behalf of an official' },
  description: {
    vi: 'Hỏi ngay hệ thống được tra cứu và chờ trả lời. Khoá cần quyền lookups:<hệ thống> hoặc lookups:<hệ thống>/<nghiệp vụ>. Chỉ trả các trường được hỏi; không lưu nội dung hỏi và trả lời. found = false chỉ khi chính hệ thống đó nói không có; mọi trục trặc khác là lỗi.',
    en: 'Asks the system at once and waits. The key needs lookups:<system> or lookups:<system>/<operation>. Only the fields asked for are given; neither question nor answer is kept. found = false only when the system itself says that there is none; everything else is an error.',
  },
  pathParameters: {
    system: text(['Mã hệ thống / System id'], name),
    operation: text(['Nghiệp vụ tra cứu / Lookup operation'], name),
  },
  query: {},
  body: { kind: 'json', schema: 'Lookup', large: true },
  answers: { 200: { words: { vi: 'Trả lời.', en: 'The answer.' }, schema: 'LookupAnswer' } },
  codes: [
    'lookup-purpose-missing',
    'lookup-quota-exceeded',
    'lookup-unavailable',
    'lookup-failed',
    'lookup-in-doubt',
    'not-found',
    'system-misconfigured',
  ],
  example: `curl "$HUB/api/v1/lookups/dan-cu/thong-tin-cong-dan" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"official": "canbo.demo", "unit": "000.14.00.H99", "dossier": "H99.14-260101-0001",
       "purpose": "Kiểm tra nơi thường trú", "fields": ["fullName", "permanentAddress"],
       "parameters": {"serviceCode": "9.000001", "number": "000000000001",
                      "fullName": "Nguyễn Văn Thử", "birth": "1990-01-01"}}'`,
  handler:
    ({ hub }) =>
    async ({ path, body, client, exchange }) => {
      const request = body as Omit<LookupRequest, 'system' | 'operation'>
      const { system = '', operation = '' } = path
      const signal = disconnectSignal(exchange)
      const answer = await hub.lookups.ask({ ...request, system, operation }, client, signal)
      return { status: 200, json: answer }
    },
}

const listLookups: Operation = {
  id: 'listLookups',
  tag: 'lookups',
  method: 'get',
  path: '/api/v1/lookups/audit',
  access: 'lookup-audit:read',
  summary: { vi: 'Xem ai đã tra cứu gì', en: 'See who looked up what' },
  description: {
    vi: 'Mỗi lượt tra cứu một dòng, mới nhất trước, kể cả lượt không thành. Nội dung hỏi và trả lời chỉ còn mã băm có khoá. Tìm theo công dân bằng mã băm lấy từ POST /api/v1/lookups/audit/citizen.',
    en: 'A row for each lookup, newest first, failed ones included. Of question and answer only keyed hashes are left. A citizen is found by the hash that POST /api/v1/lookups/audit/citizen gives.',
  },
  pathParameters: {},
  query: {
    system: text(['Hệ thống / System'], plain),
    official: text(['Cán bộ / Official'], plain),
    unit: text(['Đơn vị / Unit'], plain),
    dossier: text(['Mã hồ sơ / Dossier'], plain),
    citizen: text(['Mã băm của công dân / Hash of the citizen'], { pattern: '^[0-9a-f]{64}$' }),
    ...period('Hỏi từ lúc / Asked from', 'Hỏi trước lúc / Asked before'),
    ...paging,
  },
  answers: { 200: { words: { vi: 'Một trang.', en: 'One page.' }, schema: 'LookupPage' } },
  codes: [],
  example: 'curl "$HUB/api/v1/lookups/audit?dossier=H99.14-260101-0001" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ query, client: { reach } }) => ({
      status: 200,
      json: await hub.queries.lookups({ ...pageOf<LookupFilter>(query), reach }),
    }),
}

const hashCitizen: Operation = {
  id: 'hashCitizen',
  tag: 'lookups',
  method: 'post',
  path: '/api/v1/lookups/audit/citizen',
  access: 'lookup-audit:read',
  summary: {
    vi: 'Lấy mã băm của một công dân để tìm trong sổ tra cứu',
    en: 'Get the hash by which a citizen is found in the audit of lookups',
  },
  description: {
    vi: 'Số định danh đi trong thân yêu cầu, không bao giờ trong địa chỉ.',
    en: 'The number travels in the body, never in a URL.',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'CitizenNumber' },
  answers: { 200: { words: { vi: 'Mã băm.', en: 'The hash.' }, schema: 'CitizenHash' } },
  codes: [],
  example: `curl "$HUB/api/v1/lookups/audit/citizen" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"number": "000000000001"}'`,
  handler:
    ({ hub }) =>
    async ({ body, client }) => {
      const { number } = body as { readonly number: string }
      const citizen = hub.lookups.citizenHash(number)
      await hub.audit.note({
        actor: actorOf(client),
        action: 'lookup.citizen-hashed',
        object: citizen,
        detail: '',
      })
      return { status: 200, json: { citizen } }
    },
}

const lookupUsage: Operation = {
  id: 'lookupUsage',
  tag: 'lookups',
  method: 'get',
  path: '/api/v1/lookups/usage',
  access: 'lookup-audit:read',
  summary: { vi: 'Số liệu tra cứu của một tháng', en: 'Counts of a month' },
  description: {
    vi: 'Theo đơn vị, hệ thống, nghiệp vụ. reused là số dữ liệu được khai thác lại, không phải hỏi công dân. Tháng theo giờ Việt Nam.',
    en: 'By unit, system and operation. reused counts the records that need not be asked of the citizen. The month is that of Vietnam.',
  },
  pathParameters: {},
  query: { month: text(['Tháng / Month', 'YYYY-MM'], { pattern: '^20\\d\\d-(0[1-9]|1[0-2])$' }) },
  answers: { 200: { words: { vi: 'Số liệu.', en: 'The counts.' }, schema: 'LookupUsages' } },
  codes: [],
  example: 'curl "$HUB/api/v1/lookups/usage?month=2026-11" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ query, client }) => {
      const month = String(query.month ?? monthNow(new Date()))
      return {
        status: 200,
        json: { month, items: await hub.queries.lookupUsage(month, client.reach) },
      }
    },
}

const vietnamMs = 7 * 60 * 60 * 1000
const monthNow = (now: Date): string =>
  new Date(now.getTime() + vietnamMs).toISOString().slice(0, 7)

/** What is fixed comes before what is not: the router asks in this order. */
export const lookupOperations: readonly Operation[] = [
  listLookups,
  lookupUsage,
  hashCitizen,
  lookUp,
]
