import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'

const waitMs = 60_000

/** One line for each change, until it is interrupted. */
export const live: Handler = async (cli) => {
  await cli.withHub(async (hub) => {
    const listener = await hub.live.listen(cli.actor)
    process.once('SIGINT', listener.end)
    try {
      for (;;) {
        const topics = await listener.next(waitMs)
        if (listener.isOver()) return
        const at = cli.now()
        if (topics.length > 0)
          cli.terminal.out(
            cli.json
              ? JSON.stringify({ at: at.toISOString(), topics })
              : `${cli.time(at)}  ${topics.join(' ')}`,
          )
      }
    } finally {
      process.off('SIGINT', listener.end)
    }
  })
  return exitCodes.ok
}
