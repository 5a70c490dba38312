import { describe, expect, it } from 'vitest'
import { applySteps, type CorrectionStep } from '../../src/domain/correction.ts'
import { differencesBetween } from '../../src/domain/json-difference.ts'

const apply = (data: unknown, ...steps: CorrectionStep[]) => applySteps(data, steps)

describe('the same correction for many', () => {
  it('changes, adds and takes out what it names, and leaves the original alone', () => {
    const data = { a: { b: 1, c: [1, { d: 'x' }] }, 'e/f~g': 'old' }
    const { data: after, faults } = apply(
      data,
      { pointer: '/a/b', from: 1, to: 2 },
      { pointer: '/a/c/1/d', from: 'x', to: { deep: true } },
      { pointer: '/a/new', to: null },
      { pointer: '/e~1f~0g', from: 'old' },
    )
    expect(faults).toEqual([])
    expect(after).toEqual({ a: { b: 2, c: [1, { d: { deep: true } }], new: null } })
    expect(data).toEqual({ a: { b: 1, c: [1, { d: 'x' }] }, 'e/f~g': 'old' })
  })

  it.each<[string, unknown, CorrectionStep]>([
    ['another value', { a: 2 }, { pointer: '/a', from: 1, to: 3 }],
    ['a value where none should be', { a: 2 }, { pointer: '/a', to: 3 }],
    ['no value', {}, { pointer: '/a', from: 1, to: 3 }],
    ['no parent', {}, { pointer: '/a/b', to: 3 }],
    ['a text as parent', { a: 'x' }, { pointer: '/a/0', from: 'x', to: 'y' }],
    ['a number as text', { a: '1' }, { pointer: '/a', from: 1, to: 3 }],
    ['a member of a list to take out', { a: [1] }, { pointer: '/a/0', from: 1 }],
    ['a place behind a list', { a: [1] }, { pointer: '/a/1', to: 2 }],
    ['the length of a list', { a: [1] }, { pointer: '/a/length', from: 1, to: 2 }],
    ['what is inherited', {}, { pointer: '/constructor/name', from: 'Object', to: 'x' }],
  ])('leaves alone what has %s', (_, data, step) => {
    const result = apply(data, step)
    expect(result.data).toBe(data)
    expect(result.faults).toMatchObject([{ pointer: step.pointer, rule: 'expected' }])
  })

  it('does all or nothing', () => {
    const data = { a: 1, b: 2 }
    const result = apply(data, { pointer: '/a', from: 1, to: 9 }, { pointer: '/b', from: 0, to: 9 })
    expect(result.data).toEqual({ a: 1, b: 2 })
    expect(result.faults.map(({ pointer }) => pointer)).toEqual(['/b'])
  })

  it('never touches a prototype', () => {
    const { data } = apply({}, { pointer: '/__proto__', to: { polluted: true } })
    expect(Object.hasOwn(data as object, '__proto__')).toBe(true)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('differences', () => {
  it.each<[unknown, unknown, unknown[]]>([
    [{ a: [1, 2] }, { a: [1, 2] }, []],
    [{ a: [1, 2] }, { a: [1] }, [{ pointer: '/a/1', before: 2 }]],
    [{ a: null }, {}, [{ pointer: '/a', before: null }]],
    [{}, { 'x/y': 1 }, [{ pointer: '/x~1y', after: 1 }]],
    [{ a: {} }, { a: [] }, [{ pointer: '/a', before: {}, after: [] }]],
    ['x', 'y', [{ pointer: '', before: 'x', after: 'y' }]],
  ])('between %j and %j', (before, after, expected) => {
    expect(differencesBetween(before, after)).toEqual(expected)
  })
})
