/**
 * What ILIS means. `data` 1 with `status.success` is success unless the words speak against it; of a
 * failure only the words say which it is.
 *
 * The phrases are data: read them as a table, add what the real system says. Version 2025-08.
 * Seen in a running client: `đã tồn tại`. The others are unverified and follow the sense of the words;
 * what is not in the table is "unclear".
 */
import { createWordings, type datDai } from '../../src/connector/index.ts'

export type Meaning = 'done' | 'already' | 'refused' | 'session' | 'busy' | 'unclear'

const wordings = createWordings<Exclude<Meaning, 'unclear'>>({
  done: ['thành công'],
  already: ['đã tồn tại'],
  refused: [
    'không được để trống',
    'không hợp lệ',
    'không đúng định dạng',
    'sai định dạng',
    'không tìm thấy quy trình',
    'quy trình không tồn tại',
    'là bắt buộc',
  ],
  session: ['phiên làm việc hết hạn', 'token không hợp lệ', 'token hết hạn'],
  busy: ['hệ thống đang bận', 'hệ thống bận', 'đang bảo trì', 'vui lòng thử lại', 'thử lại sau'],
})

export function meaningOf({ data, status }: datDai.DossierAnswer): Meaning {
  const words = String(status.message ?? '').trim()
  const meaning = words === '' ? undefined : wordings.meaningOf(words)
  if (!status.success) return meaning === undefined || meaning === 'done' ? 'unclear' : meaning
  if (String(data) !== '1') return 'unclear'
  // A success may come without words or with words of its own, but not with those of a failure.
  if (words === '' || meaning === 'done') return 'done'
  return meaning === 'already' ? 'already' : 'unclear'
}
