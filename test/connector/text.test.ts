import { describe, expect, it } from 'vitest'
import { createWordings, fold, nfc, sameText } from '../../src/connector/text.ts'

const wordings = createWordings({
  done: ['thành công', 'đã được tiếp nhận'],
  failed: ['không thành công'],
  exists: ['đã tồn tại'],
  absent: ['không tồn tại'],
})

describe('text', () => {
  it('compares without regard to case, Unicode form and spaces', () => {
    expect(sameText('  Đã   TỒN\u00a0tại ', 'đã tồn tại'.normalize('NFD'))).toBe(true)
    expect(sameText('đã tồn tại', 'da ton tai')).toBe(false)
    expect(fold('ĐỒNG\u200b BỘ\ufeff')).toBe('đồng bộ')
  })

  it('composes', () => {
    expect(nfc('Nguyễn'.normalize('NFD'))).toBe('Nguyễn'.normalize('NFC'))
  })

  it.each([
    ['Thành công', 'done'],
    ['ĐỒNG BỘ HỒ SƠ THÀNH  CÔNG!'.normalize('NFD'), 'done'],
    ['Không thành công', 'failed'],
    ['Hồ sơ H99.14-260305-0001 đã tồn tại', 'exists'],
    ['Hồ sơ đã tồn tại, không thể thêm mới', 'exists'],
    ['Không thể thêm mới: hồ sơ đã tồn tại', 'exists'],
    ['Mã thủ tục không tồn tại', 'absent'],
  ])('understands "%s"', (text, meaning) => {
    expect(wordings.meaningOf(text)).toBe(meaning)
  })

  it.each([
    'Đồng bộ không hoàn toàn thành công',
    'Chưa đồng bộ thành công',
    'Cập nhật thành công, một hồ sơ đã tồn tại',
    'Tathành công',
    'Thành côngx',
    'Đã xử lý',
    '',
  ])('does not guess at "%s"', (text) => {
    expect(wordings.meaningOf(text)).toBeUndefined()
  })
})
