/**
 * The only file that begins a conversation with a database: one connection for each visit, read only, ended by
 * our limit of time or by the signal, whichever comes first. The drivers are loaded when they are first needed.
 */
import { type ConnectorContext, ConnectorError, later } from '../../src/connector/index.ts'
import type { Driver, Link, Phase } from './driver.ts'
import type { DialectName, SqlOptions } from './options.ts'

export type Ask = Link['ask']

export interface SqlClient {
  visit<T>(
    signal: AbortSignal,
    work: (ask: Ask, mayWrite: Link['mayWrite']) => Promise<T>,
  ): Promise<T>
}

const drivers: Readonly<Record<DialectName, () => Promise<Driver>>> = {
  postgresql: async () => (await import('./postgresql.ts')).postgresql,
  mysql: async () => (await import('./mysql.ts')).mysql,
  'sql-server': async () => (await import('./sql-server.ts')).sqlServer,
}

export function createSqlClient(
  { timeoutMs }: ConnectorContext,
  options: SqlOptions,
  names: readonly string[],
): SqlClient {
  return {
    async visit(signal, work) {
      const driver = await drivers[options.dialect]()
      if (signal.aborted) throw later('interrupted')
      const link = driver.link(options)
      let phase: Phase = 'connecting'
      let fail: (error: ConnectorError) => void = () => undefined
      const broken = new Promise<never>((_, reject) => {
        fail = reject
      })
      broken.catch(() => undefined)
      const breakOff = (error: ConnectorError): void => {
        fail(error)
        link.abandon()
      }
      const stop = (): void => breakOff(later('interrupted'))
      const limit = setTimeout(
        () => breakOff(later(phase === 'connecting' ? 'connect-timeout' : 'answer-timeout')),
        timeoutMs,
      )
      signal.addEventListener('abort', stop, { once: true })
      const step = <T>(does: Promise<T>): Promise<T> =>
        Promise.race([
          does.catch((error: unknown) => {
            throw error instanceof ConnectorError ? error : driver.classify(error, phase, names)
          }),
          broken,
        ])
      try {
        await step(link.connect())
        phase = 'asking'
        return await work(
          (statement) => step(link.ask(statement)),
          () => step(link.mayWrite()),
        )
      } finally {
        clearTimeout(limit)
        signal.removeEventListener('abort', stop)
        await link.close()
      }
    },
  }
}
