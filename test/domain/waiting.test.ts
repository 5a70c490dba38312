import { describe, expect, it } from 'vitest'
import type { DeliveryState } from '../../src/domain/delivery.ts'
import { errorTable } from '../../src/domain/errors.ts'
import {
  deliveryWaitsFor,
  type LaneSituation,
  laneWaitsFor,
  type SystemSituation,
} from '../../src/domain/waiting.ts'

const now = new Date('2026-03-02T03:00:00Z')
const later = new Date('2026-03-02T03:05:00Z')
const well: SystemSituation = { paused: undefined, circuitOpen: false, maintenance: undefined }

const headed = (
  state: DeliveryState,
  change: Partial<NonNullable<LaneSituation['head']>> = {},
): LaneSituation => ({
  lane: '7',
  head: { number: 3, state, code: null, needsPerson: false, ...change },
  wakeAt: now,
  leased: false,
})

describe('waiting', () => {
  it('waits for nothing when all is delivered, whatever the system does', () => {
    const idle = { lane: '7', head: undefined, wakeAt: null, leased: false }
    const paused = { ...well, paused: { reason: 'x', resumeAt: null } }
    expect(laneWaitsFor(idle, paused, now).kind).toBe('nothing')
  })

  it.each([
    ['turn', headed('waiting'), well],
    ['answer', { ...headed('sending'), leased: true }, well],
    ['retry', { ...headed('waiting', { code: 'target-busy' }), wakeAt: later }, well],
    ['settle', { ...headed('unknown', { code: 'answer-timeout' }), wakeAt: later }, well],
    ['person', headed('dead', { code: 'target-rejected', needsPerson: true }), well],
    ['person', headed('held', { needsPerson: true }), well],
    ['person', headed('unknown', { code: 'outcome-unknown', needsPerson: true }), well],
    ['pause', headed('waiting'), { ...well, paused: { reason: 'chờ chứng thư', resumeAt: later } }],
    ['circuit', headed('waiting', { code: 'target-failed' }), { ...well, circuitOpen: true }],
    [
      'maintenance',
      headed('waiting'),
      { ...well, maintenance: { reason: 'nâng cấp', untilMs: later.getTime() } },
    ],
  ] as const)('says %s in both languages', (kind, lane, system) => {
    const waits = laneWaitsFor(lane, system, now)
    expect(waits.kind).toBe(kind)
    expect(waits.words.vi).toMatch(/\S{2}/)
    expect(waits.words.en).toMatch(/\S{2}/)
    expect(waits.words.vi).not.toBe(waits.words.en)
    expect(`${waits.words.vi}${waits.words.en}`).not.toMatch(/undefined|null|\[object/)
  })

  it('puts a person before the system, the answer before the pause, the pause before the rest', () => {
    const sick: SystemSituation = {
      paused: { reason: 'x', resumeAt: null },
      circuitOpen: true,
      maintenance: { reason: 'y', untilMs: later.getTime() },
    }
    expect(laneWaitsFor(headed('dead'), sick, now).kind).toBe('person')
    expect(laneWaitsFor({ ...headed('sending'), leased: true }, sick, now).kind).toBe('answer')
    expect(laneWaitsFor(headed('waiting'), sick, now).kind).toBe('pause')
    expect(laneWaitsFor(headed('waiting'), { ...sick, paused: undefined }, now).kind).toBe(
      'maintenance',
    )
  })

  it('names the delivery, the cause and what to do when a person must act', () => {
    const waits = laneWaitsFor(headed('dead', { code: 'target-rejected' }), well, now)
    expect(waits).toMatchObject({ delivery: '7.3', code: 'target-rejected' })
    expect(waits.words.vi).toContain(errorTable['target-rejected'].title.vi)
    expect(waits.words.vi).toContain(errorTable['target-rejected'].next.vi)
    expect(waits.words.vi).toContain('7.3')
  })

  it('tells the time in Vietnam to Vietnamese readers', () => {
    const waits = laneWaitsFor({ ...headed('waiting'), wakeAt: later }, well, now)
    expect(waits.until).toBe('2026-03-02T03:05:00.000Z')
    expect(waits.words.vi).toContain('10:05:00')
  })

  it('does not lean on a code that this software does not know', () => {
    const waits = laneWaitsFor(headed('dead', { code: 'of-the-future' }), well, now)
    expect(waits.code).toBeUndefined()
    expect(waits.words.vi).not.toContain('of-the-future')
  })

  it('lets a later delivery wait for the first open one', () => {
    const delivery = { number: 5, state: 'waiting', code: null } as const
    expect(deliveryWaitsFor(delivery, headed('dead'), well, now)).toMatchObject({
      kind: 'earlier',
      delivery: '7.3',
    })
  })

  it('has nothing more to wait for once a delivery is final', () => {
    for (const state of ['delivered', 'superseded', 'discarded'] as const)
      expect(
        deliveryWaitsFor({ number: 1, state, code: null }, headed('dead'), well, now).kind,
      ).toBe('nothing')
  })

  it('gives a dead letter that the lane has passed its own cause, not that of the head', () => {
    const passed = { number: 2, state: 'dead', code: 'payload-invalid' } as const
    const waits = deliveryWaitsFor(passed, headed('waiting', { code: 'target-busy' }), well, now)
    expect(waits).toMatchObject({ kind: 'person', delivery: '7.2', code: 'payload-invalid' })
    expect(waits.words.vi).toContain(errorTable['payload-invalid'].title.vi)
  })

  it('gives a held delivery behind the head to a person', () => {
    const held = { number: 4, state: 'held', code: null } as const
    expect(deliveryWaitsFor(held, headed('waiting'), well, now)).toMatchObject({
      kind: 'person',
      delivery: '7.4',
    })
  })
})
