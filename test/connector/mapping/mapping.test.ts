import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCodeTables } from '../../../src/adapters/connectors/code-tables.ts'
import { ConnectorError } from '../../../src/connector/errors.ts'
import type { MappingDirection } from '../../../src/connector/mapping/convert.ts'
import { createMapping, type MappingRow } from '../../../src/connector/mapping/mapping.ts'
import { pointerOf, pointerParts, readPointer } from '../../../src/connector/mapping/pointer.ts'

const codes = createCodeTables({
  status: [
    { canonical: 'accepted', remote: '2', validFrom: '', validTo: '' },
    { canonical: 'finished', remote: '9', validFrom: '2026-01-01', validTo: '' },
  ],
})
const at = new Date('2026-03-05T01:00:00Z')
const map = (
  rows: readonly MappingRow[],
  input: unknown,
  direction: MappingDirection = 'toRemote',
) => createMapping(rows, direction, { codes, evaluate: undefined })(input, at)
const faultsOf = async (
  rows: readonly MappingRow[],
  input: unknown,
  direction?: MappingDirection,
) => {
  try {
    await map(rows, input, direction)
  } catch (error) {
    if (error instanceof ConnectorError)
      return { code: error.code, at: error.faults.map(({ pointer, rule }) => `${pointer} ${rule}`) }
    throw error
  }
  return 'no fault'
}

const dossier = {
  subject: 'H99.01-260305-0001',
  data: {
    status: 'accepted',
    acceptedAt: '2026-03-05T08:30:00+07:00',
    day: '2026-03-05',
    note: '',
    fees: [
      { code: 'A', amount: 15000 },
      { code: 'B', amount: 20000 },
    ],
  },
}

describe('mapping', () => {
  it('copies, translates, writes dates and constants, and goes over lists', async () => {
    const rows: MappingRow[] = [
      { to: '/HoSo/Ma', from: '/subject' },
      { to: '/HoSo/TrangThai', from: '/data/status', codes: 'status' },
      { to: '/HoSo/Ngay', from: '/data/acceptedAt', date: 'yyyyMMddHHmmss' },
      { to: '/HoSo/NgayGon', from: '/data/day', date: 'dd/MM/yyyy' },
      { to: '/Nguon', constant: 'H99' },
      { to: '/Phi', each: '/data/fees', rows: [{ to: '/Tien', from: '/amount', as: 'text' }] },
      { to: '/PhiDau', from: '/data/fees/0/code' },
      { to: '/GhiChu', from: '/data/note', required: false },
    ]
    expect(await map(rows, dossier)).toEqual({
      HoSo: {
        Ma: 'H99.01-260305-0001',
        TrangThai: '2',
        Ngay: '20260305083000',
        NgayGon: '05/03/2026',
      },
      Nguon: 'H99',
      Phi: [{ Tien: '15000' }, { Tien: '20000' }],
      PhiDau: 'A',
    })
  })

  it('reads the same rows the other way for what comes in', async () => {
    const rows: MappingRow[] = [
      { to: '/status', from: '/TrangThai', codes: 'status' },
      { to: '/at', from: '/Ngay', date: 'dd/MM/yyyy HH:mm:ss' },
      { to: '/amount', from: '/Tien', as: 'number' },
      { to: '/paid', from: '/DaNop', as: 'boolean' },
      { to: '/month', from: '/Thang', date: 'M-yyyy' },
    ]
    const row = {
      TrangThai: '9',
      Ngay: '05/03/2026 08:30:00',
      Tien: '15000.50',
      DaNop: 'True',
      Thang: '3-2026',
    }
    expect(await map(rows, row, 'toCanonical')).toEqual({
      status: 'finished',
      at: '2026-03-05T08:30:00+07:00',
      amount: 15000.5,
      paid: true,
      month: '2026-03',
    })
  })

  it('names every fault by the place it was read from, within lists too, and no value', async () => {
    const rows: MappingRow[] = [
      { to: '/a', from: '/data/nothing' },
      { to: '/b', from: '/data/note' },
      { to: '/c', from: '/data/day', codes: 'status' },
      { to: '/d', from: '/data/status', date: 'yyyyMMdd' },
      { to: '/e', each: '/data/fees', rows: [{ to: '/x', from: '/name' }] },
      { to: '/f', each: '/data/status', rows: [{ to: '/x', from: '/name' }] },
      { to: '/g', from: '/data/fees', as: 'text' },
      { to: '/h', from: '/data/status', as: 'number' },
      { to: '/i', from: '/data/status', as: 'boolean' },
    ]
    expect(await faultsOf(rows, dossier)).toEqual({
      code: 'code-untranslated',
      at: [
        '/data/nothing required',
        '/data/note required',
        '/data/day code-table',
        '/data/status date',
        '/data/fees/0/name required',
        '/data/fees/1/name required',
        '/data/status type',
        '/data/fees type',
        '/data/status type',
        '/data/status type',
      ],
    })
    expect(await faultsOf([{ to: '/a', from: '/x' }], {})).toMatchObject({ code: 'mapping-failed' })
  })

  it.each([
    ['0123456789012345678901', 'digits that a number cannot hold'],
    ['12345678901234567890', 'more digits than a number holds'],
    ['1e5', 'an exponent'],
    [' 1', 'a space'],
    ['+1', 'a plus'],
    ['', 'nothing'],
  ])('makes no number of %j: %s', async (text) => {
    expect(await faultsOf([{ to: '/n', from: '/n', as: 'number' }], { n: text })).toMatchObject({
      code: 'mapping-failed',
    })
  })

  it('has no code for a day on which its row did not hold yet', async () => {
    const rows: MappingRow[] = [{ to: '/s', from: '/s', codes: 'status' }]
    const mapping = createMapping(rows, 'toRemote', { codes, evaluate: undefined })
    const early = mapping({ s: 'finished' }, new Date('2025-06-01'))
    await expect(early).rejects.toThrow(ConnectorError)
    expect(await map(rows, { s: 'finished' })).toEqual({ s: '9' })
  })

  it.each(['/a', '/a/b'])('refuses a table that writes twice: /a and %s', async (to) => {
    expect(() =>
      map(
        [
          { to: '/a', constant: 1 },
          { to, constant: 2 },
        ],
        {},
      ),
    ).toThrow(/./)
    expect(
      await faultsOf(
        [
          { to: '/ab', constant: 1 },
          { to: '/a', constant: 2 },
        ],
        {},
      ),
    ).toBe('no fault')
  })

  it('writes members of any name, and reads own ones only', async () => {
    const made = await map([{ to: '/__proto__/x', constant: 1 }], {})
    expect(Object.keys(made)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>).x).toBeUndefined()
    for (const from of ['/constructor', '/toString', '/list/length', '/list/00'])
      expect(await faultsOf([{ to: '/a', from }], { list: [1] })).toMatchObject({
        at: [`${from} required`],
      })
  })

  it('is a pure function of its rows: what a pointer names is what it reads', async () => {
    const part = fc.string({ minLength: 1, maxLength: 6 })
    const pointers = fc.array(part, { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(pointers, fc.integer(), async (parts, value) => {
        const pointer = pointerOf(parts)
        expect(pointerParts(pointer)).toEqual(parts)
        const made = await map([{ to: pointer, constant: value }], {})
        expect(readPointer(made, pointer)).toBe(value)
      }),
    )
  })
})
