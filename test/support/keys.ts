/** Data keys of a test's store, under master keys that live as long as the test. */
import { createSecretKey, randomBytes } from 'node:crypto'
import { beforeAll } from 'vitest'
import type { Database } from '../../src/adapters/postgres/database.ts'
import {
  createKeyStore,
  type KeyRow,
  type KeyStore,
  type WrappedKey,
} from '../../src/adapters/postgres/keys.ts'
import {
  createDataKey,
  createKeyring,
  type Keyring,
  rewrap,
} from '../../src/adapters/system/keyring.ts'
import type { MasterKey, MasterKeys } from '../../src/adapters/system/master-key-file.ts'
import type { TestDatabase } from './database.ts'

export const masterKey = (): MasterKey => {
  const bytes = randomBytes(32)
  return { kid: bytes.toString('hex').slice(0, 8), key: createSecretKey(bytes) }
}

export const masters = (current: MasterKey, ...older: MasterKey[]): MasterKeys => ({
  current,
  byKid: new Map([current, ...older].map((key) => [key.kid, key])),
})

export const openKeys = (
  database: Database,
  master: MasterKeys,
  noticeMs = 0,
): Promise<KeyStore<Keyring>> => {
  const tools = {
    create: () => createDataKey(master),
    rewrap: (row: WrappedKey) => rewrap(master, row),
    open: (rows: readonly KeyRow[]) => createKeyring(master, rows),
  }
  return createKeyStore(database, tools, noticeMs)
}

/** The keys of the database of a test file. */
export function useKeys(database: () => TestDatabase): () => KeyStore<Keyring> {
  let store: KeyStore<Keyring> | undefined
  beforeAll(async () => {
    store = await openKeys(database().database, masters(masterKey()))
  })
  return () => {
    if (!store) throw new Error('the keys are not open yet')
    return store
  }
}
