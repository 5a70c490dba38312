import { HubError } from '../../../domain/errors.ts'
import type { CatalogueFilter, CatalogueState } from '../../../engine/ports/catalogues.ts'
import { actOf } from '../acting.ts'
import type { Operation } from '../operation.ts'
import { moment, pageOf, paging } from '../paging.ts'
import { text } from '../schemas/shape.ts'
import { unlimited } from '../unlimited.ts'

const code = text(['Mã / Code'], { minLength: 1, maxLength: 80 })
const name = text(['Tên danh mục / Name'], { pattern: '^[a-z][a-z0-9-]{0,39}$' })

const listCatalogues: Operation = {
  id: 'listCatalogues',
  tag: 'catalogues',
  method: 'get',
  path: '/api/v1/catalogues',
  access: 'catalogues:read',
  summary: { vi: 'Xem các danh mục dùng chung', en: 'List the catalogues' },
  description: {
    vi: 'Mỗi danh mục: bao nhiêu mục, lấy từ đâu, đồng bộ trọn vẹn lúc nào.',
    en: 'Each with its count, its source, and when it was last synchronised to the end.',
  },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Các danh mục.', en: 'The catalogues.' }, schema: 'Catalogues' } },
  codes: [],
  example: 'curl "$HUB/api/v1/catalogues" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async () => ({ status: 200, json: { items: await hub.queries.catalogues() } }),
}

/** A store that was put back from a backup counts again, but not at the same moment. */
const tagOf = ({ revision, changedAt }: CatalogueState): string =>
  `"${revision}-${Date.parse(changedAt ?? '') || 0}"`

