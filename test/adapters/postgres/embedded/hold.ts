/** A hub in miniature, in a process of its own: holds an embedded server until its input ends. */
import { startEmbedded } from '../../../../src/adapters/postgres/embedded/start.ts'
import type { Logger } from '../../../../src/domain/log-events.ts'

const options = JSON.parse(process.argv[2] ?? '{}')
const log: Logger = { info() {}, warn() {}, error() {}, child: () => log }
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

try {
  const server = await startEmbedded({ log, ...options })
  const { url, socketUrl, port, pid, fresh, attached } = server
  say({ url, socketUrl, port, pid, fresh, attached })
  process.stdin.resume().once('end', async () => {
    say({ left: await server.stop() })
    process.exit(0)
  })
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) })
  process.exit(1)
}
