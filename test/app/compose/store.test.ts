import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMasterKeyFile } from '../../../src/adapters/system/master-key-file.ts'
import { openStore } from '../../../src/app/compose/store.ts'
import { readSettings } from '../../../src/app/settings.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { makeFolder } from '../../support/folder.ts'
import { quietLogger } from '../../support/quiet-logger.ts'

let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await createTestDatabase()
  folder = makeFolder({})
})
afterEach(() => database.close())

const open = () =>
  openStore(
    readSettings({ HUB_ENV: 'test', HUB_DATABASE_URL: database.url, HUB_DATA_DIR: folder }),
    quietLogger,
    'console',
  )
const keyFile = () => join(folder, 'master.key')
const text = new TextEncoder().encode('bản tin')

describe('the master key of a store', () => {
  it('is made at the first start', async () => {
    await (await open()).close()
    expect(existsSync(keyFile())).toBe(true)
  })

  it('is never made anew beside what another has encrypted', async () => {
    await (await open()).close()
    rmSync(keyFile())
    await expect(open()).rejects.toMatchObject({
      code: 'config-invalid',
      detail: { vi: expect.stringContaining('sao lưu'), en: expect.stringContaining('backup') },
    })
    expect(existsSync(keyFile())).toBe(false)
  })

  it('must be the right one; put back, it reads what it always read', async () => {
    const before = await open()
    const sealed = before.keys.keyring.encrypt(text, 'one')
    await before.close()
    const kept = `${keyFile()}.kept`
    renameSync(keyFile(), kept)
    await createMasterKeyFile(keyFile())
    await expect(open()).rejects.toMatchObject({ code: 'config-invalid' })
    renameSync(kept, keyFile())
    const after = await open()
    expect(after.keys.keyring.decrypt(sealed.keyId, sealed.bytes, 'one')).toEqual(Buffer.from(text))
    await after.close()
  })
})

it('names the server that does not answer, and tells no password', async () => {
  const url = 'postgres://hub:geheim@127.0.0.1:1/hub'
  const settings = readSettings({ HUB_ENV: 'test', HUB_DATABASE_URL: url, HUB_DATA_DIR: folder })
  const error = await openStore(settings, quietLogger, 'console').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code: 'store-unavailable',
    detail: { vi: expect.stringContaining('127.0.0.1:1/hub') },
  })
  expect(JSON.stringify(error)).not.toContain('geheim')
})
