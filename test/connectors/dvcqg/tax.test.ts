import { describe, expect, it } from 'vitest'
import {
  assessedMessage,
  readNotice,
  voucherMessage,
} from '../../../connectors/dvcqg/translate-tax.ts'
import { ConnectorError, type dvcqg } from '../../../src/connector/index.ts'
import { readJson } from '../../support/dvcqg.ts'

const members = {
  ...{ MA_SO_THUE: '0000000001', SO_QUYET_DINH: 'QD-99-01', NGAY_QUYET_DINH: '03/03/2026' },
  ...{ SO_TIEN: '1250000', TEN_TIEU_MUC: 'Lệ phí trước bạ' },
}
const lineOf = (change: Partial<Record<keyof typeof members, string>> = {}): string =>
  `<LIST>${Object.entries({ ...members, ...change })
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</LIST>`
const code = '<MA_HSO>H99.14-260302-0001</MA_HSO>'
const read = (xml: string) => {
  const bytes = Buffer.from(xml)
  return readNotice(bytes, bytes.toString('base64').length)
}
const faultOf = (xml: string): unknown => {
  try {
    return read(xml)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const [fault] = error.faults
    return [error.code, fault?.pointer, fault?.rule]
  }
}

describe('connectors/dvcqg land tax notices', () => {
  const decision = {
    ...{ taxCode: '0000000001', number: 'QD-99-01', date: '2026-03-03', amount: 1_250_000 },
    item: 'Lệ phí trước bạ',
  }

  it.each([
    ['the lines in the list', `<ROW_LIST>${code}${lineOf()}</ROW_LIST>`],
    ['the lines beside it', `<DATA><ROW_LIST>${code}</ROW_LIST>${lineOf()}</DATA>`],
    [
      'deep in an envelope',
      `<x:A xmlns:x="urn:x"><B><ROW_LIST>${code}${lineOf()}</ROW_LIST></B></x:A>`,
    ],
    ['with other members', `<ROW_LIST><STT>1</STT>${code}${lineOf()}</ROW_LIST>`],
  ])('are read wherever they stand: %s', (_, xml) => {
    expect(read(xml)).toEqual({ code: 'H99.14-260302-0001', decisions: [decision] })
  })

  it.each(['2026-03-03', '03/03/2026', '20260303000000', '2026-03-03T00:00:00'])(
    'have the day of %s',
    (day) => {
      const xml = `<ROW_LIST>${code}${lineOf({ NGAY_QUYET_DINH: day })}</ROW_LIST>`
      expect(read(xml).decisions[0]?.date).toBe('2026-03-03')
    },
  )

  it('have each line in its order, and the time of the latest', () => {
    const second = lineOf({ SO_QUYET_DINH: 'QD-99-02', NGAY_QUYET_DINH: '01/03/2026' })
    const notice = read(`<ROW_LIST>${code}${lineOf()}${second}</ROW_LIST>`)
    expect(notice.decisions.map(({ number }) => number)).toEqual(['QD-99-01', 'QD-99-02'])
    expect(assessedMessage('/h99/dvcqg', notice, {} as never).time).toBe(
      '2026-03-03T00:00:00+07:00',
    )
  })

  const list = '/FileThongBaoThue/ROW_LIST'
  const line = '/FileThongBaoThue/LIST/0'
  it.each([
    ['<DATA/>', list, 'required'],
    [`<ROW_LIST>${lineOf()}</ROW_LIST>`, `${list}/MA_HSO`, 'required'],
    [`<ROW_LIST>${code}${code}${lineOf()}</ROW_LIST>`, `${list}/MA_HSO`, 'type'],
    [
      `<A><ROW_LIST>${code}${lineOf()}</ROW_LIST><ROW_LIST><MA_HSO>B</MA_HSO></ROW_LIST></A>`,
      ...[`${list}/MA_HSO`, 'unique'],
    ],
    [`<ROW_LIST>${code}</ROW_LIST>`, '/FileThongBaoThue/LIST', 'required'],
    [`<ROW_LIST>${code}<LIST/></ROW_LIST>`, `${line}/SO_TIEN`, 'required'],
    [`<ROW_LIST>${code}${lineOf({ SO_TIEN: '1.5' })}</ROW_LIST>`, `${line}/SO_TIEN`, 'pattern'],
    [`<ROW_LIST>${code}${lineOf({ SO_TIEN: '0' })}</ROW_LIST>`, `${line}/SO_TIEN`, 'pattern'],
    [
      `<ROW_LIST>${code}${lineOf({ TEN_TIEU_MUC: '<b>x</b>' })}</ROW_LIST>`,
      `${line}/TEN_TIEU_MUC`,
      'required',
    ],
    ['<!DOCTYPE a><ROW_LIST/>', '/FileThongBaoThue', 'doctype'],
    ['no xml', '/FileThongBaoThue', 'not-well-formed'],
  ])('are refused by their place: %s', (xml, pointer, rule) => {
    expect(faultOf(xml)).toEqual(['payload-invalid', pointer, rule])
  })

  it('are refused with a day that does not exist, and where the base64 is cut', () => {
    const wrong = `<ROW_LIST>${code}${lineOf({ NGAY_QUYET_DINH: '30/02/2026' })}</ROW_LIST>`
    expect(faultOf(wrong)).toEqual(['mapping-failed', `${line}/NGAY_QUYET_DINH`, 'date'])
    expect(() => readNotice(Buffer.from('<a/>'), 7)).toThrow(ConnectorError)
  })
})

describe('connectors/dvcqg land tax vouchers', () => {
  const voucher = () =>
    readJson<dvcqg.DoorTaxVoucher>('schemas/dvcqg/door-tax-voucher/examples/valid/chung-tu.json')

  it('are handed on as they are, their status not interpreted', () => {
    const message = voucherMessage('/h99/dvcqg', voucher())
    expect(message).toMatchObject({
      ...{ subject: 'H99.14-260302-0001', time: '2026-03-04T09:30:00+07:00' },
      data: { amount: 1_250_000, portalStatus: 1, payer: { ward: '99999' } },
    })
    expect(message.data).not.toHaveProperty('payer.district')
    const other = { ...voucher(), HuyenNguoiNopTien: 'Huyện Thử' }
    expect(voucherMessage('/h99/dvcqg', other).data).toHaveProperty('payer.district', 'Huyện Thử')
    expect(voucherMessage('/h99/dvcqg', other).eventId).not.toBe(message.eventId)
  })

  it('are refused with a time that is none', () => {
    const given = voucher()
    const wrong = { ...given.ThongTinThanhToan, ThoiGianThanhToan: 'hôm qua' }
    expect(() => voucherMessage('/x', { ...given, ThongTinThanhToan: wrong })).toThrow(
      ConnectorError,
    )
  })
})
