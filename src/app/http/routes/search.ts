import type { Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'

const find: Operation = {
  id: 'search',
  tag: 'dossiers',
  method: 'get',
  path: '/api/v1/search',
  access: 'messages:read',
  summary: { vi: 'Tìm nhanh', en: 'Search' },
  description: {
    vi: 'Mã hồ sơ hoặc phần đầu của mã, mã bản tin, mã lượt gửi. Nhiều nhất 10 hồ sơ, theo thứ tự của mã.',
    en: 'The code of a dossier or its beginning, the id of a message or delivery. At most 10 dossiers, in the order of their codes.',
  },
  pathParameters: {},
  query: {
    q: text(['Tìm gì / What'], {
      minLength: 2,
      maxLength: 128,
      pattern: '^[^\\p{Cc}\\p{Cs}]*$',
    }),
  },
  answers: { 200: { words: { vi: 'Những gì tìm thấy.', en: 'What was found.' }, schema: 'Hits' } },
  codes: [],
  example: 'curl "$HUB/api/v1/search?q=H99.14-2611" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ query, client }) => ({
      status: 200,
      json: { items: await hub.queries.search(String(query.q ?? ''), client.reach) },
    }),
}

export const searchOperations: readonly Operation[] = [find]
