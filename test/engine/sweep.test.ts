import { expect, it } from 'vitest'
import { type Bench, describeEngine, everyWay } from '../support/backends.ts'
import { busy, createTarget } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const beat = { beatMs: 1_000 }
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

function lostWakeups(bench: Bench): void {
  it('finds within two seconds what no wake-up told of', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.worker(beat)
    await world.acceptSilently('A', 1)
    const from = performance.now()
    await world.until('A', 'delivered')
    expect(performance.now() - from).toBeLessThan(2_000)
  })

  it('delivers everything while the queue is wiped again and again', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.worker(beat)
    const tables = await bench.database().sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname = 'hub_wakeups' and tablename not like '%migration%'`,
    )
    const wipe = async (): Promise<void> => {
      if (bench.wakeups === 'redis') await bench.redis().flush()
      if (bench.wakeups !== 'postgres') return
      const truncate = `truncate ${tables.map((one) => one.name).join()} cascade`
      // The library and this may lock each other out; then this is the one to give way.
      await waitUntil('the queue is wiped', () =>
        bench
          .database()
          .sql(truncate)
          .then(() => true)
          .catch((error: Error) =>
            /deadlock/.test(error.message) ? false : Promise.reject(error),
          ),
      )
    }
    const from = performance.now()
    for (const n of range(1, 10)) await Promise.all([world.accept(`S${n}`, 1, 2), wipe()])
    for (const n of range(1, 10)) await world.until(`S${n}`, 'delivered delivered')
    expect(performance.now() - from).toBeLessThan(10_000)
    for (const n of range(1, 10)) expect(target.sent(`S${n}`)).toEqual([1, 2])
  })

  it('goes on while Redis is away, and is quick again when it is back', async () => {
    if (bench.wakeups !== 'redis') return expect(() => bench.redis()).toThrow()
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    const worker = await world.worker(beat)
    await bench.redis().kill()
    await world.accept('A', 1)
    await world.until('A', 'delivered')
    await bench.redis().start()
    await waitUntil('a wake-up arrives by Redis', async () => {
      await world.accept('B', (await world.rows('B')).length + 1)
      return (worker.wakeups?.quietForMs() ?? 0) < 200
    })
  })
}

function timers(bench: Bench): void {
  it('meets the time of a retry, not the next beat after it', async () => {
    const target = createTarget({ repeat: 'ask' })
    const retry = { stepsSeconds: [0.7, 1.3], giveUpAfterHours: 1 }
    const world = await bench.world({ target, system: { retry } })
    target.script('A', 1, busy, busy)
    await world.accept('A', 1)
    await world.worker(beat)
    const { lane } = await world.place('A', 1)
    const late: number[] = []
    for (const tries of [1, 2]) {
      const [row] = await waitUntil(
        `try ${tries} has failed`,
        () =>
          bench.database().sql<{ at: Date }>(
            `select l.wake_at as at from hub.lane l join hub.delivery d on d.lane = l.id
             where l.id = $1 and d.tries = $2 and d.state = 'waiting'`,
            [lane, tries],
          ),
        (rows) => rows.length === 1,
      )
      const dueMs = row?.at.getTime() ?? 0
      await waitUntil('it is tried again', () => target.arrivals.length > tries)
      const arrival = target.arrivals[tries]
      late.push(Date.now() - performance.now() + (arrival?.atMs ?? 0) - dueMs)
    }
    // Never before its time, and not a beat later. (The clocks of both are one machine's.)
    for (const ms of late) {
      expect(ms).toBeGreaterThanOrEqual(-2)
      expect(ms).toBeLessThan(700)
    }
  })

  it('leaves nothing behind when it stops', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    const worker = await world.worker(beat)
    const listed = () =>
      bench.database().sql('select id from hub.process where id = $1', [worker.id])
    expect(await listed()).toHaveLength(1)
    await worker.stop()
    expect(await listed()).toEqual([])
    await world.accept('A', 1)
    expect(await world.states('A')).toBe('waiting')
  })
}

describeEngine('sweep', everyWay, (bench) => {
  lostWakeups(bench)
  timers(bench)
})
