import type { Draft, ObjectPlace, RevisionFilter } from '../../../engine/ports/configuration.ts'
import { actOf } from '../acting.ts'
import type { Operation } from '../operation.ts'
import { pageOf, paging } from '../paging.ts'
import { count, text } from '../schemas/shape.ts'
import { unlimited } from '../unlimited.ts'

const revisionPath = { id: text(['Số của bản / Number'], { pattern: '^[1-9]\\d{0,8}$' }) }
const pages = { ...paging, limit: { ...paging.limit, maximum: 50, default: 20 } }

const listRevisions: Operation = {
  id: 'listRevisions',
  tag: 'configuration',
  method: 'get',
  path: '/api/v1/revisions',
  access: 'config:read',
  summary: { vi: 'Xem các bản cấu hình', en: 'List the revisions' },
  description: {
    vi: 'Mới nhất trước: ai đổi, khi nào, vì sao, bao nhiêu mục khác bản trước. Bản mới nhất là bản đang dùng.',
    en: 'Newest first: who, when, why, and how many objects differ from the one before. The newest is in force.',
  },
  pathParameters: {},
  query: {
    object: text(
      ['Chỉ các bản đã đổi mục này / Only those that changed this', 'Trong 500 bản gần nhất.'],
      { pattern: '^(?:jobs|systems|codes)/[a-z0-9][a-z0-9-]{0,62}$' },
    ),
    ...pages,
  },
  answers: { 200: { words: { vi: 'Một trang.', en: 'One page.' }, schema: 'RevisionPage' } },
  codes: [],
  example: 'curl "$HUB/api/v1/revisions?object=jobs/dossiers-to-dvcqg" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ query }) => ({
      status: 200,
      json: await hub.configuration.page(
        pageOf<RevisionFilter>({ ...query, limit: query.limit ?? 20 }),
      ),
    }),
}

const readRevision: Operation = {
  id: 'readRevision',
  tag: 'configuration',
  method: 'get',
  path: '/api/v1/revisions/{id}',
  access: 'config:read',
  summary: {
    vi: 'Xem một bản khác bản khác ở đâu',
    en: 'Read how a revision differs from another',
  },
  description: {
    vi: 'So với bản ngay trước, hoặc với bản ở against. Bí mật trong cấu hình chỉ là tham chiếu, không bao giờ là giá trị.',
    en: 'From the one before, or from that of against. Secrets of a configuration are references and never values.',
  },
  pathParameters: revisionPath,
  query: { against: count(['So với bản / Against'], { minimum: 1, maximum: 2_000_000_000 }) },
  answers: { 200: { words: { vi: 'Khác nhau.', en: 'What differs.' }, schema: 'RevisionDetail' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/revisions/12?against=9" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path, query }) => ({
      status: 200,
      json: await hub.configuration.difference(
        Number(path.id),
        query.against === undefined ? undefined : Number(query.against),
      ),
    }),
}

const made = {
  200: {
    words: { vi: 'Bản đang dùng sau đó.', en: 'The one in force now.' },
    schema: 'RevisionMade',
  },
} as const

