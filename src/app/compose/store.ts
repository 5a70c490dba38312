/** Opens the store of record: the given PostgreSQL, or the embedded one, and the keys to what it holds. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, isAway, openDatabase } from '../../adapters/postgres/database.ts'
import { startEmbedded } from '../../adapters/postgres/embedded/start.ts'
import {
  createKeyStore,
  holdsKeys,
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

function masterKeyPath(settings: ProcessSettings): string {
  if (settings.masterKeyFile) return settings.masterKeyFile
  if (settings.databaseUrl && settings.environment === 'production')
    throw new HubError('config-invalid', {
      detail: {
        vi: 'Thiếu HUB_MASTER_KEY_FILE: khi dùng cơ sở dữ liệu riêng, khoá chính phải được cung cấp (hub keys create).',
        en: 'HUB_MASTER_KEY_FILE is missing: with a database of your own the master key must be given (hub keys create).',
      },
    })
  return join(settings.dataDir, 'master.key')
}

/**
 * A first start makes the key. Beside contents that were encrypted with another one a new key would be
 * of no use, and somebody's next backup would keep it in place of the right one.
 */
async function makeFirstMasterKey(path: string, database: Database): Promise<void> {
  if (existsSync(path)) return
  if (await holdsKeys(database))
    throw new HubError('config-invalid', {
      detail: {
        vi: `Không thấy tệp khoá chính ${path}, mà dữ liệu đã được mã hoá bằng khoá trong tệp ấy. Lấy tệp từ bản sao lưu đặt lại chỗ cũ (quyền 0600) rồi khởi động lại. Máy khác dùng chung cơ sở dữ liệu: chép tệp ấy sang, hoặc đặt HUB_MASTER_KEY_FILE. Không khoá nào khác đọc được dữ liệu này.`,
        en: `The master key file ${path} is missing, and the contents were encrypted with a key from it. Put the file back from its backup (mode 0600) and start again. On another machine with the same database: copy that file, or set HUB_MASTER_KEY_FILE. No other key can read these contents.`,
      },
    })
  await createMasterKeyFile(path)
}

/** Says which server does not answer; whoever starts a process has to know. */
export function whenAway(url: string, error: unknown): unknown {
  const told = error instanceof HubError && error.code === 'store-unavailable' && !error.detail
  const cause = told ? error.cause : error
  if (!isAway(cause)) return error
  const { host, pathname } = new URL(url)
  const place = `${host || 'socket'}${pathname}`
  const why = cause instanceof Error ? cause.message : ''
  return new HubError('store-unavailable', {
    cause,
    detail: {
      vi: `Không dùng được PostgreSQL tại ${place}: ${why}. Kiểm tra máy chủ ấy và HUB_DATABASE_URL.`,
      en: `PostgreSQL at ${place} cannot be used: ${why}. Look at that server and HUB_DATABASE_URL.`,
    },
  })
}

export async function openStore(
  settings: ProcessSettings,
  log: Logger,
  role: string,
): Promise<OpenStore> {
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
    applicationName: `hub ${role}`,
    onError: (error) => log.warn('store.unavailable', { reason: error.message }),
  })
  const close = async (): Promise<void> => {
    await database.close().catch(() => undefined)
    await embedded?.stop()
  }
  try {
    const masterKeyFile = masterKeyPath(settings)
    for (const name of await migrate(database.pool)) log.info('store.migrated', { migration: name })
    if (!settings.masterKeyFile) await makeFirstMasterKey(masterKeyFile, database)
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
    throw whenAway(url, error)
  }
}
