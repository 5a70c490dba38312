import { describe, expect, it } from 'vitest'
import { createIds, uuidv7, uuidv7At } from '../../../src/adapters/system/ids.ts'

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const many = (make: () => string, count: number): string[] => Array.from({ length: count }, make)

const isAscending = (ids: readonly string[]): boolean =>
  ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ''))

describe('ids', () => {
  it('makes well-formed UUIDv7 of the present moment, ascending', () => {
    const before = uuidv7At(Date.now())
    const ids = many(uuidv7, 50_000)

    expect(ids.every((id) => form.test(id))).toBe(true)
    expect(isAscending(ids)).toBe(true)
    expect(ids[0] && ids[0] >= before).toBe(true)
    // The counter may run ahead of the clock, but only by the milliseconds it was short of.
    expect((ids.at(-1) ?? '') < uuidv7At(Date.now() + 100)).toBe(true)
  })

  it('stays ascending within one millisecond, beyond the counter', () => {
    const ids = many(
      createIds(() => 1_700_000_000_000),
      20_000,
    )

    expect(isAscending(ids)).toBe(true)
    expect(new Set(ids).size).toBe(20_000)
  })

  it('stays ascending when the clock steps back', () => {
    const times = [1_700_000_000_500, 1_700_000_000_100, 1_600_000_000_000, 1_700_000_000_501]
    const make = createIds(() => times.shift() ?? 0)

    expect(isAscending(many(make, 4))).toBe(true)
  })

  it('differs between two processes of the same millisecond', () => {
    const now = () => 1_700_000_000_000
    const all = [...many(createIds(now), 5_000), ...many(createIds(now), 5_000)]

    expect(new Set(all).size).toBe(10_000)
  })

  it('carries its time in the first 48 bits', () => {
    const [id = ''] = many(
      createIds(() => 0x0123456789ab),
      1,
    )

    expect(id.startsWith('01234567-89ab-7')).toBe(true)
  })

  it('gives the lower bound of a moment', () => {
    const timeMs = 1_700_000_000_123
    const ids = many(
      createIds(() => timeMs),
      1_000,
    )

    expect(uuidv7At(timeMs)).toBe('018bcfe5-687b-7000-8000-000000000000')
    expect(ids.every((id) => id >= uuidv7At(timeMs) && id < uuidv7At(timeMs + 1))).toBe(true)
    expect(uuidv7At(-5)).toBe('00000000-0000-7000-8000-000000000000')
    expect(uuidv7At(Number.MAX_SAFE_INTEGER)).toBe('ffffffff-ffff-7000-8000-000000000000')
  })
})
