/**
 * `npm run bench:scale`: what becomes of rate and latency when something grows. Along each axis the
 * variants stay up side by side and are loaded in turn; ratios are to the first of them. Ends with 1
 * where the cost of a message grows with the backlog or the history, or a hot dossier holds up others.
 *
 *   --only AXES     sizes, batches, systems, processes, history, backlog, lanes; separated by commas (default all)
 *   --rounds N      rounds of bursts and windows (default 5)
 *   --history N     finished deliveries of the longest history, each a dossier's (default 3000000)
 *   --backlog N     messages of the largest backlog (default 1000000)
 *   --json          the figures as JSON
 */
import { parseArgs } from 'node:util'
import { forkScript } from '../support/fork-script.ts'
import { endProcess } from '../support/hub-process.ts'
import { type Axis, axes } from './axes.ts'
import type { Contestant } from './contestants.ts'
import { openStage } from './stage.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(axes).join() },
    rounds: { type: 'string', default: '5' },
    history: { type: 'string', default: '3000000' },
    backlog: { type: 'string', default: '1000000' },
    json: { type: 'boolean', default: false },
  },
})

async function measure(name: string, axis: Axis): Promise<boolean> {
  const stage = await openStage()
  const generator = forkScript('test/bench/generator.ts')
  const contestants: Contestant[] = []
  try {
    const { rows, missed } = await axis({
      stage,
      generator,
      contestants,
      rounds: Number(options.rounds),
      history: Number(options.history),
      backlog: Number(options.backlog),
    })
    if (options.json) process.stdout.write(`${JSON.stringify({ axis: name, rows, missed })}\n`)
    else {
      console.log(`\n${name}`)
      console.table(rows)
      for (const aim of missed) console.log(`missed: ${aim}`)
    }
    return missed.length === 0
  } finally {
    for (const contestant of contestants) await contestant.close()
    await endProcess(generator)
    await stage.close()
  }
}

for (const name of options.only.split(',')) {
  const axis = axes[name]
  if (!axis) throw new Error(`no axis is called ${name}; there are ${Object.keys(axes).join(', ')}`)
  process.stderr.write(`${name}\n`)
  if (!(await measure(name, axis))) process.exitCode = 1
}
