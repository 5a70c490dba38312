import { createLogger, openSink, type ProcessLogger } from '../../adapters/system/logger.ts'

/** The demo talks to the terminal itself; the hub's own log goes to a file. */
export const createDemoLog = (path: string): ProcessLogger =>
  createLogger({ level: 'info', format: 'json', destination: openSink(path) })
