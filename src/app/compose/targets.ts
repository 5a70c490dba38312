/** The systems of a revision, each with a connector that can speak to it, or the reason why not. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createCodeTables } from '../../adapters/connectors/code-tables.ts'
import { createContext } from '../../adapters/connectors/context.ts'
import { createHttpClient, type SystemHttpClient } from '../../adapters/http/client.ts'
import type { Keyring } from '../../adapters/system/keyring.ts'
import type { CheckStep, Connector, Evaluate } from '../../connector/contract.ts'
import type { ConnectorFiles } from '../../connector/files.ts'
import { type Manifest, manifestFor, operationFor } from '../../connector/manifest.ts'
import type { SharedSession } from '../../connector/session.ts'
import type { Configuration, System, SystemTls } from '../../domain/configuration.ts'
import { type Fault, HubError, type Words } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import type { Target } from '../../engine/lane-run.ts'
import type { Clock } from '../../engine/ports.ts'
import { resolveSecrets, type SecretSource } from '../config/secrets.ts'
import type { Hub } from '../hub.ts'
import type { ProcessSettings } from '../settings.ts'
import type { Law } from './law.ts'

interface TargetsDependencies {
  readonly law: Law
  readonly settings: ProcessSettings
  readonly keyring: Keyring
  readonly clock: Clock
  readonly log: Logger
  readonly secret: (name: string) => string | undefined
  readonly sharedSession: (system: string, account: string) => SharedSession
  /** Undefined: expressions are switched off. */
  readonly evaluate: Evaluate | undefined
  readonly files: (owner: { system: string; publicUrl: string }) => ConnectorFiles
}

interface Built {
  /** Everything the connector was made from; the same text needs no new one. */
  readonly recipe: string
  readonly target: Target
  readonly http: SystemHttpClient
}

export interface Targets {
  /** Builds what has changed, keeps what has not; systems that cannot be built are left out. */
  build(configuration: Configuration): Promise<ReadonlyMap<string, Target>>
  isSnapshot(system: string, type: string): boolean
  isPrompt(system: string, pull: string): boolean
  connector(system: string): Connector | undefined
  /** Why a system cannot be used, in words. */
  problem(system: string): Words | null
  mustExist(system: string): void
  /** Throws `not-found`, or `system-misconfigured` with its problem. */
  target(system: string): Target
  check(system: string, signal: AbortSignal): Promise<readonly CheckStep[]>
  doors: Hub['systems']['doors']
  /** Closes connectors of former revisions once nothing is in work under them. */
  closeUnused(inUse: (target: Target) => boolean): void
  close(): Promise<void>
}

/** Every http(s) address among the options: the only places this system's connector may speak to. */
function originsOf(value: unknown): string[] {
  if (typeof value === 'string')
    return /^https?:\/\//.test(value) && URL.canParse(value) ? [new URL(value).origin] : []
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(originsOf)
  return []
}

const summary = (faults: readonly Fault[], language: 'vi' | 'en'): string =>
  faults.map((fault) => `${fault.pointer}: ${fault[language]}`).join('; ')

const misconfigured = (words: Words, faults: readonly Fault[] = []): HubError =>
  new HubError('system-misconfigured', { detail: words, faults })

const withFaults = (vi: string, en: string, faults: readonly Fault[]): HubError =>
  misconfigured(
    { vi: `${vi} ${summary(faults, 'vi')}`, en: `${en} ${summary(faults, 'en')}` },
    faults,
  )

function secretSource({ settings, secret }: TargetsDependencies): SecretSource {
  return {
    environment: secret,
    file: (path) => {
      try {
        return readFileSync(resolve(settings.configDir, path), 'utf8')
      } catch {
        return undefined
      }
    },
  }
}

/** Throws `system-misconfigured` naming the file that cannot be read. */
function readTls(tls: SystemTls, folder: string): { ca?: string; cert?: string; key?: string } {
  const read = (path: string | undefined): string | undefined => {
    if (path === undefined) return undefined
    try {
      return readFileSync(resolve(folder, path), 'utf8')
    } catch {
      throw misconfigured({
        vi: `Không đọc được tệp TLS ${path}.`,
        en: `The TLS file ${path} cannot be read.`,
      })
    }
  }
  const ca = read(tls.caFile)
  const cert = read(tls.certFile)
  const key = read(tls.keyFile)
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
}

const closeEveryMs = 1_000

