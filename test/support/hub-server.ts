/**
 * A whole hub in this process, on a database of its own, that serves the API over real HTTP: for tests of
 * what goes through it from door to system. What must survive a kill is tested on processes (province.ts).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHub } from '../../src/app/compose/serve.ts'
import {
  completeJob,
  completeSystem,
  type JobFile,
  type SystemFile,
} from '../../src/app/config/defaults.ts'
import type { Hub } from '../../src/app/hub.ts'
import { readSettings } from '../../src/app/settings.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { keepingLogger, type LogLine } from './quiet-logger.ts'

export interface TestHub {
  readonly hub: Hub
  readonly address: string
  /** HUB_DATA_DIR. */
  readonly folder: string
  readonly database: TestDatabase
  readonly lines: readonly LogLine[]
  /** Of another process on the same store. */
  readonly env: NodeJS.ProcessEnv
  /** A key of a new client with these rights. */
  key(...scopes: readonly string[]): Promise<string>
  ask(
    method: string,
    path: string,
    options: {
      readonly key: string
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
      readonly signal?: AbortSignal
    },
  ): Promise<{ status: number; headers: Headers; json: Record<string, unknown> }>
  /** A new revision with these systems. */
  configure(systems: readonly SystemFile[]): Promise<void>
  /** Stops the hub, does what is to happen meanwhile, and starts it on the same store; keys stay good. */
  restart(meanwhile?: () => Promise<unknown>): Promise<void>
  close(): Promise<void>
}

export interface TestHubOptions {
  readonly systems: readonly SystemFile[]
  readonly jobs?: readonly JobFile[]
  /** `api`: others send and pull; see `env`. Default: all. */
  readonly role?: 'all' | 'api'
  /** `env:NAME` in the options of a system. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Connectors and schemas of the province. */
  readonly extensionsDir?: string
  /** What whoever starts the hub is shown, and no log. */
  readonly show?: (line: string) => void
  /** More settings. */
  readonly env?: Readonly<Record<string, string>>
}

const act = { actor: 'test', reason: 'Kiểm thử' }

export async function openTestHub(options: TestHubOptions): Promise<TestHub> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-server-'))
  const database = await createTestDatabase()
  const { log, lines } = keepingLogger()
  const env = {
    HUB_ENV: 'test',
    HUB_DATABASE_URL: database.url,
    HUB_DATA_DIR: folder,
    HUB_HTTP_PORT: '0',
    HUB_STOP_TIMEOUT_MS: '2000',
    ...(options.extensionsDir && { HUB_EXTENSIONS_DIR: options.extensionsDir }),
    ...options.env,
  }
  const settings = readSettings({ ...env, HUB_ROLE: options.role ?? 'all' })
  const start = () =>
    startHub({
      settings,
      log: { ...log, flush: () => undefined },
      secret: (name) => options.secrets?.[name],
      ...(options.show && { show: options.show }),
      adapt: (configuration) => ({
        ...configuration,
        systems: options.systems.map(completeSystem),
        jobs: (options.jobs ?? []).map(completeJob),
      }),
    })
  let running = await start()
  let clients = 0
  return {
    get hub() {
      return running.hub
    },
    get address() {
      return running.address ?? ''
    },
    folder,
    database,
    lines,
    env: { ...env, ...options.secrets },
    async key(...scopes) {
      const id = `client-${++clients}`
      await running.hub.clients.create({ id, title: id, scopes, sources: ['*'], types: ['*'] }, act)
      return (await running.hub.clients.issueKey(id, 1, act)).key
    },
    async ask(method, path, { key, body, headers, signal }) {
      const response = await fetch(running.address + path, {
        method,
        headers: {
          'x-api-key': key,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      })
      const text = await response.text()
      const json = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
      return { status: response.status, headers: response.headers, json }
    },
    async configure(systems) {
      const configuration = running.hub.revisions.running()?.configuration
      if (!configuration) throw new Error('the hub has no configuration')
      const next = { ...configuration, systems: systems.map(completeSystem) }
      await running.hub.revisions.apply(next, act)
    },
    async restart(meanwhile) {
      await running.stop()
      await meanwhile?.()
      running = await start()
    },
    async close() {
      await running.stop()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
