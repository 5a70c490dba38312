import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/app/nearest.ts'

describe('nearest', () => {
  it.each([
    ['wroker', ['api', 'worker', 'all'], 'worker'],
    ['concurency', ['concurrency', 'connector'], 'concurrency'],
    ['TTHC', ['dvcqg', 'tthc'], 'tthc'],
    ['x', ['api', 'all'], undefined],
    ['something-else', ['api', 'all'], undefined],
    ['', ['api'], undefined],
    ['abc', [], undefined],
  ])('finds what %j was meant to be', (word, candidates, meant) => {
    expect(nearest(word, candidates)).toBe(meant)
  })
})