export function createTargets(deps: TargetsDependencies): Targets {
  const { law, log, settings } = deps
  let configuration: Configuration | undefined
  let built = new Map<string, Built>()
  let problems = new Map<string, Words>()
  let former: Built[] = []
  let closing: NodeJS.Timeout | undefined

  const make = (system: System, whole: Configuration, recipe: string): Built => {
    const broken = law.shelf.broken.get(system.connector)
    if (broken) throw broken.problem
    const loaded = law.shelf.connectors.get(system.connector)
    if (!loaded)
      throw misconfigured({
        vi: `Không có connector ${system.connector}.`,
        en: `There is no connector ${system.connector}.`,
      })
    const resolved = resolveSecrets(loaded.manifest.options, system.options, secretSource(deps))
    if (!resolved.ok)
      throw withFaults('Thiếu bí mật của hệ thống.', 'Secrets are missing.', resolved.faults)
    const faults = law.validateAgainst(loaded.manifest.options, resolved.options)
    if (faults.length > 0)
      throw withFaults('Tham số của hệ thống chưa đúng.', 'The options are not valid.', faults)
    const publicUrl = settings.publicUrl ?? whole.hub.publicUrl
    const files = deps.files({ system: system.id, publicUrl })
    const http = createHttpClient({
      allowedOrigins: originsOf(resolved.options),
      timeoutMs: system.timeoutMs,
      files,
      ...(system.tls && { tls: readTls(system.tls, settings.configDir) }),
      sockets: { max: system.concurrency + 4 },
    })
    const context = createContext({
      system: system.id,
      options: resolved.options,
      province: whole.hub.province,
      publicUrl,
      http,
      files,
      timeoutMs: system.timeoutMs,
      clock: deps.clock,
      log,
      codes: createCodeTables(whole.codes),
      evaluate: deps.evaluate,
      validate: law.validate,
      seal: (text) => deps.keyring.seal(`system:${system.id}`, text),
      open: (sealed) => deps.keyring.open(`system:${system.id}`, sealed),
      sharedSession: (account) =>
        deps.sharedSession(system.id, account ?? JSON.stringify(resolved.options)),
    })
    const connector = loaded.create(context)
    const manifest = manifestFor(loaded.manifest, resolved.options)
    return { recipe, http, target: { system, manifest, connector } }
  }

  /** By the configuration: a process that lacks this system's secrets must say the same. */
  const manifestOf = (system: string): Manifest | undefined => {
    const known = configuration?.systems.find((one) => one.id === system)
    const manifest = known && law.shelf.connectors.get(known.connector)?.manifest
    return manifest && manifestFor(manifest, known.options)
  }

  const closeOne = async ({ target, http }: Built): Promise<void> => {
    await target.connector.close()
    http.close()
  }

  const targets: Targets = {
    async build(next) {
      const fresh = new Map<string, Built>()
      const troubled = new Map<string, Words>()
      for (const system of next.systems) {
        const recipe = JSON.stringify([system, next.codes, next.hub.province, next.hub.publicUrl])
        const known = built.get(system.id)
        try {
          fresh.set(system.id, known?.recipe === recipe ? known : make(system, next, recipe))
        } catch (error) {
          const words =
            error instanceof HubError && error.detail
              ? error.detail
              : { vi: 'Connector lỗi khi khởi tạo.', en: 'The connector failed to start.' }
          troubled.set(system.id, words)
          log.warn('system.misconfigured', { system: system.id, reason: words.en })
          if (!(error instanceof HubError))
            log.error('connector.broken', { system: system.id }, error)
        }
      }
      former.push(...[...built.values()].filter((one) => fresh.get(one.target.system.id) !== one))
      configuration = next
      built = fresh
      problems = troubled
      return new Map([...fresh].map(([id, { target }]) => [id, target]))
    },
    isSnapshot(system, type) {
      const manifest = manifestOf(system)
      return (manifest && operationFor(manifest, type)?.snapshot) ?? false
    },
    isPrompt: (system, pull) =>
      manifestOf(system)?.pulls?.find(({ name }) => name === pull)?.prompt ?? false,
    connector: (system) => built.get(system)?.target.connector,
    problem: (system) => problems.get(system) ?? null,
    mustExist(system) {
      if (!configuration?.systems.some((one) => one.id === system)) throw new HubError('not-found')
    },
    target(system) {
      targets.mustExist(system)
      const target = built.get(system)?.target
      if (target) return target
      const detail = problems.get(system)
      throw new HubError('system-misconfigured', detail ? { detail } : {})
    },
    check: async (system, signal) => targets.target(system).connector.check(signal),
    doors: () =>
      [...built.values()].flatMap(({ target }) =>
        (target.connector.doors ?? []).map((door) => ({
          system: target.system.id,
          door,
          trusted: target.system.trusted,
        })),
      ),
    closeUnused(inUse) {
      closing ??= setInterval(() => {
        const idle = former.filter((one) => !inUse(one.target))
        former = former.filter((one) => !idle.includes(one))
        for (const one of idle)
          closeOne(one).catch((error: unknown) =>
            log.error('connector.broken', { system: one.target.system.id }, error),
          )
      }, closeEveryMs)
    },
    async close() {
      clearInterval(closing)
      await Promise.all([...built.values(), ...former].map(closeOne))
    },
  }
  return targets
}
