/** Lists that are read page by page: their parameters, and a filter of what was given. */
import { HubError } from '../../domain/errors.ts'
import type { Parameters, QueryValues } from './query.ts'
import { count, type JsonSchema, text } from './schemas/shape.ts'

/** A word to look for. */
export const plain = { minLength: 1, maxLength: 200, pattern: '^[^\\p{Cc}\\p{Cs}]*$' }

/** The code of an agency, in either form. */
export const agency: JsonSchema = text(
  ['Đơn vị, gồm các đơn vị dưới / Agency, with all below it'],
  {
    maxLength: 40,
    pattern: '^[A-Za-z0-9.]+$',
  },
)

const bound = { format: 'date-time', pattern: '^20\\d\\d-' }
const plus = 'Dấu + trong địa chỉ phải viết là %2B. / Write + as %2B in the URL.'

export const moment = (title: string): JsonSchema => text([title, plus], bound)

export const period = (from: string, to: string): Parameters => ({
  from: moment(from),
  to: moment(to),
})

export const paging: Parameters = {
  limit: count(['Số mục mỗi trang / Page size'], { minimum: 1, maximum: 200, default: 50 }),
  cursor: text(['Trang sau / Next page', 'Giá trị next của trang trước.'], {
    maxLength: 500,
    pattern: '^[A-Za-z0-9_~=.-]+$',
  }),
}

/** A bound as the store wants it: one moment, in UTC. */
function momentOf(name: string, value: string): string {
  const time = Date.parse(value)
  if (!Number.isNaN(time)) return new Date(time).toISOString()
  throw new HubError('request-invalid', {
    faults: [
      {
        pointer: `/${name}`,
        rule: 'format',
        vi: 'Không phải thời điểm RFC 3339.',
        en: 'It is no RFC 3339 moment.',
      },
    ],
  })
}

const bounded = ['from', 'to', 'changedSince'] as const

/** What was asked for, its bounds as moments in UTC, its page never without a size. */
export function pageOf<Filter extends { readonly limit: number }>(query: QueryValues): Filter {
  const bounds = bounded.flatMap((name) => {
    const value = query[name]
    return typeof value === 'string' ? [[name, momentOf(name, value)]] : []
  })
  return { ...query, ...Object.fromEntries(bounds), limit: query.limit ?? 50 } as unknown as Filter
}
