/** A running hub: opened, listening, and stopped in order when it is told to. */
import type { AddressInfo } from 'node:net'
import type { ProcessLogger } from '../../adapters/system/logger.ts'
import type { Configuration } from '../../domain/configuration.ts'
import { HubError } from '../../domain/errors.ts'
import { readConfigFiles } from '../config/read-files.ts'
import { closeServer, createServer } from '../http/server.ts'
import type { Hub } from '../hub.ts'
import type { ProcessSettings } from '../settings.ts'
import { readConsoleFiles } from './console-files.ts'
import { createHttpTools } from './http-tools.ts'
import { openLaw } from './law.ts'
import { openHub } from './open-hub.ts'

interface ServeOptions {
  readonly settings: ProcessSettings
  readonly log: ProcessLogger
  readonly secret: (name: string) => string | undefined
  /** Makes another configuration of that in the files, and applies it at every start (the demo). */
  readonly adapt?: (configuration: Configuration) => Configuration
  /** Shows what may be in no log to whoever starts the process: the link of the first administrator. */
  readonly show?: (line: string) => void
}

export interface RunningHub {
  readonly hub: Hub
  /** Where it listens; undefined in a process that only sends. */
  readonly address: string | undefined
  stop(): Promise<void>
}

/**
 * The files of `config/` become the first revision. Later they count only when they are applied
 * (`hub config apply`): a restart must not undo what an operator has changed since.
 */
async function applyFirstConfiguration(hub: Hub, { settings, adapt }: ServeOptions): Promise<void> {
  if (hub.revisions.running() && !adapt) return
  const law = await openLaw(settings.extensionsDir, settings.expressions)
  const reading = readConfigFiles(settings.configDir, law)
  if (!reading.ok)
    throw new HubError('config-invalid', {
      detail: {
        vi: `Cấu hình trong ${settings.configDir} chưa đúng.`,
        en: `The configuration in ${settings.configDir} is not valid.`,
      },
      faults: reading.faults.map((fault) => ({
        ...fault,
        pointer: `${fault.file}:${fault.line} ${fault.pointer}`,
      })),
    })
  const act = { actor: 'hub', reason: 'Cấu hình đầu tiên, từ thư mục config' }
  const configuration = adapt?.(reading.configuration) ?? reading.configuration
  await hub.revisions.apply(configuration, act)
}

/** Nobody has an account by default, so whoever starts the hub first is shown the way in. */
async function showFirstLink(hub: Hub, { settings, show }: ServeOptions): Promise<void> {
  if (settings.role === 'worker' || settings.signInLocal === 'off' || !show) return
  const link = await hub.people.first()
  if (!link) return
  show(
    settings.language === 'en'
      ? `Nobody can sign in yet. To set the password of "${link.user}" open this once, before ${link.expiresAt}:\n  ${link.url}`
      : `Chưa có ai đăng nhập được. Đặt mật khẩu cho "${link.user}" bằng đường dẫn dùng một lần này, trước ${link.expiresAt}:\n  ${link.url}`,
  )
}

/** Opens the hub of this process and, unless it only sends, listens. */
export async function startHub(options: ServeOptions): Promise<RunningHub> {
  const { settings, log, secret } = options
  log.info('process.starting', {
    role: settings.role,
    embedded: settings.databaseUrl === undefined,
  })
  const hub = await openHub({ settings, role: settings.role, log, secret })
  try {
    await applyFirstConfiguration(hub, options)
    await hub.start()
    const law = await openLaw(settings.extensionsDir, settings.expressions)
    // Now, and not in the middle of the first request of each type.
    law.registry.compileTypes()
    const server = createServer(hub, {
      tools: createHttpTools(law),
      console: readConsoleFiles(),
      onServed: hub.served,
      trustedProxies: settings.trustedProxies,
      linkRates: { address: settings.linkRateAddress, token: settings.linkRateToken },
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(settings.httpPort, settings.httpHost, resolve)
    })
    const { port } = server.address() as AddressInfo
    const address = `http://${settings.httpHost.includes(':') ? `[${settings.httpHost}]` : settings.httpHost}:${port}`
    log.info('process.ready', { address, role: settings.role })
    await showFirstLink(hub, options)
    return {
      hub,
      address,
      async stop() {
        log.info('process.stopping', {})
        hub.live.stop()
        await closeServer(server, settings.stopTimeoutMs)
        await hub.close()
        log.info('process.stopped', {})
      },
    }
  } catch (error) {
    await hub.close()
    throw error
  }
}

/**
 * A process that has stopped, or could not start, ends, whatever a library still waits for: after
 * PostgreSQL was away, BullMQ keeps an hour's timer. Unreferenced, so that it delays nobody who ends by himself.
 */
export const endSoon = (): void => void setTimeout(() => process.exit(), 1_000).unref()

/** Runs until SIGTERM or SIGINT; a second one ends the process at once. */
export async function serve(options: ServeOptions): Promise<void> {
  const { log } = options
  process.on('uncaughtException', (error) => {
    log.error('process.fault', {}, error)
    log.flush()
    process.exit(70)
  })
  process.on('unhandledRejection', (error) => log.error('process.fault', {}, error))
  const running = await startHub(options).catch((error: unknown) => {
    endSoon()
    throw error
  })
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => {
        process.on(signal, () => process.exit(1))
        resolve()
      })
  })
  await running.stop()
  log.flush()
  endSoon()
}
