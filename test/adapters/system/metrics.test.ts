import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMetrics, type MetricsRegistry } from '../../../src/adapters/system/metrics.ts'

let metrics: MetricsRegistry

beforeEach(() => {
  metrics = createMetrics('all')
})
afterEach(() => metrics.close())

/** The value of a sample; labels in any order. */
async function value(
  name: string,
  labels: Record<string, string> = {},
): Promise<number | undefined> {
  const { body } = await metrics.page()
  const line = body
    .split('\n')
    .find(
      (each) =>
        each.startsWith(`${name}{`) &&
        Object.entries(labels).every(([key, text]) => each.includes(`${key}="${text}"`)),
    )
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')))
}

const gauge = (system: string, change = {}) => ({
  system,
  oldestDueSeconds: 0,
  circuitOpen: false,
  paused: false,
  ...change,
})

describe('metrics', () => {
  it('counts messages at the door by result', async () => {
    metrics.accepted('accepted', 3)
    metrics.accepted('accepted', 2)
    metrics.accepted('duplicate', 1)
    metrics.committed(5)

    expect(await value('hub_messages_accepted_total', { result: 'accepted', role: 'all' })).toBe(5)
    expect(await value('hub_messages_accepted_total', { result: 'duplicate' })).toBe(1)
    expect(await value('hub_accept_batch_messages_sum')).toBe(5)
  })

  it('counts and times attempts and deliveries by system', async () => {
    metrics.attempted('dvcqg', 'delivered', 120)
    metrics.attempted('dvcqg', 'retry', 80)
    metrics.delivered('dvcqg', 1_500)
    metrics.delivered('dvcqg', -3)
    metrics.died('dvcqg', 2)
    metrics.leaseLost('dvcqg', 1)

    expect(await value('hub_attempts_total', { system: 'dvcqg', outcome: 'retry' })).toBe(1)
    expect(await value('hub_attempt_seconds_sum', { system: 'dvcqg' })).toBeCloseTo(0.2)
    expect(await value('hub_delivery_seconds_sum', { system: 'dvcqg' })).toBeCloseTo(1.5)
    expect(await value('hub_delivery_seconds_count', { system: 'dvcqg' })).toBe(2)
    expect(await value('hub_dead_letters_total', { system: 'dvcqg' })).toBe(2)
    expect(await value('hub_leases_lost_total', { system: 'dvcqg' })).toBe(1)
  })

  it('shows the systems as they stand now and forgets those that went', async () => {
    metrics.systems([gauge('a', { oldestDueSeconds: 9, circuitOpen: true }), gauge('b')])
    expect(await value('hub_oldest_due_seconds', { system: 'a' })).toBe(9)
    expect(await value('hub_circuit_open', { system: 'a' })).toBe(1)
    expect(await value('hub_circuit_open', { system: 'b' })).toBe(0)

    metrics.systems([gauge('b', { paused: true })])

    expect(await value('hub_oldest_due_seconds', { system: 'a' })).toBeUndefined()
    expect(await value('hub_system_paused', { system: 'b' })).toBe(1)
  })

  it('keeps its labels few whatever it is told', async () => {
    for (let n = 0; n < 500; n++) metrics.died(`s${n}`, 1)
    const { body } = await metrics.page()

    expect(body.match(/^hub_dead_letters_total\{/gm)).toHaveLength(201)
    expect(await value('hub_dead_letters_total', { system: 'other' })).toBe(300)
  })

  it('measures the event loop and the process', async () => {
    expect(await value('hub_event_loop_lag_seconds', { quantile: '0.99' })).toBeGreaterThanOrEqual(
      0,
    )
    expect(await value('process_resident_memory_bytes')).toBeGreaterThan(1_000_000)
    expect((await metrics.page()).contentType).toContain('text/plain')
  })

  it('exists more than once in a process', async () => {
    const other = createMetrics('worker')
    other.accepted('accepted', 1)
    other.close()

    expect(await value('hub_messages_accepted_total', { result: 'accepted' })).toBeUndefined()
  })
})
