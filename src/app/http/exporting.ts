/** Lists as files: what their operations have in common. */
import type { Words } from '../../domain/errors.ts'
import { exportLimit } from '../export/deliveries.ts'
import { type ExportFormat, exportFormats, exportTypes, type Outgoing } from '../export/file.ts'
import type { Answer } from './answer.ts'
import type { Declared } from './operation.ts'
import { pageOf } from './paging.ts'
import type { Parameters, QueryValues } from './query.ts'
import { oneOf } from './schemas/shape.ts'

export const formatParameter: Parameters = {
  format: oneOf(['Dạng / Format', 'Mặc định csv.'], exportFormats),
}

export const exportAnswer: Readonly<Record<number, Declared>> = {
  200: { words: { vi: 'Tệp.', en: 'The file.' }, mediaTypes: exportTypes },
}

export const exportWords: Words = {
  vi: `Mọi dòng khớp bộ lọc, mới nhất trước, tối đa ${exportLimit.toLocaleString('vi-VN')} dòng; còn nữa thì dòng cuối của tệp nói rõ (JSON: truncated). Không có nội dung bản tin. CSV và Excel không có ô nào thành công thức; giờ Việt Nam. Ai tải gì, bao nhiêu dòng được ghi vào nhật ký.`,
  en: `Every row that matches, newest first, at most ${exportLimit.toLocaleString('en')}; when there are more, the last row of the file says so (JSON: truncated). Nothing of what a message says. No cell is a formula; times of Vietnam. Who fetched what, and how many rows, is on record.`,
}

export function withFormat<Filter extends { readonly limit: number }>(
  query: QueryValues,
): { readonly format: ExportFormat; readonly filter: Omit<Filter, 'limit' | 'cursor'> } {
  const { limit: _, ...given } = pageOf<Filter & { readonly format?: ExportFormat }>(query)
  const { format = 'csv', ...filter } = given
  return { format, filter: filter as unknown as Omit<Filter, 'limit' | 'cursor'> }
}

export const exported = ({ name, type, body }: Outgoing): Answer => ({
  status: 200,
  stream: { type, body },
  headers: ['Content-Disposition', `attachment; filename="${name}"`],
})
