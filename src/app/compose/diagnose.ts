/** Gathers the facts that `hub doctor` judges. Looks and changes nothing: no migration, no new key. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { inspectRedis } from '../../adapters/bullmq/inspect-redis.ts'
import { startEmbedded } from '../../adapters/postgres/embedded/start.ts'
import { inspectPostgres, type PostgresInspection } from '../../adapters/postgres/inspect.ts'
import { createLogger } from '../../adapters/system/logger.ts'
import type { System } from '../../domain/configuration.ts'
import { HubError, type Words } from '../../domain/errors.ts'
import { diffConfiguration } from '../config/diff.ts'
import { type ConfigReading, readConfigFiles } from '../config/read-files.ts'
import { resolveSecrets, type SecretSource } from '../config/secrets.ts'
import type { ConfigFacts, Facts, Seen } from '../doctor/facts.ts'
import {
  certificateDays,
  lookAtDisk,
  lookAtKeyFile,
  lookAtMark,
  tlsHostsOf,
} from '../doctor/host.ts'
import type { ProcessSettings } from '../settings.ts'
import { type Law, openLaw } from './law.ts'

type Secret = (name: string) => string | undefined

/** `storeUrl`: of a store that this process has opened already, the embedded one perhaps. */
export async function diagnose(
  settings: ProcessSettings,
  secret: Secret,
  storeUrl?: string,
): Promise<Facts> {
  const { configDir, dataDir, redisUrl, databaseUrl } = settings
  const law = await openLaw(settings.extensionsDir, settings.expressions)
  const reading = readConfigFiles(configDir, law)
  const [store, redis] = await Promise.all([
    storeUrl === undefined ? lookAtStore(settings) : see(inspectPostgres(storeUrl)),
    redisUrl === undefined ? undefined : see(inspectRedis(redisUrl)),
  ])
  const inspection = store?.ok ? store.value : undefined
  const systems = reading.ok
    ? reading.configuration.systems
    : (inspection?.revision?.configuration.systems ?? [])
  return {
    node: process.version,
    poolSize: settings.poolSize,
    embedded: databaseUrl === undefined,
    masterKey: lookAtKeyFile(settings.masterKeyFile ?? join(dataDir, 'master.key')),
    postgres: store,
    redis,
    config: configFacts(reading, inspection, secretFaults(systems, law, source(configDir, secret))),
    connectors: connectorFacts(law),
    certificates: await certificateFacts(systems),
    disk: lookAtDisk(dataDir),
    backup: lookAtMark(settings.backupStamp),
    restoreDrill: lookAtMark(settings.restoreDrillStamp),
    now: new Date(),
  }
}

/** Undefined when the embedded server has never been started: then it is not started now either. */
async function lookAtStore(
  settings: ProcessSettings,
): Promise<Seen<PostgresInspection> | undefined> {
  if (settings.databaseUrl !== undefined) return see(inspectPostgres(settings.databaseUrl))
  if (!existsSync(join(settings.dataDir, 'postgres', 'cluster'))) return undefined
  return see(inspectEmbedded(settings))
}

async function inspectEmbedded(settings: ProcessSettings): Promise<PostgresInspection> {
  const log = createLogger({ level: 'silent', format: 'json' })
  const embedded = await startEmbedded({ dataDir: settings.dataDir, log, revive: false })
  try {
    return await inspectPostgres(embedded.url)
  } finally {
    await embedded.stop()
  }
}

async function see<T>(looking: Promise<T>): Promise<Seen<T>> {
  try {
    return { ok: true, value: await looking }
  } catch (error) {
    return { ok: false, why: reasonOf(error) }
  }
}

/** The code of the failure only: messages of drivers may quote the address, and with it a password. */
function reasonOf(error: unknown): Words {
  if (error instanceof HubError && error.detail) return error.detail
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined
  if (known) return { vi: known[0], en: known[1] }
  const shown = code && ` (${code})`
  return { vi: `không kết nối được${shown}`, en: `cannot be reached${shown}` }
}

const reasons: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  '28P01': ['sai tài khoản hoặc mật khẩu', 'wrong account or password'],
  '28000': ['tài khoản không được vào', 'the account may not enter'],
  '3D000': ['không có cơ sở dữ liệu này', 'there is no such database'],
  ENOTFOUND: ['không phân giải được tên máy', 'the host name could not be resolved'],
}

function configFacts(
  reading: ConfigReading,
  inspection: PostgresInspection | undefined,
  secrets: ConfigFacts['secrets'],
): ConfigFacts {
  const revision = inspection?.revision
  const changes =
    reading.ok && revision ? diffConfiguration(revision.configuration, reading.configuration) : []
  return {
    faults: reading.ok ? [] : reading.faults,
    warnings: reading.warnings,
    revision: revision ? { id: revision.id, differences: changes.length } : null,
    secrets,
  }
}

const source = (configDir: string, secret: Secret): SecretSource => ({
  environment: secret,
  file: (path) => {
    try {
      return readFileSync(resolve(configDir, path), 'utf8')
    } catch {
      return undefined
    }
  },
})

const secretFaults = (
  systems: readonly System[],
  law: Law,
  from: SecretSource,
): ConfigFacts['secrets'] =>
  systems.flatMap(({ id, connector, options }) => {
    const manifest = law.manifests.find((one) => one.id === connector)
    const resolved = manifest && resolveSecrets(manifest.options, options, from)
    if (!resolved || resolved.ok) return []
    return resolved.faults.map((fault) => ({ system: id, fault }))
  })

export const connectorFacts = ({ shelf }: Law): Facts['connectors'] => [
  ...[...shelf.connectors.keys()].map((id) => ({ id, problem: null })),
  ...[...shelf.broken.values()].map(({ id, problem }) => ({
    id,
    problem: problem.detail ?? { vi: 'không nạp được', en: 'cannot be loaded' },
  })),
]

async function certificateFacts(systems: readonly System[]): Promise<Facts['certificates']> {
  const now = new Date()
  return Promise.all(
    systems.flatMap(({ id, options }) =>
      [...new Set(tlsHostsOf(options))].map(async (host) => ({
        system: id,
        host,
        daysLeft: await certificateDays(host, now),
      })),
    ),
  )
}
