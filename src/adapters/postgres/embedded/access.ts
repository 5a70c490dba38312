import { randomBytes } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errnoOf, foreignData } from './faults.ts'
import { giveToOwnerOf } from './owner.ts'

/** How to reach the server: kept in `access.json`, mode 0600, beside the cluster. */
export interface Access {
  readonly port: number
  /** Of the role `hub`, which owns the database `hub`. */
  readonly password: string
  /** Of the superuser `postgres`. */
  readonly adminPassword: string
}

const pathOf = (dataDir: string): string => join(dataDir, 'access.json')

const password = (): string => randomBytes(24).toString('base64url')

export const newAccess = (port: number): Access => ({
  port,
  password: password(),
  adminPassword: password(),
})

const isAccess = (value: unknown): value is Access =>
  typeof value === 'object' &&
  value !== null &&
  Number.isInteger(Reflect.get(value, 'port')) &&
  /^[\w-]{16,}$/.test(String(Reflect.get(value, 'password'))) &&
  /^[\w-]{16,}$/.test(String(Reflect.get(value, 'adminPassword')))

/** Undefined when there is none, or a broken one: new passwords can always be set. */
export async function readAccess(dataDir: string): Promise<Access | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(pathOf(dataDir), 'utf8'))
    return isAccess(value) ? value : undefined
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw foreignData(pathOf(dataDir), error)
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Whole or not at all. */
export async function writeAccess(dataDir: string, access: Access): Promise<void> {
  const path = pathOf(dataDir)
  const beside = `${path}.new`
  await rm(beside, { force: true })
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(access, undefined, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  giveToOwnerOf(dataDir, beside)
  await rename(beside, path)
  await syncFolder(dirname(path))
}
