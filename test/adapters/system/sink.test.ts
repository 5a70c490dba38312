import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'

const logger = new URL('../../../src/adapters/system/logger.ts', import.meta.url).href

/** Logs without end, and says by IPC that it still lives; ends by itself on SIGTERM. */
const script = `
const { openSink } = await import(${JSON.stringify(logger)})
const sink = openSink(1)
setInterval(() => { sink.write('line\\n'); sink.flush() }, 5)
setInterval(() => process.send('alive'), 20)
process.on('SIGTERM', () => process.exit(0))
`

describe('log sink', () => {
  it('lets the process live, and end, when nobody reads its log any more', async () => {
    const child = spawn(
      process.execPath,
      ['--import', 'ts-blank-space/register', '--input-type=module', '-e', script],
      { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
    )
    await once(child, 'message')
    child.stdout?.destroy()
    for (let n = 0; n < 10; n++) await once(child, 'message')
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
  }, 20_000)
})
