/**
 * A province under test: hub processes as an operator runs them, between a simulated TTHC system and a
 * simulated portal, with everything that is needed to break them and to judge what came of it.
 */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { account } from '../../connectors/dvcqg/simulator.ts'
import createTthc from '../../connectors/tthc/simulator.ts'
import { startEmbedded } from '../../src/adapters/postgres/embedded/start.ts'
import { openLaw } from '../../src/app/compose/law.ts'
import { openHub } from '../../src/app/compose/open-hub.ts'
import { readConfigFiles } from '../../src/app/config/read-files.ts'
import { toFiles } from '../../src/app/config/to-files.ts'
import { comparePortal } from '../../src/app/demo/check.ts'
import { demoConfiguration } from '../../src/app/demo/configuration.ts'
import type { Hub } from '../../src/app/hub.ts'
import { readSettings } from '../../src/app/settings.ts'
import type { Simulator } from '../../src/connector/index.ts'
import type { Configuration, System } from '../../src/domain/configuration.ts'
import type { IncomingMessage } from '../../src/domain/message.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { type Ended, endProcess, forkHub, hubAddress, processesOf, runHub } from './hub-process.ts'
import { type Portal, startPortal } from './portal.ts'
import { quietLogger } from './quiet-logger.ts'
import { freePort } from './redis.ts'
import { waitUntil } from './wait.ts'

export type Role = 'api' | 'worker' | 'all'

export interface Province {
  readonly folder: string
  /** Where the process that accepts listens; the same after every start. */
  readonly address: string
  /** Of a client that may do everything. */
  readonly key: string
  readonly portal: Portal
  readonly tthc: Simulator
  /** Only when the store is a database of the tests' own server. */
  readonly database: TestDatabase | undefined
  /** Starts a hub process and waits until it is ready. */
  start(role: Role): Promise<ChildProcess>
  /** A command of the CLI with the same environment. */
  run(...args: string[]): Promise<Ended>
  /** Changes the configuration files and applies them with `hub config apply`. */
  configure(change: (portal: System) => System): Promise<Ended>
  /** A question to the operator API. */
  get(path: string): Promise<Readonly<Record<string, unknown>>>
  post(path: string, body: object): Promise<Response>
  /** Deliveries that nobody has finished with, dead ones included. */
  open(): Promise<number>
  /**
   * Waits until nothing is open, then judges: nothing lost, doubled, out of order or differing. Before
   * and after, the pages of dossiers must say what they wait for.
   */
  judge(sent: ReadonlyMap<string, readonly IncomingMessage[]>, timeoutMs?: number): Promise<void>
  /** Ends everything, and fails when something of this province still runs. */
  close(): Promise<void>
}

export interface ProvinceOptions {
  /** `embedded`: the hub's own PostgreSQL. Otherwise a database of the tests' server. */
  readonly embedded?: boolean
  readonly redisUrl?: string
  /** Where its folder is made; default the machine's for temporary files. */
  readonly parent?: string
}

interface DossierPage {
  readonly systems: readonly {
    readonly open: number
    readonly waitsFor: { readonly kind: string; readonly words: { readonly vi: string } }
  }[]
}

const secretName = 'HUB_SECRET_PROVINCE'

/** Everything short, so that a test sees in seconds what takes minutes in a province. */
const hasty = (system: System): System => ({
  ...system,
  timeoutMs: 2_000,
  settleMs: 500,
  circuit: { ...system.circuit, probeEveryMs: 1_000, rampMs: 1_000 },
})

