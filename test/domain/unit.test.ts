import { describe, expect, it } from 'vitest'
import { agencyCode, reachesAll, reachesUnit, unitOfCode } from '../../src/domain/unit.ts'

describe('unit', () => {
  it.each([
    ['H99.14', 'H99.14'],
    ['H99', 'H99'],
    ['H99.14.02', 'H99.14.02'],
    ['000.00.14.H99', 'H99.14'],
    ['000.02.14.H99', 'H99.14.02'],
    ['003.00.14.H99', 'H99.14.00.003'],
    ['000.00.00.H99', 'H99'],
    ['99001', undefined],
    ['h99.14', undefined],
    ['', undefined],
  ])('reads the agency code %s as %s', (text, code) => {
    expect(agencyCode(text)).toBe(code)
  })

  it.each([
    ['H99.14-260101-0001', 'H99.14'],
    ['000.00.14.H99-240215-00012', 'H99.14'],
    ['H99.14', 'H99.14'],
    ['99001-20240101-0001', undefined],
  ])('finds the unit of %s', (text, code) => {
    expect(unitOfCode(text)).toBe(code)
  })

  it('takes what lies below, and not what only begins alike', () => {
    const reach = { systems: [], units: ['H99.1'] }
    expect(reachesUnit(reach, 'H99.1')).toBe(true)
    expect(reachesUnit(reach, 'H99.1.02')).toBe(true)
    expect(reachesUnit(reach, 'H99.14')).toBe(false)
    expect(reachesUnit(reach, null)).toBe(false)
    expect(reachesUnit({ systems: [], units: [] }, null)).toBe(true)
  })

  it('knows which reach lies within another', () => {
    const unit = { systems: [], units: ['H99.14'] }
    const all = { systems: [], units: [] }
    expect(reachesAll(all, unit)).toBe(true)
    expect(reachesAll(unit, all)).toBe(false)
    expect(reachesAll(unit, { systems: ['a'], units: ['H99.14.02'] })).toBe(true)
    expect(reachesAll({ systems: ['a'], units: [] }, unit)).toBe(false)
  })
})
