import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createCodeTables } from '../../src/adapters/connectors/code-tables.ts'
import { ConnectorError } from '../../src/connector/errors.ts'
import { causeOf, lackingEntry, normalised } from '../../src/domain/fingerprint.ts'
import type { Failed } from '../../src/domain/outcome.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const said = (remoteMessage: string, remoteCode = '11'): Failed => ({
  kind: 'permanent',
  code: 'target-rejected',
  evidence: { httpStatus: 200, remoteCode, remoteMessage },
})
const of = (failed: Failed) => causeOf(failed, sha256)

describe('fingerprint', () => {
  it.each([
    ['Mã thủ tục 1.000123 không tồn tại', 'Mã thủ tục 2.009999.000.00.00.H99 không tồn tại'],
    [
      'Hồ sơ H99.14-260101-0001 của Nguyễn Thử An sai',
      'Hồ sơ H99.14-260102-0009 của Lê Thị Bình sai',
    ],
    ['Nguyễn Thử An đã có', 'Trần Văn Thử đã có'],
    ['Công dân Bình đã có, ngày 01/02/2026', 'Công dân Lan đã có, ngày 2026-03-04'],
    ['Gửi tới an@example.test thất bại', 'Gửi tới binh@example.test thất bại'],
    [
      '{"ma":"11","thongBao":"Mã thủ tục 1 sai","hoTen":"a b"}',
      '{"ma":"11","thongBao":"Mã thủ tục 2 sai","hoTen":"c d"}',
    ],
  ])('is the same of %s', (one, other) => {
    expect(of(said(one))).toEqual(of(said(other)))
  })

  it('names the entry that a table lacks, and nothing where a code is hidden or another cause', () => {
    const tables = createCodeTables({ 'dat-dai-procedure': [] })
    const lacking = (code: string) => {
      try {
        tables.toRemote('dat-dai-procedure', code, new Date(), '/procedure/code')
      } catch (error) {
        if (error instanceof ConnectorError) {
          const { code: of, detail } = error
          const { title } = causeOf(
            { kind: 'permanent', code: of, ...(detail && { detail }) },
            sha256,
          )
          return lackingEntry(of, title)
        }
      }
      throw new Error('translated')
    }
    expect(lacking('1.099999')).toEqual({ table: 'dat-dai-procedure', code: '1.099999' })
    for (const code of ['000.00.14.H99', '1.099999.000.00.00.H99', '1.099999.H99'])
      expect(lacking(code)).toEqual({ table: 'dat-dai-procedure', code })
    expect(lacking('Nguyễn Thử An')).toBeUndefined()
    expect(lackingEntry('target-rejected', 'dat-dai-procedure 1.099999')).toBeUndefined()
  })

  it('differs where a person would repair something else', () => {
    const all = [
      of(said('Mã thủ tục 1 không tồn tại')),
      of(said('Mã đơn vị 1 không tồn tại')),
      of(said('Mã thủ tục 1 không tồn tại', '12')),
      of({ ...said('Mã thủ tục 1 không tồn tại'), code: 'target-not-found' }),
    ]
    expect(new Set(all.map((cause) => cause.fingerprint)).size).toBe(4)
  })

  it('keeps nothing that could name a person', () => {
    const { title, remoteCode } = of(
      said('nguyễn thử an 000000000001 không tồn tại, NGUYEN THU AN', '000000000001'),
    )
    expect(title).not.toMatch(/nguyễn|thử|nguyen|\d/iu)
    expect(title).toContain('không tồn tại')
    expect(remoteCode).toBeUndefined()
    expect(normalised('LỖI HỆ THỐNG')).toBe('lỗi hệ thống')
  })

  it('has a title that every row can hold', () => {
    const faults = [{ pointer: '/a\0/\ud800', rule: 'x', vi: 'sai', en: 'wrong' }]
    const { title } = of({ ...said('mã \0 lạ'), faults })
    expect(title).toContain('/a')
    expect(title).not.toMatch(/[\p{Cc}\p{Cs}]/u)
  })

  it('takes faults of a list for one', () => {
    const fault = (pointer: string): Failed => ({
      kind: 'permanent',
      code: 'payload-invalid',
      faults: [{ pointer, rule: 'required', vi: 'thiếu', en: 'missing' }],
    })
    expect(of(fault('/persons/0/name'))).toEqual(of(fault('/persons/17/name')))
    expect(of(fault('/persons/0/name')).title).toBe('/persons/*/name')
    expect(of(fault('/persons/0/name'))).not.toEqual(of(fault('/persons/0/kind')))
  })

  it('names the table and the code that it lacks, as the code tables say it', () => {
    const lacking = (code: string): Failed => {
      try {
        createCodeTables({ trang: [] }).toRemote('trang', code, new Date(), '/data/steps/3/status')
      } catch (error) {
        if (error instanceof ConnectorError) return error.outcome
      }
      throw new Error('it was translated')
    }
    expect(of(lacking('7')).title).toBe('trang 7')
    expect(of(lacking('7'))).not.toEqual(of(lacking('8')))
    expect(of(lacking('000000000001')).title).toBe('trang …')
  })
})
