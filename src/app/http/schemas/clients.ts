import { roleNames } from '../../roles.ts'
import { reason } from './problem.ts'
import {
  allOf,
  count,
  flag,
  type JsonSchema,
  listOf,
  moment,
  nullable,
  object,
  oneOf,
  text,
} from './shape.ts'

const line = { minLength: 1, maxLength: 200, pattern: '^[^\\p{Cc}\\p{Cs}]*$' }
const clientId = text(['Mã hệ thống khách / Client id'], { pattern: '^[a-z][a-z0-9-]{1,40}$' })

const details = {
  title: text(['Tên hiển thị / Name'], line),
  scopes: listOf(
    ['Quyền / Scopes', 'Xem GET /api/v1/rights. / See GET /api/v1/rights.'],
    text(['Quyền / Scope'], line),
    { uniqueItems: true, maxItems: 100 },
  ),
  sources: listOf(
    [
      'Nguồn CloudEvents / CloudEvents sources',
      'Dấu * ở cuối là mọi phần còn lại. / * at the end matches any rest.',
    ],
    text(['Nguồn / Source'], line),
    { uniqueItems: true, maxItems: 100 },
  ),
  types: listOf(
    ['Loại bản tin / Message types', '* là mọi loại. / * is every type.'],
    text(['Loại / Type'], line),
    { uniqueItems: true, maxItems: 200 },
  ),
}

const key = object(['Khoá API / API key', 'Không bao giờ hiện khoá. / Never the key itself.'], {
  id: text(['Mã khoá / Key id']),
  createdAt: moment(['Cấp lúc / Issued']),
  expiresAt: moment(['Hết hạn / Expires']),
  lastUsedAt: nullable(moment(['Dùng gần nhất / Last used'])),
  revokedAt: nullable(moment(['Thu hồi lúc / Revoked'])),
})

const client = object(['Hệ thống khách / Client'], {
  id: clientId,
  ...details,
  createdAt: moment(['Tạo lúc / Created']),
  disabledAt: nullable(moment(['Khoá lúc / Disabled'])),
  revokedAt: nullable(moment(['Thu hồi lúc / Revoked'])),
  keys: listOf(['Các khoá / Keys'], key),
  use: object(
    ['Bảy ngày gần nhất / Last seven days', 'Cộng dồn mỗi nửa phút. / Added up every half minute.'],
    {
      requests: count(['Số yêu cầu / Requests']),
      refused: count(['Bị từ chối (4xx) / Refused (4xx)']),
      failed: count(['Liên thông không làm được (5xx) / Failed (5xx)']),
    },
  ),
})

const issued = object(['Khoá mới / New key', 'Chỉ hiện một lần này. / Shown once, now.'], {
  id: text(['Mã khoá / Key id']),
  key: text(['Khoá / Key']),
  expiresAt: moment(['Hết hạn / Expires']),
  ended: listOf(['Khoá cũ được hẹn kết thúc / Keys that end'], text(['Mã khoá / Key id'])),
})

const days = count(['Có hiệu lực bao nhiêu ngày / Good for how many days'], {
  minimum: 1,
  maximum: 3650,
  default: 365,
})

const words = object(['Lời / Words'], { vi: text(['Tiếng Việt']), en: text(['English']) })

export const clientSchemas: Readonly<Record<string, JsonSchema>> = {
  Client: client,
  Clients: allOf(['Hệ thống khách / Clients'], client),
  NewClient: object(
    ['Hệ thống khách mới / New client'],
    { id: clientId, ...details, days, reason },
    ['sources', 'types', 'days'],
  ),
  NewClientAnswer: object(['Đã tạo / Made'], { client, key: issued }),
  ClientChange: object(
    ['Thay đổi / Change', 'Chỉ những gì nêu ra thay đổi. / Only what is named changes.'],
    { ...details, reason },
    Object.keys(details),
  ),
  NewClientKey: object(
    ['Cấp khoá / New key'],
    {
      days,
      othersEndAt: moment([
        'Khoá cũ còn dùng được tới / Other keys are good until',
        'Không nêu: khoá cũ giữ nguyên. Đã qua: kết thúc ngay. / Without it they stay as they are.',
      ]),
      reason,
    },
    ['days', 'othersEndAt'],
  ),
  IssuedKey: issued,
  Rights: object(['Vai trò và quyền / Roles and scopes'], {
    roles: listOf(
      ['Vai trò / Roles'],
      object(['Vai trò / Role'], {
        name: oneOf(['Tên / Name'], roleNames),
        title: words,
        what: words,
        scopes: listOf(['Quyền / Scopes'], text(['Quyền / Scope'])),
        needsCode: flag(['Cần xác thực lần hai / Needs a second factor']),
      }),
    ),
    scopes: listOf(
      ['Quyền / Scopes'],
      object(['Quyền / Scope'], { name: text(['Tên / Name']), what: words }),
    ),
    systemScopes: listOf(['Quyền theo hệ thống / Scopes by system'], text(['Dạng / Form'])),
  }),
}
