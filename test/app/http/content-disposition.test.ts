import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attachment, fileNameIn } from '../../../src/app/http/content-disposition.ts'
import { isFileName } from '../../../src/domain/file-types.ts'

const asHeader = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

describe('Content-Disposition', () => {
  it('carries Vietnamese names in full, and in ASCII for old software', () => {
    expect(attachment(`Đơn đề nghị "gấp" (1)'s.pdf`)).toBe(
      `attachment; filename="Don de nghi _gap_ (1)'s.pdf"; filename*=UTF-8''%C4%90%C6%A1n%20%C4%91%E1%BB%81%20ngh%E1%BB%8B%20%22g%E1%BA%A5p%22%20%281%29%27s.pdf`,
    )
  })

  it('reads back whatever it writes, and writes nothing that a header cannot carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }).filter(isFileName), (name) => {
        const header = attachment(name)
        expect(header).toMatch(/^[\x20-\x7e]*$/)
        expect(fileNameIn(header)).toBe(name)
      }),
    )
  })

  it.each([
    ['attachment; filename="a b.pdf"', 'a b.pdf'],
    ['attachment; filename=a.pdf', 'a.pdf'],
    ['Attachment ; FileName = "a\\"b.pdf" ', 'a"b.pdf'],
    [asHeader('attachment; filename="Giấy tờ.pdf"'), 'Giấy tờ.pdf'],
    [`attachment; filename="a.pdf"; filename*=utf-8'vi'Gi%E1%BA%A5y.pdf`, 'Giấy.pdf'],
    ['inline; filename=x.pdf', 'x.pdf'],
    ['attachment; filename=""', ''],
  ])('reads %s', (header, name) => {
    expect(fileNameIn(header)).toBe(name)
  })

  it.each([
    undefined,
    '',
    'attachment',
    'attachment; filename="a',
    'attachment; filename=a.pdf; filename=b.pdf',
    'attachment; filename="a.pdf" and more',
    `attachment; filename*=UTF-8''%E1%BA`,
    `attachment; filename="a.pdf"; filename*=ISO-8859-1''a.pdf`,
  ])('guesses nothing from %s', (header) => {
    expect(fileNameIn(header)).toBeUndefined()
  })
})
