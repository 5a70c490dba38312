import type { Handler } from '../define.ts'
import { type ExitCode, exitCodes } from '../exit.ts'

/** Answers when the hub has been told to stop and has stopped. */
export const start: Handler = async (cli) => {
  await cli.ports.start(cli.settings())
  return exitCodes.ok
}

export const demo: Handler<{ readonly once?: boolean }> = async (cli, _args, options) => {
  const sound = await cli.ports.demo({ once: options.once ?? false })
  const code: ExitCode = sound ? exitCodes.ok : exitCodes.fault
  return code
}
