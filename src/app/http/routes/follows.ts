import type { FollowFilter } from '../../../engine/ports/pulls.ts'
import { maskFollow } from '../mask.ts'
import type { Operation } from '../operation.ts'
import { pageOf, paging, plain } from '../paging.ts'
import { text } from '../schemas/shape.ts'
import { hasScope } from '../scopes.ts'

const listFollows: Operation = {
  id: 'listFollows',
  tag: 'pulls',
  method: 'get',
  path: '/api/v1/follows',
  access: 'deliveries:read',
  alsoReads: 'personal-data:read',
  summary: {
    vi: 'Xem những gì đang được theo dõi ở các hệ thống',
    en: 'List what systems are still to be asked about',
  },
  description: {
    vi: 'Hệ thống chỉ nói kết quả khi được hỏi: mỗi mục là một hồ sơ, một lần thanh toán còn phải hỏi. Theo thứ tự hệ thống, chủ đề. askedBy trống: không có luồng lấy về nào đang bật hỏi tới. Số dài trong state chỉ hiện khi có thêm quyền personal-data:read; văn bản niêm phong không bao giờ hiện.',
    en: 'Systems that say only when asked what became of something: each item is a dossier or payment that is still to be asked about, by system and subject. askedBy is empty where no pull that is switched on asks. Long numbers in state are shown with personal-data:read only, sealed texts never.',
  },
  pathParameters: {},
  query: {
    system: text(['Hệ thống / System'], plain),
    subject: text(['Chủ đề / Subject', 'Mã hồ sơ, mã tham chiếu thanh toán.'], plain),
    ...paging,
  },
  answers: { 200: { words: { vi: 'Một trang.', en: 'One page.' }, schema: 'FollowPage' } },
  codes: [],
  example: 'curl "$HUB/api/v1/follows?system=thanh-toan" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ query, client }) => {
      const page = await hub.queries.follows({
        ...pageOf<FollowFilter>(query),
        reach: client.reach,
      })
      const isPlain = hasScope(client, 'personal-data:read')
      const items = isPlain ? page.items : page.items.map(maskFollow)
      return { status: 200, json: { ...page, items } }
    },
}

export const followOperations: readonly Operation[] = [listFollows]
