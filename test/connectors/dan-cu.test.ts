import { describe, expect, it } from 'vitest'
import { readCitizen, readExists } from '../../connectors/dan-cu/translate.ts'
import { readXml } from '../../src/connector/index.ts'

const number = '000000000001'
const read = (inner: string) =>
  readCitizen(readXml(Buffer.from(`<Body>${inner}</Body>`)), number, ['fullName', 'birth'])
const collection = (inner: string) => read(`<CongdanCollection>${inner}</CongdanCollection>`)
const name = '<HoVaTen><Ten>NGUYỄN VĂN THỬ</Ten></HoVaTen>'
const right = `<CongDan><SoDinhDanh>${number}</SoDinhDanh>${name}</CongDan>`
const born = (inner: string) =>
  collection(
    `<CongDan><SoCMND>${number}</SoCMND>${name}<NgayThangNamSinh>${inner}</NgayThangNamSinh></CongDan>`,
  )
const invalid = expect.objectContaining({ code: 'answer-invalid' })

describe('connectors/dan-cu', () => {
  it.each(['', ' ', '<CongDan/>', '<CongDan><HoVaTen/></CongDan>'])(
    'finds nobody in %j',
    (inner) => {
      expect(collection(inner)).toBeUndefined()
    },
  )

  it('finds nobody in an empty name beside the number asked about', () => {
    const inner = `<CongDan><SoDinhDanh>${number}</SoDinhDanh><HoVaTen><Ten/></HoVaTen></CongDan>`
    expect(collection(inner)).toBeUndefined()
  })

  it.each([
    ['no collection', () => read('')],
    ['an error inside of it', () => collection('<Loi>99</Loi>')],
    ['words inside of it', () => collection('Hệ thống bảo trì')],
    ['somebody behind nobody', () => collection(`<CongDan/>${right}`)],
    ['two people', () => collection(right + right)],
    ['another number', () => collection(right.replace(number, '000000000002'))],
    [
      'another number without a name',
      () => collection('<CongDan><SoCMND>2</SoCMND><HoVaTen/></CongDan>'),
    ],
    ['a name under another tag', () => collection(right.replaceAll('HoVaTen', 'TenDayDu'))],
    ['a day that is none', () => born('<NgayThangNam>19900231</NgayThangNam>')],
  ])('takes no answer with %s', (what, act) => {
    if (what === 'a day that is none')
      expect(act).toThrow(expect.objectContaining({ code: 'mapping-failed' }))
    else expect(act).toThrow(invalid)
  })

  it('gives as much of a birth as counts', () => {
    expect(born('<NgayThangNam>19900101</NgayThangNam>')).toMatchObject({ birth: '1990-01-01' })
    expect(born('<NgayThangNam>19550000</NgayThangNam>')).toMatchObject({ birth: '1955' })
    expect(born('<Nam>1955</Nam>')).toMatchObject({ birth: '1955' })
    expect(born('')).not.toHaveProperty('birth')
  })

  it('takes no word but yes and no for a verification', () => {
    const exists = (text: string) =>
      readExists(readXml(Buffer.from(`<B><TonTai>${text}</TonTai></B>`)))
    expect([exists(' TRUE '), exists('0')]).toEqual([{ exists: true }, { exists: false }])
    for (const text of ['', 'có', '2']) expect(() => exists(text)).toThrow(invalid)
  })
})
