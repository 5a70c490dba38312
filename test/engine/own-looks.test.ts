import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOwnLooks, noLook } from '../../src/engine/lanes/own-looks.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp() {
  const seen: [at: number, nth: number][] = []
  const began = Date.now()
  const looks = createOwnLooks((nth) => seen.push([Date.now() - began, nth]))
  return { looks, seen }
}

describe('own looks', () => {
  it('follow a claim that found something twice, if they find nothing', () => {
    const { looks, seen } = setUp()
    looks.afterClaim(3, noLook)
    vi.advanceTimersByTime(25)
    expect(seen).toEqual([[25, 1]])
    looks.afterClaim(0, 1)
    vi.advanceTimersByTime(75)
    looks.afterClaim(0, 2)
    vi.advanceTimersByTime(1_000)
    expect(seen).toEqual([
      [25, 1],
      [100, 2],
    ])
  })

  it('begin anew when they find something', () => {
    const { looks, seen } = setUp()
    looks.afterClaim(3, noLook)
    vi.advanceTimersByTime(25)
    looks.afterClaim(1, 1)
    vi.advanceTimersByTime(25)
    expect(seen.at(-1)).toEqual([50, 1])
  })

  it('are not called off by a wake-up that finds nothing', () => {
    const { looks, seen } = setUp()
    looks.afterClaim(3, noLook)
    looks.afterClaim(0, noLook)
    vi.advanceTimersByTime(25)
    expect(seen).toEqual([[25, 1]])
  })

  it('meet a retry that may come before the beat, and leave the others to it', () => {
    const { looks, seen } = setUp()
    looks.at(300)
    looks.at(60_000)
    looks.at(0)
    vi.advanceTimersByTime(100_000)
    expect(seen).toEqual([[302, noLook]])
  })

  it('end when they are stopped', () => {
    const { looks, seen } = setUp()
    looks.at(300)
    looks.afterClaim(3, noLook)
    looks.stop()
    looks.at(300)
    looks.afterClaim(3, noLook)
    vi.advanceTimersByTime(10_000)
    expect(seen).toEqual([])
  })
})
