import { expect, it } from 'vitest'
import { describeEngine, everyWay } from '../support/backends.ts'
import { createTarget } from '../support/target.ts'

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

describeEngine('drain', everyWay, (bench) => {
  it('sends a lane in order, run-ahead after run-ahead', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.accept('A', ...range(1, 23))
    const worker = await world.worker()
    setTimeout(() => console.log(worker.lines.filter((l) => l.level !== 'info').slice(0, 3)), 3000)
    await world.until('A', Array.from({ length: 23 }, () => 'delivered').join(' '))
    expect(target.sent('A')).toEqual(range(1, 23))
    await worker.stop()
  })
})
