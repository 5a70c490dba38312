import { HubError } from '../../../domain/errors.ts'
import { type AuditFilter, auditOutcomes } from '../../../engine/ports/audit.ts'
import { auditExport } from '../../export/audit.ts'
import { actorOf } from '../acting.ts'
import { exportAnswer, exported, formatParameter, withFormat } from '../exporting.ts'
import type { Operation } from '../operation.ts'
import { pageOf, paging, period, plain } from '../paging.ts'
import type { Parameters } from '../query.ts'
import { oneOf, text } from '../schemas/shape.ts'
import { unlimited } from '../unlimited.ts'

const filters: Parameters = {
  actor: text(['Ai / Who', 'Ví dụ user:lan.nguyen, client:mot-cua.'], plain),
  action: text(
    [
      'Việc / Action',
      'Ví dụ user.changed, hoặc user.* cho cả nhóm. Không nêu: mọi việc trừ message.accepted (đã có danh sách bản tin). / user.* is all of a kind. Without it: all but message.accepted.',
    ],
    { pattern: '^[a-z0-9-]+\\.(?:[a-z0-9.-]+|\\*)$', maxLength: 100 },
  ),
  object: text(['Về / About what'], plain),
  outcome: oneOf(['Kết quả / Outcome'], auditOutcomes),
  ...period('Từ thời điểm / From', 'Tới trước thời điểm / Before'),
}

const listAudit: Operation = {
  id: 'listAudit',
  tag: 'audit',
  method: 'get',
  path: '/api/v1/audit',
  access: 'audit:read',
  summary: { vi: 'Xem nhật ký kiểm toán', en: 'Read the audit trail' },
  description: { vi: 'Từng trang, mới nhất trước.', en: 'Page by page, newest first.' },
  pathParameters: {},
  query: { ...filters, ...paging },
  answers: { 200: { words: { vi: 'Một trang.', en: 'One page.' }, schema: 'AuditPage' } },
  codes: [],
  example: 'curl "$HUB/api/v1/audit?action=user.*&limit=20" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ query }) => ({ status: 200, json: await hub.queries.audit(pageOf(query)) }),
}

const listAuditActions: Operation = {
  id: 'listAuditActions',
  tag: 'audit',
  method: 'get',
  path: '/api/v1/audit/actions',
  access: 'audit:read',
  summary: { vi: 'Những việc có trong nhật ký', en: 'Which actions are on record' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Các việc.', en: 'The actions.' }, schema: 'AuditActions' } },
  codes: [],
  example: 'curl "$HUB/api/v1/audit/actions" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async () => ({ status: 200, json: { items: await hub.queries.auditActions() } }),
}

const exportAudit: Operation = {
  id: 'exportAudit',
  tag: 'audit',
  method: 'get',
  path: '/api/v1/audit/export',
  access: 'audit:read',
  summary: {
    vi: 'Tải nhật ký kiểm toán (CSV, Excel, JSON)',
    en: 'Fetch the audit trail (CSV, Excel, JSON)',
  },
  description: {
    vi: 'Mọi dòng khớp bộ lọc (Excel: 1.000.000 dòng đầu). CSV mở thẳng bằng Excel, ô giống công thức được vô hiệu. Việc tải cũng vào nhật ký.',
    en: 'Every row that matches (Excel: the first 1,000,000). The CSV is for spreadsheets, cells that look like formulas are defused. That it was fetched is on record as well.',
  },
  pathParameters: {},
  query: { ...formatParameter, ...filters },
  answers: exportAnswer,
  codes: [],
  example: 'curl "$HUB/api/v1/audit/export?format=csv" -H "X-Api-Key: $KEY" -o nhat-ky.csv',
  handler:
    ({ hub }) =>
    async ({ query, client }) => {
      const { format, filter } = withFormat<AuditFilter>(query)
      return exported(auditExport(hub, filter, format, actorOf(client)))
    },
}

const readAuditEntry: Operation = {
  id: 'readAuditEntry',
  tag: 'audit',
  method: 'get',
  path: '/api/v1/audit/rows/{id}',
  access: 'audit:read',
  summary: { vi: 'Xem một dòng nhật ký', en: 'Read an audit row' },
  description: {
    vi: 'Kèm mắt xích của chuỗi băm đang giữ dòng này.',
    en: 'With the link of the chain of hashes that holds it.',
  },
  pathParameters: { id: text(['Số / Number'], { pattern: '^[1-9]\\d{0,17}$' }) },
  query: {},
  answers: { 200: { words: { vi: 'Dòng nhật ký.', en: 'The row.' }, schema: 'AuditEntry' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/audit/rows/4711" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path }) => {
      const entry = await hub.queries.auditEntry(path.id ?? '')
      if (!entry) throw new HubError('not-found')
      return { status: 200, json: entry }
    },
}

const verifyAudit: Operation = {
  id: 'verifyAudit',
  tag: 'audit',
  method: 'post',
  path: '/api/v1/audit/verify',
  access: 'audit:read',
  told: true,
  summary: { vi: 'Kiểm tra chuỗi nhật ký', en: 'Verify the chain of the audit trail' },
  description: {
    vi: 'Tính lại mọi băm từ đầu. anchor: mốc cuối đã chép ra nơi khác lần trước; thiếu nó trong chuỗi nghĩa là phần cuối đã bị cắt. Đứt vẫn trả lời 200 với ok = false.',
    en: 'Works out every hash anew. anchor: a head that was written down elsewhere before; when it is not in the chain, the end was cut off. A broken chain still answers 200, with ok = false.',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'AuditAnchor' },
  answers: { 200: { words: { vi: 'Kết quả.', en: 'The verdict.' }, schema: 'AuditVerdict' } },
  codes: [],
  example: `curl "$HUB/api/v1/audit/verify" -H "X-Api-Key: $KEY" -H "Content-Type: application/json" -d '{}'`,
  handler:
    ({ hub }) =>
    async ({ body, client }) => {
      const { anchor } = body as { anchor?: string }
      const verdict = await hub.audit.verify(anchor)
      await hub.audit.note({
        actor: actorOf(client),
        action: 'audit.verified',
        object: verdict.ok ? 'whole' : 'broken',
        detail: JSON.stringify({ head: verdict.head, broken: verdict.broken }),
      })
      return { status: 200, json: verdict }
    },
}

/** It tells of every unit and system. */
export const auditOperations: readonly Operation[] = [
  listAudit,
  listAuditActions,
  exportAudit,
  readAuditEntry,
  verifyAudit,
].map(unlimited)
