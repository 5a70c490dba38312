/**
 * Makes connectors: live ones, ones whose ways out are closed (a dry run of what is sent), and ones that read
 * at their system and keep nothing (a dry run of what is fetched).
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createCodeTables } from '../../adapters/connectors/code-tables.ts'
import { createContext } from '../../adapters/connectors/context.ts'
import {
  createHttpClient,
  createPreparation,
  type SystemHttpClient,
} from '../../adapters/http/client.ts'
import { digest } from '../../adapters/system/digest.ts'
import type { Keyring } from '../../adapters/system/keyring.ts'
import type { Connector, ConnectorContext, Evaluate } from '../../connector/contract.ts'
import type { ConnectorFiles } from '../../connector/files.ts'
import { manifestFor } from '../../connector/manifest.ts'
import type { SharedSession } from '../../connector/session.ts'
import type { Configuration, System, SystemTls } from '../../domain/configuration.ts'
import { type Fault, HubError, type Words } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import { passingFiles } from '../../engine/dry-run/dry-pull.ts'
import { closeWaysOut, type DryTarget, newTape } from '../../engine/dry-run/dry-run.ts'
import type { Target } from '../../engine/lanes/lane-run.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import { pointerTo } from '../config/config-fault.ts'
import {
  resolveSecrets,
  type SecretSource,
  secretPlaces,
  withoutSecretRules,
} from '../config/secrets.ts'
import type { ProcessSettings } from '../settings.ts'
import type { Law } from './law.ts'

export interface MakerDependencies {
  readonly law: Law
  readonly settings: ProcessSettings
  readonly keyring: Pick<Keyring, 'seal' | 'open' | 'hmac'>
  readonly clock: Clock
  readonly log: Logger
  readonly secret: (name: string) => string | undefined
  readonly sharedSession: (system: string, account: string) => SharedSession
  /** Undefined: expressions are switched off. */
  readonly evaluate: Evaluate | undefined
  readonly files: (owner: { system: string; publicUrl: string }) => ConnectorFiles
}

