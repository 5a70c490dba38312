import { describe, expect, it } from 'vitest'
import { createCodeTables } from '../../../src/adapters/connectors/code-tables.ts'
import { ConnectorError } from '../../../src/connector/index.ts'

const row = (canonical: string, remote: string, validFrom = '', validTo = '') => ({
  canonical,
  remote,
  validFrom,
  validTo,
})
const codes = createCodeTables({
  ward: [
    row('H99.01.0001', '00001', '', '2025-06-30'),
    row('H99.01.0001', '90001', '2025-07-01'),
    row('H99.01.0002', '90001', '2025-07-01'),
    row('closed', 'x', '2020-01-01', '2020-12-31'),
    row('double', 'a', '2024-01-01'),
    row('double', 'b', '2025-01-01'),
    row('same', 'c'),
    row('same', 'c', '2025-01-01'),
  ],
})
const before = new Date('2025-06-30T16:59:59Z')
const after = new Date('2025-06-30T17:00:00Z')

const problemOf = (act: () => unknown): ConnectorError => {
  try {
    act()
  } catch (error) {
    if (error instanceof ConnectorError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('code-tables', () => {
  it('translates by the row that holds on that day in Vietnam, both ends included', () => {
    expect(codes.toRemote('ward', 'H99.01.0001', before, '/ward')).toBe('00001')
    expect(codes.toRemote('ward', 'H99.01.0001', after, '/ward')).toBe('90001')
    expect(codes.toCanonical('ward', '00001', before, '/ward')).toBe('H99.01.0001')
    expect(codes.toRemote('ward', 'same', after, '/ward')).toBe('c')
  })

  it.each([
    ['a code that is in no row', 'ward', 'H99.99'],
    ['a code whose rows have ended', 'ward', 'closed'],
    ['a table that does not exist', 'gone', 'H99.01.0001'],
    ['a name that every object has', 'constructor', 'name'],
  ])('refuses %s, naming table, code and field', (_name, table, code) => {
    const error = problemOf(() => codes.toRemote(table, code, after, '/data/ward'))
    expect(error.outcome).toMatchObject({ kind: 'permanent', code: 'code-untranslated' })
    expect(error.message).toContain(table)
    expect(error.message).toContain(code)
    expect(error.faults).toMatchObject([{ pointer: '/data/ward', rule: 'code-table' }])
  })

  it('does not choose between two answers', () => {
    const merged = problemOf(() => codes.toCanonical('ward', '90001', after, '/ward'))
    expect(merged.outcome.code).toBe('code-untranslated')
    expect(merged.message).toContain('different rows')
    const double = problemOf(() => codes.toRemote('ward', 'double', after, '/ward'))
    expect(double.message).toContain('different rows')
    expect(codes.toRemote('ward', 'double', new Date('2024-06-01T00:00:00Z'), '/ward')).toBe('a')
  })
})
