import { describe, expect, it } from 'vitest'
import { compare, coreDigest, coreFields, listedRows } from '../../../connectors/dvcqg/compare.ts'

const sent = {
  MaHoSo: 'H99.14-240101-0001',
  ...Object.fromEntries(coreFields.map((name) => [name, `giá trị ${name}`])),
  GhiChu: '',
  TaiLieuNop: [{ TenTepDinhKem: 'Đơn.pdf', DuongDanTaiTepTin: 'https://hub/1' }],
}
const same = (link: string) => link

describe('compare', () => {
  it('finds a full record equal, whatever its case, number form or additions', () => {
    const record = Object.fromEntries(
      Object.entries({ ...sent, GhiChu: null, Them: 1 }).map(([name, value]) => [
        name.toUpperCase(),
        value,
      ]),
    )

    expect(compare(sent, record, same)).toEqual({ kind: 'same', covers: 'all' })
    expect(compare({ TrangThaiHoSo: '4' }, { TrangThaiHoSo: 4 }, same).kind).toBe('same')
    expect(compare({ CoSoHoa: 'True' }, { CoSoHoa: true }, same).kind).toBe('same')
  })

  it('says how much of what was sent it could compare', () => {
    const { GhiChu: _note, ...core } = sent
    const { DonViXuLy: _unit, ...some } = core as Record<string, unknown>

    expect(compare(sent, core, same)).toEqual({ kind: 'same', covers: 'core' })
    expect(compare(sent, some, same)).toEqual({ kind: 'same', covers: 'some' })
    expect(compare(sent, { MaHoSo: sent.MaHoSo, NguoiTao: 'x' }, same)).toEqual({
      kind: 'incomparable',
    })
  })

  it.each([
    ['a text', { ...sent, GhiChu: 'khác' }],
    ['a shorter list', { ...sent, TaiLieuNop: [] }],
    ['an item of a list', { ...sent, TaiLieuNop: [{ TenTepDinhKem: 'Khác.pdf' }] }],
    ['another shape', { ...sent, TaiLieuNop: 'Đơn.pdf' }],
    ['an object for a text', { ...sent, GhiChu: {} }],
  ])('sees a difference in %s', (_, record) => {
    expect(compare(sent, record, same).kind).toBe('different')
  })

  it('compares links by what they lead to', () => {
    const target = (link: string) => link.replace('hub', 'files')
    const record = { TaiLieuNop: [{ DuongDanTaiTepTin: 'https://files/1' }] }

    expect(compare(sent, record, target).kind).toBe('same')
    expect(compare(sent, record, same).kind).toBe('different')
  })

  it('gives the core a digest that changes with it and with nothing else', () => {
    expect(coreDigest({ ...sent, GhiChu: 'khác' })).toBe(coreDigest(sent))
    expect(coreDigest({ ...sent, TrangThaiHoSo: '5' })).not.toBe(coreDigest(sent))
  })

  it('says which rows a record lists, and when it cannot say', () => {
    const row = (at: string) => ({ MaHoSo: 'x', ThoiDiemXuLy: at, NoiDungXuLy: 'Xử lý' })
    const rows = [row('1'), row('2')]
    const listing = (list: unknown) => listedRows(rows, { TienDo: list }, 'tiendo')

    expect(listing([{ ThoiDiemXuLy: 1, NoiDungXuLy: 'Xử lý' }])).toEqual([true, false])
    expect(listing([])).toEqual([false, false])
    expect(listing(undefined)).toBeUndefined()
    expect(listing('Xử lý')).toBeUndefined()
    expect(listing([{ TrangThai: '4' }])).toBeUndefined()
    expect(listing([null])).toBeUndefined()
  })
})
