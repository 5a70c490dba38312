import { describe, expect, it } from 'vitest'
import { type MapiMeaning, meaningOf } from '../../../src/connector/mapi/wordings.ts'

describe('mapi wordings', () => {
  it.each<[number, string, MapiMeaning]>([
    [0, '', 'done'],
    [0, 'Đồng bộ hồ sơ thành công', 'done'],
    [0, 'ĐỒNG BỘ HỒ SƠ THÀNH  CÔNG', 'done'],
    [0, 'Đồng bộ thành công'.normalize('NFD'), 'done'],
    [0, 'Thành công 10/10 dòng', 'done'],
    [0, 'Thành công 5/10 dòng', 'unclear'],
    [0, 'Đồng bộ không thành công', 'unclear'],
    [0, 'Chưa thành công', 'unclear'],
    [0, 'OK', 'unclear'],
    [0, 'Hồ sơ đã tồn tại', 'exists'],
    [3, 'Hồ sơ đã tồn tại', 'exists'],
    [-3, 'Mã hồ sơ H99.14-240101-0001 đã tồn tại trên hệ thống', 'exists'],
    [3, 'Có lỗi', 'unclear'],
    [-1, '', 'unclear'],
    [-1, 'Thành công', 'unclear'],
    [0, 'Hồ sơ không tồn tại', 'unclear'],
    [-1, 'Hồ sơ không tồn tại', 'missing'],
    [-1, 'Mã thủ tục không tồn tại', 'refused'],
    [-1, 'Trường GhiChu vượt quá 2000 ký tự, đồng bộ không thành công', 'refused'],
    [-1, 'GhiChu không được vượt quá 2000 ký tự', 'refused'],
    [-1, 'Phiên làm việc hết hạn', 'session'],
    [-1, 'Không tìm thấy phiên làm việc', 'session'],
    [-1, 'Invalid session', 'session'],
    [-1, 'Sai phiên bản dữ liệu', 'unclear'],
    [-1, 'Phiên bản dữ liệu không hợp lệ', 'refused'],
    [0, 'Phiên làm việc đồng bộ thành công', 'done'],
    [-1, 'Hệ thống đang bận, vui lòng thử lại sau', 'busy'],
  ])('reads %i %j as %s', (code, words, meaning) => {
    expect(meaningOf(code, words)).toBe(meaning)
  })

  it('does not let a success that it has read colour another code', () => {
    expect(meaningOf(0, 'Ghi nhận thành công')).toBe('done')
    expect(meaningOf(-1, 'Ghi nhận thành công')).toBe('unclear')
  })
})