/** Every http(s) address among the options: the only places this system's connector may speak to. */
export function originsOf(value: unknown): string[] {
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

function secretSource({ settings, secret }: MakerDependencies): SecretSource {
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

/** A connector with the client that it speaks by. */
export interface Live {
  readonly target: Target
  readonly http: SystemHttpClient
}

export const startFailed: Words = {
  vi: 'Connector lỗi khi khởi tạo.',
  en: 'The connector failed to start.',
}

export interface Makers {
  /** All throw `system-misconfigured`. */
  live(system: System, whole: Configuration): Live
  /** No secret is resolved for it: in the place of each stands one that fits its rules. */
  closed(system: System, whole: Configuration, now: Date): DryTarget
  /** Speaks to its system as a live one does, and keeps no file. */
  reading(system: System, whole: Configuration): Live
}

export function createMakers(deps: MakerDependencies): Makers {
  const { law, log, settings } = deps

  const loadedFor = (system: System) => {
    const broken = law.shelf.broken.get(system.connector)
    if (broken) throw broken.problem
    const loaded = law.shelf.connectors.get(system.connector)
    if (loaded) return loaded
    throw misconfigured({
      vi: `Không có connector ${system.connector}.`,
      en: `There is no connector ${system.connector}.`,
    })
  }

  const check = (schema: Json, options: Json): void => {
    const faults = law.validateAgainst(schema, options)
    if (faults.length > 0)
      throw withFaults('Tham số của hệ thống chưa đúng.', 'The options are not valid.', faults)
  }

  const optionsWithSecrets = (schema: Json, system: System): Json => {
    const resolved = resolveSecrets(schema, system.options, secretSource(deps))
    if (!resolved.ok)
      throw withFaults('Thiếu bí mật của hệ thống.', 'Secrets are missing.', resolved.faults)
    check(schema, resolved.options)
    return resolved.options
  }

  const contextOf = (
    system: System,
    whole: Configuration,
    options: Json,
    ways: Pick<ConnectorContext, 'http' | 'files'>,
  ): ConnectorContext =>
    createContext({
      ...{ system: system.id, options, ...ways },
      province: whole.hub.province,
      publicUrl: publicUrlOf(whole),
      timeoutMs: system.timeoutMs,
      clock: deps.clock,
      log,
      codes: createCodeTables(whole.codes),
      evaluate: deps.evaluate,
      validate: law.validate,
      seal: (text) => deps.keyring.seal(`system:${system.id}`, text),
      open: (sealed) => deps.keyring.open(`system:${system.id}`, sealed),
      sharedSession: (account) => deps.sharedSession(system.id, account ?? JSON.stringify(options)),
    })
  const publicUrlOf = ({ hub }: Configuration): string => settings.publicUrl ?? hub.publicUrl

  const speaking = (
    system: System,
    whole: Configuration,
    filesFor: (files: ConnectorFiles) => ConnectorFiles,
  ): Live => {
    const loaded = loadedFor(system)
    const options = optionsWithSecrets(loaded.manifest.options, system)
    const files = filesFor(deps.files({ system: system.id, publicUrl: publicUrlOf(whole) }))
    const http = createHttpClient({
      allowedOrigins: originsOf(options),
      timeoutMs: system.timeoutMs,
      files,
      ...(system.tls && { tls: readTls(system.tls, settings.configDir) }),
      sockets: { max: system.concurrency + 4 },
    })
    const connector = loaded.create(contextOf(system, whole, options, { http, files }))
    return { http, target: { system, manifest: manifestFor(loaded.manifest, options), connector } }
  }

  return {
    live: (system, whole) => speaking(system, whole, (files) => files),
    reading: (system, whole) => speaking(system, whole, (files) => passingFiles(files, digest)),
    closed(system, whole, now) {
      const loaded = loadedFor(system)
      const { options: schema } = loaded.manifest
      const options = withPlaceholders(schema, system.options)
      check(withoutSecretRules(schema), options)
      const tape = newTape()
      const open = contextOf(system, whole, options, { http: closedWay, files: closedFiles })
      const context = closeWaysOut(open, {
        ...{ tape, now, prepare: createPreparation(originsOf(options)) },
        nameOf: (text) =>
          Buffer.from(deps.keyring.hmac(`dry-run:${system.id}`, text)).toString('base64url'),
      })
      return { manifest: manifestFor(loaded.manifest, options), connector: made(), tape }

      /** What cannot even be made is a fault of what is tried, and no fault of the hub's. */
      function made(): Connector {
        try {
          return loaded.create(context)
        } catch (error) {
          if (error instanceof HubError) throw error
          log.error('connector.broken', { system: system.id }, error)
          throw misconfigured(startFailed)
        }
      }
    },
  }
}

type Json = Readonly<Record<string, unknown>>

/** Stands behind what a closed context puts in its place; nobody gets as far as this. */
const noWay = (): Promise<never> => Promise.reject(new Error('a dry run has no way out'))
const closedWay = { request: noWay }
const closedFiles: ConnectorFiles = { open: noWay, keep: noWay, link: noWay }

/** The manifest's own example of each secret, which fits its rules; or a text. */
function withPlaceholders(schema: Json, options: Json): Json {
  const [example] = Array.isArray(schema.examples) ? (schema.examples as unknown[]) : []
  const examples = new Map(
    secretPlaces(schema, example).map((path) => [pointerTo(...path), valueAt(example, path)]),
  )
  const copy = structuredClone(options) as Record<string, unknown>
  for (const path of secretPlaces(schema, options)) {
    const holder = valueAt(copy, path.slice(0, -1))
    const last = path.at(-1)
    if (typeof holder !== 'object' || holder === null || last === undefined) continue
    Reflect.set(holder, last, examples.get(pointerTo(...path)) ?? 'dry-run')
  }
  return copy
}

const valueAt = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  )
