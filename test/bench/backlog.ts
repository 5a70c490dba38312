/**
 * `npm run bench:backlog`: how fast a waiting backlog drains, small against large. Messages are
 * accepted while no worker runs; then a worker starts, and time is taken from its first delivery to
 * its last.
 *
 *   --small N   default 5000
 *   --large N   default 100000
 */
import { parseArgs } from 'node:util'
import { endProcess } from '../support/hub-process.ts'
import type { GeneratorReport } from './generator.ts'
import { forkScript, nextMessage } from './processes.ts'
import { openAcceptedBacklog, openStage, type Stage } from './stage.ts'

const { values: options } = parseArgs({
  options: {
    small: { type: 'string', default: '5000' },
    large: { type: 'string', default: '100000' },
  },
})

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function drainRate(stage: Stage, count: number): Promise<number> {
  const target = forkScript('target.ts')
  const { address } = await nextMessage<{ address: string }>(target)
  const generator = forkScript('generator.ts')
  const backlog = await openAcceptedBacklog(await stage.database('backlog'), address, {
    concurrency: 128,
    runAhead: 16,
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
    return await backlog.recordedPerSecond()
  } finally {
    await backlog.close()
    await endProcess(generator)
    await endProcess(target)
  }
}

const stage = await openStage()
try {
  const rows = []
  // A first one warms the machine up and is not counted.
  await drainRate(stage, 2_000)
  for (const count of [Number(options.small), Number(options.large)])
    rows.push({ waiting: count, 'msg/s': Math.round(await drainRate(stage, count)) })
  const [small, large] = rows
  console.table(rows)
  console.log(`large / small: ${((large?.['msg/s'] ?? 0) / (small?.['msg/s'] ?? 1)).toFixed(2)}`)
} finally {
  await stage.close()
}
