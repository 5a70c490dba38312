import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canMove,
  type DeliveryState,
  deliveryId,
  deliveryStates,
  finalStates,
  interventions,
  isDeliveryState,
  parseDeliveryId,
  transitions,
} from '../../src/domain/delivery.ts'

describe('delivery', () => {
  it('leaves a final state never, and every other state somehow', () => {
    for (const state of deliveryStates) {
      const final = (finalStates as readonly string[]).includes(state)
      expect([state, transitions[state].length === 0]).toEqual([state, final])
    }
  })

  it('can come to a final state from everywhere', () => {
    const reach = (from: DeliveryState, seen: Set<DeliveryState>): Set<DeliveryState> => {
      for (const to of transitions[from]) if (!seen.has(to)) reach(to, seen.add(to))
      return seen
    }
    for (const state of deliveryStates)
      if (transitions[state].length > 0)
        expect([...reach(state, new Set())]).toEqual(expect.arrayContaining(['delivered']))
  })

  it('sends from waiting only', () => {
    expect(deliveryStates.filter((from) => canMove(from, 'sending'))).toEqual(['waiting'])
  })

  it('never calls delivered what was not sent', () => {
    expect(deliveryStates.filter((from) => canMove(from, 'delivered'))).toEqual([
      'sending',
      'unknown',
    ])
  })

  it.each(Object.entries(interventions))('admits by its table what %s does', (_, { from, to }) => {
    for (const state of from) expect([state, canMove(state, to)]).toEqual([state, true])
  })

  it('knows its states and no others', () => {
    expect(deliveryStates.every(isDeliveryState)).toBe(true)
    expect(isDeliveryState('toString')).toBe(false)
    expect(isDeliveryState('')).toBe(false)
  })

  it('reads back every id it writes', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }),
        fc.integer({ min: 1, max: 999_999_999 }),
        (lane, number) => {
          const place = { lane: String(lane), number }
          expect(parseDeliveryId(deliveryId(place))).toEqual(place)
        },
      ),
    )
  })

  it.each(['', '1', '1.', '.1', '0.1', '1.0', '01.1', '1.1.1', '1.-1', '1.1\n', ' 1.1', '1e3.1'])(
    'refuses %j as an id',
    (id) => expect(parseDeliveryId(id)).toBeUndefined(),
  )

  it('refuses ids that no database number can hold', () => {
    expect(parseDeliveryId(`${'9'.repeat(19)}.1`)).toBeUndefined()
    expect(parseDeliveryId('1.9999999999')).toBeUndefined()
  })
})
