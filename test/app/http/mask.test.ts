import { describe, expect, it } from 'vitest'
import { maskText } from '../../../src/app/http/mask.ts'

describe('mask', () => {
  it.each([
    ['Số định danh 001200000001 sai', 'Số định danh ************ sai'],
    ['gọi 0912345678', 'gọi **********'],
    ['gọi 0912 345 678', 'gọi ************'],
    ['gọi 0912.345.678', 'gọi ************'],
    ['thư a.b+c@tinh.gov.vn, hỏi lại', 'thư ***@***, hỏi lại'],
    ['thư nguyễn.thử@thư.vn', 'thư ***@***'],
    ['hồ sơ H99.12-261122-0001', 'hồ sơ H99.12-******-0001'],
  ])('hides what may be personal in: %s', (text, masked) => {
    expect(maskText(text)).toBe(masked)
  })

  it.each(['mã 12345', 'lúc 08:30 22/11/2026', '2026-11-22', 'HTTP 500', 'E_CODE-12'])(
    'leaves alone: %s',
    (text) => {
      expect(maskText(text)).toBe(text)
    },
  )
})
