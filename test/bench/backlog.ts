/**
 * `npm run bench:backlog`: how fast a waiting backlog drains, small against large. Messages are
 * accepted while no worker runs; then a worker starts, warms up on the first 4,000, and time is taken
 * from there to its last delivery. The small one is measured before and after the large one, because
 * machines change their speed. Ends with 1 below 0.9.
 *
 *   --small N   default 5000
 *   --large N   default 100000
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { forkScript, nextMessage } from '../support/fork-script.ts'
import { endProcess } from '../support/hub-process.ts'
import type { GeneratorReport } from './generator.ts'
import { openAcceptedBacklog, openStage, type Stage, warmUp } from './stage.ts'

const { values: options } = parseArgs({
  options: {
    small: { type: 'string', default: '5000' },
    large: { type: 'string', default: '100000' },
  },
})

async function drainRate(stage: Stage, waiting: number): Promise<number> {
  const count = waiting + warmUp
  const target = forkScript('test/bench/target.ts')
  const { address } = await nextMessage<{ address: string }>(target)
  const generator = forkScript('test/bench/generator.ts')
  const backlog = await openAcceptedBacklog(await stage.database('backlog'), address, {
    concurrency: 128,
    runAhead: 64,
  })
  try {
    generator.send({
      port: backlog.port,
      key: backlog.key,
      count,
      spread: 'own',
      run: 'backlog',
      after: 0,
      connections: 64,
      perSecond: undefined,
    })
    const { refused } = await nextMessage<GeneratorReport>(generator)
    if (refused > 0) throw new Error(`${refused} of ${count} were refused`)
    await backlog.startWorker()
    const deadline = Date.now() + 900_000
    while ((await backlog.recorded()) < count && Date.now() < deadline) await pause(100)
    return await backlog.recordedPerSecond(warmUp)
  } finally {
    await backlog.close()
    await endProcess(generator)
    await endProcess(target)
  }
}

const stage = await openStage()
try {
  const small = Number(options.small)
  const rows = []
  for (const waiting of [small, Number(options.large), small])
    rows.push({ waiting, 'msg/s': Math.round(await drainRate(stage, waiting)) })
  console.table(rows)
  const [before = 1, large = 0, after = 1] = rows.map((row) => row['msg/s'])
  const ratio = large / ((before + after) / 2)
  console.log(`large / small: ${ratio.toFixed(2)}`)
  process.exitCode = ratio >= 0.9 ? 0 : 1
} finally {
  await stage.close()
}
