import { expect, it } from 'vitest'
import { describeEngine, everyWay } from '../support/backends.ts'
import { busy, createTarget, lost } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

describeEngine('two workers', everyWay, (bench) => {
  it('never have one lane open twice, and deliver everything once and in order', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { concurrency: 8, settleMs: 5 } })
    const subjects = range(1, 12).map((n) => `S${n}`)
    for (const subject of subjects) {
      target.script(subject, 3, busy, busy)
      target.script(subject, 5, lost)
      target.script(subject, 7, { ...lost, applies: 'now' })
    }
    await world.worker({ beatMs: 100 })
    await world.worker({ beatMs: 100 })
    for (const n of range(1, 10))
      await Promise.all(subjects.map((subject) => world.accept(subject, n)))
    const wanted = range(1, 10)
      .map(() => 'delivered')
      .join(' ')
    for (const subject of subjects) await world.until(subject, wanted)
    for (const subject of subjects) expect(target.applied(subject)).toEqual(range(1, 10))
    expect(target.most.ofOneSubject).toBe(1)
  })

  it('share the concurrency of a system between them', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { concurrency: 5 } })
    const one = await world.worker({ beatMs: 50 })
    const two = await world.worker({ beatMs: 50 })
    await waitUntil('each knows of the other', async () => {
      const rooms = await Promise.all([one.gate.room(0, 1), two.gate.room(0, 1)])
      return (
        rooms
          .map((room) => room.lanes)
          .sort()
          .join() === '2,3'
      )
    })
    await Promise.all(range(1, 60).map((n) => world.accept(`S${n}`, 1)))
    for (const n of range(1, 60)) await world.until(`S${n}`, 'delivered')
    expect(target.most.inAll).toBeLessThanOrEqual(5)
  })

  it('leave the whole of it to the one that stays', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { concurrency: 4 } })
    const one = await world.worker({ beatMs: 50 })
    const two = await world.worker({ beatMs: 50 })
    await waitUntil('they share', async () => (await one.gate.room(0, 1)).lanes === 2)
    await two.stop()
    await waitUntil('one has it all', async () => (await one.gate.room(0, 1)).lanes === 4)
  })

  it('share the rate of a system between them', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { ratePerSecond: 40, concurrency: 20 } })
    const one = await world.worker({ beatMs: 50 })
    const two = await world.worker({ beatMs: 50 })
    await waitUntil('each knows of the other', async () => {
      const rooms = await Promise.all([one.gate.room(0, 1), two.gate.room(0, 1)])
      return rooms.every((room) => room.lanes === 10)
    })
    await Promise.all(range(1, 40).map((n) => world.accept(`S${n}`, 1)))
    for (const n of range(1, 40)) await world.until(`S${n}`, 'delivered')
    const times = target.arrivals.map((one) => one.atMs)
    const seconds = (Math.max(...times) - Math.min(...times)) / 1000
    // Forty at forty a second, if two processes do not each take the whole rate.
    expect(seconds).toBeGreaterThan(0.85)
  })

  it('keep to the rate in every second while a backlog drains, and use it', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { ratePerSecond: 50, concurrency: 20 } })
    await Promise.all(range(1, 300).map((n) => world.accept(`T${n}`, 1)))
    await world.worker({ beatMs: 50 })
    await world.worker({ beatMs: 50 })
    await waitUntil('all have arrived', () => target.arrivals.length >= 300, Boolean, 20_000)
    // What is sent before the two know of each other is left out.
    const times = target.arrivals.map(({ atMs }) => atMs).slice(20)
    const inSecondAfter = times.map(
      (from) => times.filter((at) => at >= from && at < from + 1_000).length,
    )
    expect(Math.max(...inSecondAfter)).toBeLessThanOrEqual(55)
    expect((1000 * times.length) / ((times.at(-1) ?? 0) - (times[0] ?? 0))).toBeGreaterThan(40)
  })
})
