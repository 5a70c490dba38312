import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from '../../../src/adapters/system/logger.ts'

let lines: string[]

const open = () =>
  createLogger({
    level: 'info',
    format: 'json',
    destination: { write: (line: string) => lines.push(line) },
  })

const parsed = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line))

beforeEach(() => {
  lines = []
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

describe('log-limit', () => {
  it('writes a repeated warning once a second with the number held back', () => {
    const log = open()
    for (let n = 1; n <= 50; n++) log.warn('store.unavailable', { code: 'store-unavailable', n })
    expect(lines).toHaveLength(1)

    vi.advanceTimersByTime(1_000)
    expect(parsed()).toMatchObject([{ n: 1 }, { n: 50, suppressed: 48 }])

    vi.advanceTimersByTime(1_000)
    log.warn('store.unavailable', { code: 'store-unavailable', n: 51 })
    expect(parsed().map((line) => [line.n, line.suppressed])).toEqual([
      [1, undefined],
      [50, 48],
      [51, undefined],
    ])
  })

  it('holds back only what has the same event, code, system and level', () => {
    const log = open()
    log.warn('circuit.opened', { code: 'target-busy', system: 'a' })
    log.warn('circuit.opened', { code: 'target-busy', system: 'b' })
    log.child({ system: 'c' }).warn('circuit.opened', { code: 'target-busy' })
    log.warn('circuit.opened', { code: 'connect-timeout', system: 'a' })
    log.warn('lane.lost', { code: 'target-busy', system: 'a' })
    log.error('circuit.opened', { code: 'target-busy', system: 'a' })
    log.warn('circuit.opened', { code: 'target-busy', system: 'a' })

    expect(lines).toHaveLength(6)
  })

  it('never holds back what is told for information', () => {
    const log = open()
    for (let n = 0; n < 20; n++) log.info('delivery.attempted', { n })

    expect(lines).toHaveLength(20)
  })

  it('writes what is held back when it is flushed', () => {
    const log = open()
    log.error('drain.failed', { n: 1 })
    log.error('drain.failed', { n: 2 })
    log.error('drain.failed', { n: 3 })
    log.flush()

    expect(parsed().map((line) => [line.n, line.suppressed])).toEqual([
      [1, undefined],
      [3, 1],
    ])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('stays bounded when the codes are without end', () => {
    const log = open()
    for (let n = 0; n < 3_000; n++) log.warn('access.refused', { code: `c${n}` })

    expect(lines).toHaveLength(3_000)
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1_000)
    log.flush()
  })
})
