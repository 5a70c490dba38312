import type { CodeRow } from '../../../domain/configuration.ts'
import type { CodeSeen, CodeTableFilter } from '../../../engine/ports/codes.ts'
import { actOf } from '../acting.ts'
import type { Operation } from '../operation.ts'
import { pageOf, paging, plain } from '../paging.ts'
import { text } from '../schemas/shape.ts'
import { unlimited } from '../unlimited.ts'

const table = text(['Bảng mã / Code table'], { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' })

const listCodeTables: Operation = {
  id: 'listCodeTables',
  tag: 'catalogues',
  method: 'get',
  path: '/api/v1/code-tables',
  access: 'catalogues:read',
  summary: { vi: 'Xem các bảng mã', en: 'List the code tables' },
  description: {
    vi: 'Mỗi bảng đổi mã chuẩn của liên thông thành mã của một hệ thống, theo ngày.',
    en: 'Each turns the codes of the hub into those of a system, by day.',
  },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Các bảng mã.', en: 'The tables.' }, schema: 'CodeTables' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/code-tables" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async () => ({ status: 200, json: { items: hub.codeTables.list() } }),
}

const readCodeTable: Operation = {
  id: 'readCodeTable',
  tag: 'catalogues',
  method: 'get',
  path: '/api/v1/code-tables/{table}',
  access: 'catalogues:read',
  summary: { vi: 'Tìm trong một bảng mã', en: 'Search a code table' },
  pathParameters: { table },
  query: {
    search: text(['Tìm / Search', 'Một phần của mã, ở cả hai cột. / Part of a code.'], plain),
    ...paging,
  },
  answers: { 200: { words: { vi: 'Một trang.', en: 'One page.' }, schema: 'CodeTablePage' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/code-tables/dat-dai-procedure?search=1.0123" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path, query }) => ({
      status: 200,
      json: hub.codeTables.page(path.table ?? '', pageOf<CodeTableFilter>(query)),
    }),
}

const setCodeEntry: Operation = {
  id: 'setCodeEntry',
  tag: 'catalogues',
  method: 'post',
  path: '/api/v1/code-tables/{table}/entries',
  access: 'catalogues:write',
  told: true,
  summary: { vi: 'Thêm hoặc đổi một dòng của bảng mã', en: 'Add or change an entry of a table' },
  description: {
    vi: 'Thành một bản cấu hình mới, có người đổi và lý do; các tiến trình tự nhận trong vài giây. Cùng mã chuẩn và cùng ngày bắt đầu thì đổi dòng ấy; khác thì thêm. Một mã không được có hai dòng cùng hiệu lực một ngày. Chỉ dành cho người không bị giới hạn đơn vị hay hệ thống.',
    en: 'A new revision of the configuration, with author and reason; processes take it up within seconds. The same canonical code and first day change that entry; else it is added. A code has one entry on any day. Only for those whose reach has no limit.',
  },
  pathParameters: { table },
  query: {},
  body: { kind: 'json', schema: 'NewCodeEntry' },
  answers: { 200: { words: { vi: 'Đã lưu.', en: 'Saved.' }, schema: 'CodeEntryChange' } },
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/code-tables/dat-dai-procedure/entries" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"canonical": "1.012346", "remote": "QT-TACH-THUA", "reason": "Thủ tục mới"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { seen, ...given } = call.body as CodeRow & { readonly seen?: CodeSeen | null }
      const { canonical, remote, validFrom = '', validTo = '' } = given
      const entry = { canonical, remote, validFrom, validTo }
      const json = await hub.codeTables.set(call.path.table ?? '', entry, actOf(call), seen)
      return { status: 200, json }
    },
}

export const codeOperations: readonly Operation[] = [
  listCodeTables,
  readCodeTable,
  unlimited(setCodeEntry),
]
