/**
 * When a retry is due is the store's word: whatever the clocks of the workers say, and though every wake-up is
 * lost meanwhile. `DUE_RETRIES=10000` for the long form.
 */
import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Clock } from '../../src/engine/ports/clock.ts'
import { describeEngine, everyWay } from '../support/backends.ts'
import { clock } from '../support/engine.ts'
import { busy, createTarget } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'
import { emptyWakeupTables } from '../support/wakeup-tables.ts'

const count = Number(process.env.DUE_RETRIES ?? 300)
/** All are to be refused before the first is due again. */
const waitSeconds = 2 + Math.floor(count / 100)
/** Behind its time: what is due at once is sent at once, and thousands take their time. */
const latestMs = 6_000 + count * 10
const limitMs = 60_000 + count * 20

const off = (minutes: number): Clock => ({
  now: () => new Date(Date.now() + minutes * 60_000),
  monotonicMs: clock.monotonicMs,
})

describeEngine('due times', everyWay, (bench) => {
  it(
    'are the same for workers whose clocks are ten minutes apart, and survive a lost queue',
    async () => {
      const target = createTarget({ repeat: 'ask' })
      const world = await bench.world({
        target,
        system: { concurrency: 50, retry: { stepsSeconds: [waitSeconds], giveUpAfterHours: 1 } },
      })
      const subjects = Array.from({ length: count }, (_, n) => `S${n}`)
      for (const subject of subjects) target.script(subject, 1, busy)
      await world.worker({ clock: off(-5) })
      await world.worker({ clock: off(5) })
      for (let from = 0; from < count; from += 100)
        await Promise.all(subjects.slice(from, from + 100).map((one) => world.accept(one, 1)))
      const { sql } = bench.database()
      const due = new Map<string, number>()
      const refused = async (): Promise<number> => {
        const rows = await sql<{ subject: string; due: Date }>(
          `select l.subject, l.wake_at as due from hub.lane l join hub.delivery d on d.lane = l.id
         where l.system = '${world.system.id}' and d.tries = 1 and l.wake_at is not null`,
        )
        for (const row of rows) due.set(row.subject, row.due.getTime())
        // Reading thousands of rows over and over would be most of the load.
        await setTimeout(count / 50)
        return due.size
      }
      await waitUntil('each has been refused once', refused, (seen) => seen === count, limitMs)
      if (bench.wakeups === 'postgres') await emptyWakeupTables(sql, 'without notes')
      if (bench.wakeups === 'redis') await bench.redis().flush()
      const second = () => target.arrivals.filter(({ attempt }) => attempt === 2)
      await waitUntil(
        'each was sent again',
        () => second().length,
        (seen) => seen === count,
        limitMs,
      )
      // Arrivals are told by the monotonic clock.
      const toWall = Date.now() - performance.now()
      const late = second().map(({ subject, atMs }) => atMs + toWall - (due.get(subject) ?? 0))
      expect(Math.min(...late)).toBeGreaterThan(-100)
      expect(Math.max(...late)).toBeLessThan(latestMs)
    },
    200_000 + 3 * limitMs,
  )
})