function writeConfiguration(folder: string, configuration: Configuration): void {
  for (const [name, text] of toFiles(configuration)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

async function configurationFor(portal: string, tthc: string): Promise<Configuration> {
  const reading = readConfigFiles('config', await openLaw(undefined))
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  const password = `env:${secretName}`
  const redirects = {
    dvcqg: { adapterUrl: portal, ...account, password },
    tthc: {
      baseUrl: tthc,
      auth: 'oauth2',
      clientId: 'lien-thong-h99',
      clientSecret: password,
      apiKey: undefined,
    },
  }
  const made = demoConfiguration(reading.configuration, redirects, 'http://127.0.0.1')
  return { ...made, systems: made.systems.map(hasty) }
}

async function makeKey(hub: Hub): Promise<string> {
  const act = { actor: 'test', reason: 'Kiểm thử' }
  const everything = { scopes: ['admin'], sources: ['/*'], types: ['*'] }
  await hub.clients.create({ id: 'mot-cua', title: 'Một cửa', ...everything }, act)
  return (await hub.clients.issueKey('mot-cua', 1, act)).key
}

export async function openProvince(options: ProvinceOptions = {}): Promise<Province> {
  const folder = mkdtempSync(join(options.parent ?? tmpdir(), 'hub-e2e-'))
  const [portal, tthc, port] = await Promise.all([
    startPortal(),
    createTthc({ port: 0, forget: true }),
    freePort(),
  ])
  const address = `http://127.0.0.1:${port}`
  const database = options.embedded ? undefined : await createTestDatabase()
  const configDir = join(folder, 'config')
  const env: NodeJS.ProcessEnv = {
    HUB_ENV: 'test',
    HUB_CONFIG_DIR: configDir,
    HUB_DATA_DIR: folder,
    HUB_LOG: 'json',
    HUB_STOP_TIMEOUT_MS: '5000',
    [secretName]: account.password,
    ...(database && { HUB_DATABASE_URL: database.url }),
    ...(options.redisUrl && { HUB_REDIS_URL: options.redisUrl }),
  }
  let configuration = await configurationFor(portal.address, tthc.address)
  writeConfiguration(configDir, configuration)

  const onHub = async <T>(work: (hub: Hub) => Promise<T>): Promise<T> => {
    const secret = (name: string) => env[name]
    const hub = await openHub({
      settings: readSettings(env),
      role: 'console',
      log: quietLogger,
      secret,
    })
    try {
      return await work(hub)
    } finally {
      await hub.close()
    }
  }
  const key = await onHub(makeKey)
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const started: ChildProcess[] = []

  const run = (...args: string[]): Promise<Ended> =>
    runHub(args, { ...env, HUB_LOG_LEVEL: 'error' })
  const get = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
    const response = await fetch(`${address}${path}`, { headers })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return (await response.json()) as Readonly<Record<string, unknown>>
  }
  const open = async (): Promise<number> => {
    const states = ['waiting', 'sending', 'unknown', 'dead', 'held']
    const pages = await Promise.all(
      states.map((state) => get(`/api/v1/deliveries?state=${state}&limit=200`)),
    )
    return pages.reduce((sum, page) => sum + (page.items as unknown[]).length, 0)
  }

  /** The dossier's page says what it waits for, and for nothing once all is done. */
  const explained = async (code: string): Promise<void> => {
    const { systems } = (await get(`/api/v1/dossiers/${code}`)) as unknown as DossierPage
    for (const { open, waitsFor } of systems) {
      expect({ code, open, idle: waitsFor.kind === 'nothing' }).toEqual({
        code,
        open,
        idle: open === 0,
      })
      expect(waitsFor.words.vi).not.toBe('')
    }
  }
  const explainedWhatIsOpen = async (): Promise<void> => {
    for (const state of ['waiting', 'sending', 'unknown']) {
      const page = await get(`/api/v1/deliveries?state=${state}&limit=4`)
      for (const { subject } of page.items as { subject: string }[]) await explained(subject)
    }
  }

  return {
    folder,
    address,
    key,
    portal,
    tthc,
    database,
    async start(role) {
      const httpPort = role === 'worker' ? 0 : port
      const child = forkHub(['start'], { ...env, HUB_ROLE: role, HUB_HTTP_PORT: String(httpPort) })
      started.push(child)
      await hubAddress(child)
      return child
    },
    run,
    configure(change) {
      const systems = configuration.systems.map((system) =>
        system.id === 'dvcqg' ? change(system) : system,
      )
      configuration = { ...configuration, systems }
      writeConfiguration(configDir, configuration)
      return run('config', 'apply', '--reason', 'Kiểm thử')
    },
    get,
    post: (path, body) =>
      fetch(`${address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    open,
    async judge(sent, timeoutMs = 20_000) {
      await explainedWhatIsOpen()
      await waitUntil('nothing is open', open, (count) => count === 0, timeoutMs)
      const found = comparePortal(sent, portal.state())
      expect(found).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0, differing: 0 })
      expect(found.fields).toBeGreaterThan(0)
      const wrong = (await onHub((hub) => hub.verify())).filter((verdict) => !verdict.ok)
      expect(wrong).toEqual([])
      for (const code of [...sent.keys()].slice(0, 3)) await explained(code)
    },
    async close() {
      await Promise.all(started.map((child) => endProcess(child)))
      // The last one to use an embedded PostgreSQL stops it; a killed hub could not.
      if (options.embedded)
        await (await startEmbedded({ dataDir: folder, log: quietLogger })).stop()
      await portal.stop()
      await tthc.stop()
      await database?.close()
      expect(processesOf(folder)).toEqual([])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
