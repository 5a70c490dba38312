/** Opens the store of record: the given PostgreSQL, or the embedded one, and the keys to what it holds. */
import { join } from 'node:path'
import { type Database, openDatabase } from '../../adapters/postgres/database.ts'
import { startEmbedded } from '../../adapters/postgres/embedded/start.ts'
import {
  createKeyStore,
  type KeyRow,
  type KeyStore,
  type WrappedKey,
} from '../../adapters/postgres/keys.ts'
import { migrate } from '../../adapters/postgres/migrate.ts'
import {
  createDataKey,
  createKeyring,
  type Keyring,
  rewrap,
} from '../../adapters/system/keyring.ts'
import { createMasterKeyFile, loadMasterKeys } from '../../adapters/system/master-key-file.ts'
import { HubError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import type { ProcessSettings } from '../settings.ts'

/** Within this time every process writes under the newest data key. */
export const keyRefreshMs = 10_000

export interface OpenStore {
  readonly url: string
  readonly database: Database
  readonly keys: KeyStore<Keyring>
  close(): Promise<void>
}

async function masterKeyPath(settings: ProcessSettings): Promise<string> {
  if (settings.masterKeyFile) return settings.masterKeyFile
  if (settings.databaseUrl && settings.environment === 'production')
    throw new HubError('config-invalid', {
      detail: {
        vi: 'Thiếu HUB_MASTER_KEY_FILE: khi dùng cơ sở dữ liệu riêng, khoá chính phải được cung cấp (hub keys create).',
        en: 'HUB_MASTER_KEY_FILE is missing: with a database of your own the master key must be given (hub keys create).',
      },
    })
  const path = join(settings.dataDir, 'master.key')
  await createMasterKeyFile(path)
  return path
}

export async function openStore(settings: ProcessSettings, log: Logger): Promise<OpenStore> {
  const embedded = settings.databaseUrl
    ? undefined
    : await startEmbedded({
        dataDir: settings.dataDir,
        log,
        settings: { shared_buffers: settings.sharedBuffers },
      })
  const url = settings.databaseUrl ?? embedded?.socketUrl ?? embedded?.url ?? ''
  const database = openDatabase({
    url,
    poolSize: settings.poolSize,
    applicationName: `hub ${settings.role}`,
    onError: (error) => log.warn('store.unavailable', { reason: error.message }),
  })
  const close = async (): Promise<void> => {
    await database.close().catch(() => undefined)
    await embedded?.stop()
  }
  try {
    const masterKeyFile = await masterKeyPath(settings)
    for (const name of await migrate(database.pool)) log.info('store.migrated', { migration: name })
    const master = loadMasterKeys(masterKeyFile)
    const tools = {
      create: () => createDataKey(master),
      rewrap: (row: WrappedKey) => rewrap(master, row),
      open: (rows: readonly KeyRow[]) => createKeyring(master, rows),
    }
    const keys = await createKeyStore(database, tools, keyRefreshMs + 2_000)
    return { url, database, keys, close }
  } catch (error) {
    await close()
    throw error
  }
}
