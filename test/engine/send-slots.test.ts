import { describe, expect, it } from 'vitest'
import { createSendSlots } from '../../src/engine/lanes/send-slots.ts'

function setUp(limit: number) {
  const at = { limit }
  const slots = createSendSlots(() => at.limit)
  const sent: string[] = []
  const take = (message: string) => void slots.take(message).then(() => sent.push(message))
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { at, slots, sent, take, settled }
}

describe('send slots', () => {
  it('lets no more be under way than the limit', async () => {
    const { slots, sent, take, settled } = setUp(2)
    for (const message of ['a', 'b', 'c']) take(message)
    await settled()
    expect(sent).toEqual(['a', 'b'])
    slots.give()
    await settled()
    expect(sent).toEqual(['a', 'b', 'c'])
  })

  it('serves the oldest message first, whoever came first', async () => {
    const { slots, sent, take, settled } = setUp(1)
    for (const message of ['first', 'm3', 'm1', 'm2']) take(message)
    for (let n = 0; n < 4; n++) {
      await settled()
      slots.give()
    }
    expect(sent).toEqual(['first', 'm1', 'm2', 'm3'])
  })

  it('follows a limit that grows, and one that shrinks, as slots are given back', async () => {
    const { at, slots, sent, take, settled } = setUp(1)
    for (const message of ['a', 'b', 'c', 'd', 'e']) take(message)
    at.limit = 3
    slots.give()
    await settled()
    expect(sent).toEqual(['a', 'b', 'c', 'd'])
    at.limit = 1
    slots.give()
    slots.give()
    await settled()
    expect(sent).toEqual(['a', 'b', 'c', 'd'])
    slots.give()
    await settled()
    expect(sent).toHaveLength(5)
  })

  it('begins only some of many in one turn of the event loop', async () => {
    const { slots, sent, take, settled } = setUp(100)
    for (let n = 0; n < 70; n++) take(`m${String(n).padStart(2, '0')}`)
    await Promise.resolve()
    expect(sent).toHaveLength(32)
    await settled()
    expect(sent).toHaveLength(64)
    await settled()
    expect(sent).toHaveLength(70)
    slots.give()
  })

  it('goes to an older message that is asked for right after one was given back', async () => {
    const { slots, sent, take, settled } = setUp(1)
    for (const message of ['m0', 'm2']) take(message)
    await settled()
    slots.give()
    take('m1')
    await settled()
    expect(sent).toEqual(['m0', 'm1'])
  })

  it('lets everybody through when it is stopped', async () => {
    const { slots, sent, take, settled } = setUp(1)
    for (const message of ['a', 'b', 'c']) take(message)
    slots.stop()
    await settled()
    expect(sent).toEqual(['a', 'b', 'c'])
  })
})