const isHeld = (header: string | undefined, tag: string): boolean =>
  header?.split(',').some((one) => [tag, '*'].includes(one.trim().replace(/^W\//, ''))) ?? false

const readCatalogue: Operation = {
  id: 'readCatalogue',
  tag: 'catalogues',
  method: 'get',
  path: '/api/v1/catalogues/{name}',
  access: 'catalogues:read',
  summary: { vi: 'Đọc một danh mục', en: 'Read a catalogue' },
  description: {
    vi: 'Từng trang theo thứ tự mã. Không tham số: những mục đang có. changedSince: những mục đổi sau lúc ấy, kể cả mã không còn. at: những mục có hiệu lực ngày ấy. Hỏi lại kèm If-None-Match: chưa đổi gì thì 304.',
    en: 'Page by page in the order of codes. Without parameters: what is there. changedSince: what changed after that moment, vanished codes included. at: what was valid on that day. With If-None-Match: 304 while nothing has changed.',
  },
  pathParameters: { name },
  query: {
    changedSince: moment('Đổi sau lúc / Changed since'),
    at: text(['Có hiệu lực ngày / Valid on', 'YYYY-MM-DD'], { format: 'date' }),
    ...paging,
  },
  requestHeaders: {
    'If-None-Match': text(['ETag đang giữ / ETag held']),
  },
  answers: {
    200: {
      words: { vi: 'Một trang.', en: 'One page.' },
      schema: 'CataloguePage',
      headers: { ETag: 'Đổi khi danh mục đổi. / Changes with the catalogue.' },
    },
    304: { words: { vi: 'Chưa đổi gì.', en: 'Nothing has changed.' } },
  },
  codes: ['not-found'],
  example:
    'curl "$HUB/api/v1/catalogues/procedures?changedSince=2026-11-01T00:00:00Z" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path, query, exchange }) => {
      const { name = '' } = path
      // Read before the items: a write in between makes the tag old, never the items.
      const state = await hub.queries.catalogueState(name)
      if (!state) throw new HubError('not-found')
      const headers = ['ETag', tagOf(state)]
      if (isHeld(exchange.request.headers['if-none-match'], tagOf(state)))
        return { status: 304, headers }
      const page = await hub.queries.catalogue(name, pageOf<CatalogueFilter>(query))
      return { status: 200, json: { ...state, ...page }, headers }
    },
}

const readCatalogueCode: Operation = {
  id: 'readCatalogueCode',
  tag: 'catalogues',
  method: 'get',
  path: '/api/v1/catalogues/{name}/{code}',
  access: 'catalogues:read',
  summary: { vi: 'Xem một mã và các phiên bản của nó', en: 'Read a code with its versions' },
  pathParameters: { name, code },
  query: {},
  answers: { 200: { words: { vi: 'Mã.', en: 'The code.' }, schema: 'CatalogueCode' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/catalogues/procedures/9.000001" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path }) => {
      const { name = '', code = '' } = path
      const versions = await hub.queries.catalogueCode(name, code)
      if (versions.length === 0) throw new HubError('not-found')
      return { status: 200, json: { code, versions } }
    },
}

const listCatalogueProblems: Operation = {
  id: 'listCatalogueProblems',
  tag: 'catalogues',
  method: 'get',
  path: '/api/v1/catalogues/{name}/problems',
  access: 'catalogues:read',
  summary: {
    vi: 'Xem mã không còn hoặc đã cấp lại, và nơi còn dùng chúng',
    en: 'List vanished and re-issued codes, and what still uses them',
  },
  description: {
    vi: 'Bảng mã và công việc trong cấu hình đang chạy còn nhắc tới mã. Mã có lại thì vướng mắc tự đóng; đã xử lý xong thì đóng bằng POST …/{code}/close-problem.',
    en: 'With the code tables and jobs of the configuration in force that name the code. A code that comes back closes its problem; POST …/{code}/close-problem does so when somebody has seen to it.',
  },
  pathParameters: { name },
  query: {},
  answers: {
    200: { words: { vi: 'Các vướng mắc.', en: 'The problems.' }, schema: 'CatalogueProblems' },
  },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/catalogues/procedures/problems" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path }) => ({
      status: 200,
      json: { items: await hub.queries.catalogueProblems(path.name ?? '') },
    }),
}

const closeCatalogueProblem: Operation = {
  id: 'closeCatalogueProblem',
  tag: 'catalogues',
  method: 'post',
  path: '/api/v1/catalogues/{name}/{code}/close-problem',
  access: 'catalogues:write',
  told: true,
  summary: { vi: 'Đóng vướng mắc của một mã đã xử lý', en: 'Close the problem of a code' },
  description: {
    vi: 'Khi bảng mã và công việc đã được sửa theo mã mới. Không có vướng mắc nào đang mở thì trả lời 404.',
    en: 'Once code tables and jobs follow the new code. 404 when no such problem is open.',
  },
  pathParameters: { name, code },
  query: {},
  body: { kind: 'json', schema: 'Reason' },
  answers: {
    200: {
      words: { vi: 'Các vướng mắc còn lại.', en: 'The problems that are left.' },
      schema: 'CatalogueProblems',
    },
  },
  codes: ['not-found', 'reason-missing'],
  example: `curl "$HUB/api/v1/catalogues/procedures/9.000001/close-problem" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"reason": "Đã đổi bảng mã sang 9.000002"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { name = '', code = '' } = call.path
      await hub.catalogues.closeProblem(name, code, actOf(call))
      return { status: 200, json: { items: await hub.queries.catalogueProblems(name) } }
    },
}

const allowCatalogueShrink: Operation = {
  id: 'allowCatalogueShrink',
  tag: 'catalogues',
  method: 'post',
  path: '/api/v1/catalogues/{name}/listing/allow-shrink',
  access: 'catalogues:write',
  told: true,
  summary: {
    vi: 'Cho phép lần đồng bộ tới bỏ đi nhiều mã một lúc',
    en: 'Allow the next synchronisation to lose many codes at once',
  },
  description: {
    vi: 'Sau catalogue-shrunk, khi nguồn đã bỏ các mã ấy thật. Dùng cho một lần đồng bộ trọn vẹn.',
    en: 'After catalogue-shrunk, when the codes are gone indeed. For one complete listing.',
  },
  pathParameters: { name },
  query: {},
  body: { kind: 'json', schema: 'Reason' },
  answers: { 200: { words: { vi: 'Danh mục.', en: 'The catalogue.' }, schema: 'Catalogue' } },
  codes: ['not-found', 'reason-missing'],
  example: `curl "$HUB/api/v1/catalogues/procedures/listing/allow-shrink" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"reason": "Nguồn đã bỏ thủ tục cấp huyện"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { name = '' } = call.path
      await hub.catalogues.allowShrink(name, actOf(call))
      const found = (await hub.queries.catalogues()).find((one) => one.name === name)
      if (!found) throw new HubError('not-found')
      return { status: 200, json: found }
    },
}

/** What is fixed comes before what is not: the router asks in this order. */
export const catalogueOperations: readonly Operation[] = [
  listCatalogues,
  readCatalogue,
  listCatalogueProblems,
  readCatalogueCode,
  unlimited(closeCatalogueProblem),
  unlimited(allowCatalogueShrink),
]