const restoreRevision: Operation = {
  id: 'restoreRevision',
  tag: 'configuration',
  method: 'post',
  path: '/api/v1/revisions/{id}/restore',
  access: 'config:write',
  told: true,
  summary: { vi: 'Quay về một bản cấu hình cũ', en: 'Go back to an old revision' },
  description: {
    vi: 'Nội dung cũ thành một bản MỚI, được kiểm tra như tệp; không bản nào mất. base là bản đang dùng mà người yêu cầu đã xem: đã có bản khác thì bị từ chối.',
    en: 'The old content becomes a NEW revision, judged as files are; none is lost. base is the revision that was seen in force: with another in force by now it is refused.',
  },
  pathParameters: revisionPath,
  query: {},
  body: { kind: 'json', schema: 'RevisionRestore' },
  answers: made,
  codes: ['not-found', 'reason-missing', 'request-invalid', 'state-conflict'],
  example: `curl "$HUB/api/v1/revisions/9/restore" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"base": 12, "reason": "Bản 12 gửi nhầm địa chỉ"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { base } = call.body as { readonly base?: number }
      const json = await hub.configuration.restore(Number(call.path.id), base, actOf(call))
      return { status: 200, json }
    },
}

const listJobs: Operation = {
  id: 'listJobs',
  tag: 'configuration',
  method: 'get',
  path: '/api/v1/jobs',
  access: 'config:read',
  summary: { vi: 'Xem các công việc của cấu hình', en: 'List the jobs of the configuration' },
  description: {
    vi: 'Luồng gửi (push) và luồng lấy về (pull), kể cả đang tắt.',
    en: 'Those that send (push) and those that fetch (pull), switched off or not.',
  },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Các công việc.', en: 'The jobs.' }, schema: 'Jobs' } },
  codes: [],
  example: 'curl "$HUB/api/v1/jobs" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async () => ({ status: 200, json: { items: hub.configuration.jobs() } }),
}

interface Of {
  readonly kind: ObjectPlace['kind']
  /** In the names of its operations. */
  readonly name: 'Job' | 'System'
  readonly one: { readonly vi: string; readonly en: string }
  readonly example: string
}

const placeOf = (kind: ObjectPlace['kind'], id: string | undefined): ObjectPlace => ({
  ...{ kind, id: id ?? '' },
})

function settingsOf({ kind, name, one, example }: Of): readonly Operation[] {
  const path = `/api/v1/${kind}/{id}/settings`
  const shared = {
    tag: 'configuration' as const,
    pathParameters: { id: text(['Mã / Id'], { pattern: '^[a-z][a-z0-9-]{1,40}$' }) },
    query: {},
  }
  const body = `-H "Content-Type: application/json" -d '{"value": {"id": "${example}"}`
  const read: Operation = {
    ...{ ...shared, id: `read${name}Settings`, method: 'get', path, access: 'config:read' },
    summary: { vi: `Xem thiết lập của ${one.vi}`, en: `Read the settings of a ${one.en}` },
    description: {
      vi: 'Dạng JSON và YAML như tệp cấu hình, lược đồ của biểu mẫu, và số của bản cấu hình.',
      en: 'As JSON and as the YAML of its file, with the schema of a form and the number of the revision.',
    },
    answers: { 200: { words: { vi: 'Thiết lập.', en: 'Settings.' }, schema: 'ObjectSettings' } },
    codes: ['not-found'],
    example: `curl "$HUB/api/v1/${kind}/${example}/settings" -H "X-Api-Key: $KEY"`,
    handler:
      ({ hub }) =>
      async (call) => ({
        status: 200,
        json: await hub.configuration.settings(placeOf(kind, call.path.id)),
      }),
  }
  const check: Operation = {
    ...{ ...shared, id: `check${name}Settings`, method: 'post', path: `${path}/check` },
    access: 'config:read',
    summary: {
      vi: `Kiểm tra thiết lập mới của ${one.vi}, chưa lưu`,
      en: `Judge new settings of a ${one.en}, saving nothing`,
    },
    description: {
      vi: 'Nhận JSON (value) hoặc YAML (yaml). Trả về mọi lỗi kèm vị trí, khác bản đang dùng ở đâu, năm giờ chạy tới. Mã chưa có thì là mục mới.',
      en: 'Takes JSON (value) or YAML (yaml). Answers every fault with its place, what differs from the one in force, the next five runs. An id that is not there is a new object.',
    },
    body: { kind: 'json', schema: 'SettingsDraft', large: true },
    answers: { 200: { words: { vi: 'Kết quả.', en: 'Findings.' }, schema: 'SettingsFindings' } },
    codes: ['not-found'],
    example: `curl "$HUB/api/v1/${kind}/${example}/settings/check" -H "X-Api-Key: $KEY" \\\n  ${body}}'`,
    handler:
      ({ hub }) =>
      async (call) => ({
        status: 200,
        json: await hub.configuration.check(placeOf(kind, call.path.id), call.body as Draft),
      }),
  }
  const save: Operation = {
    ...{ ...shared, id: `save${name}Settings`, method: 'post', path, access: 'config:write' },
    told: true,
    summary: { vi: `Lưu thiết lập của ${one.vi}`, en: `Save the settings of a ${one.en}` },
    description: {
      vi: 'Thành một bản cấu hình mới, có người đổi và lý do; các tiến trình tự nhận trong vài giây. base là bản đã mở để sửa, 0 nếu là mục mới: có người đổi mục này từ sau bản ấy thì bị từ chối. Chỉ dành cho người không bị giới hạn đơn vị hay hệ thống.',
      en: 'A new revision with author and reason; processes take it up within seconds. base is the revision it was edited from, 0 for a new object: refused when somebody has changed this object since. Only for those whose reach has no limit.',
    },
    body: { kind: 'json', schema: 'SettingsSave', large: true },
    answers: made,
    codes: ['not-found', 'reason-missing', 'request-invalid', 'state-conflict'],
    example: `curl "$HUB/api/v1/${kind}/${example}/settings" -H "X-Api-Key: $KEY" \\\n  ${body}, "base": 12, "reason": "Đổi lịch chạy"}'`,
    handler:
      ({ hub }) =>
      async (call) => {
        const { base, value, yaml } = call.body as Draft & { readonly base: number }
        const draft = { ...(value && { value }), ...(yaml !== undefined && { yaml }) }
        const place = placeOf(kind, call.path.id)
        return {
          status: 200,
          json: await hub.configuration.save(place, draft, base, actOf(call)),
        }
      },
  }
  return [read, check, save]
}

export const configurationOperations: readonly Operation[] = [
  ...[listRevisions, readRevision, restoreRevision, listJobs],
  ...settingsOf({
    ...{ kind: 'jobs', name: 'Job', example: 'dossiers-to-dvcqg' },
    one: { vi: 'một công việc', en: 'job' },
  }),
  ...settingsOf({
    ...{ kind: 'systems', name: 'System', example: 'dvcqg' },
    one: { vi: 'một hệ thống', en: 'system' },
  }),
].map(unlimited)
