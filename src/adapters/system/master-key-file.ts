import { createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { link, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Fault, HubError } from '../../domain/errors.ts'

export interface MasterKey {
  /** First 8 hex digits of the SHA-256 of the key: names the key without telling it. */
  readonly kid: string
  readonly key: KeyObject
}

export interface MasterKeys {
  /** The first of the file: wraps whatever is wrapped from now on. */
  readonly current: MasterKey
  /** All of them by kid; older ones only unwrap. */
  readonly byKid: ReadonlyMap<string, MasterKey>
}

const keyBytes = 32
const maxFileBytes = 64 * 1024
const keyLine = /^[A-Za-z0-9+/]{43}=$/

const fault = (rule: string, vi: string, en: string): Fault => ({ pointer: '', rule, vi, en })

const refuse = (path: string, faults: readonly Fault[], cause?: unknown): HubError =>
  new HubError('config-invalid', {
    detail: {
      vi: `Không dùng được tệp khoá chính ${path}: ${faults.map((each) => each.vi).join('; ')}.`,
      en: `The master key file ${path} cannot be used: ${faults.map((each) => each.en).join('; ')}.`,
    },
    faults,
    cause,
  })

const notReadable = fault('readable', 'không đọc được tệp', 'the file cannot be read')

function readChecked(path: string): { text: string; faults: Fault[] } {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    throw refuse(path, [notReadable], error)
  }
  try {
    // The opened file itself is looked at, so that it cannot be exchanged in between.
    const { mode, size } = fstatSync(file)
    const isFile = (mode & 0o170000) === 0o100000
    if (!isFile || size > maxFileBytes)
      throw refuse(path, [fault('file', 'không phải tệp khoá', 'it is not a key file')])
    const open = (mode & 0o077) !== 0
    const faults = open
      ? [
          fault(
            'mode',
            'người dùng khác đọc được tệp này (chạy chmod 600)',
            'other users may read it (run chmod 600)',
          ),
        ]
      : []
    return { text: readFileSync(file, 'utf8'), faults }
  } finally {
    closeSync(file)
  }
}

const wrongLine = (line: number): Fault =>
  fault(
    'line',
    `dòng ${line} không phải 32 byte mã base64 (44 ký tự)`,
    `line ${line} is not 32 bytes in base64 (44 characters)`,
  )

/**
 * Reads the master keys: one a line, 32 random bytes in base64; the first is the current one, the
 * others are kept to unwrap what is older. Empty lines and lines that begin with `#` do not count.
 * Throws `config-invalid` with every fault; no fault repeats what the file holds.
 */
export function loadMasterKeys(path: string): MasterKeys {
  const { text, faults } = readChecked(path)
  const keys: MasterKey[] = []
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) return
    const bytes = Buffer.from(line, 'base64')
    if (!keyLine.test(line) || bytes.length !== keyBytes) faults.push(wrongLine(index + 1))
    else keys.push(masterKey(bytes))
    bytes.fill(0)
  })
  const byKid = new Map(keys.map((key) => [key.kid, key]))
  if (byKid.size < keys.length)
    faults.push(fault('repeated', 'một khoá có hai lần', 'a key is there twice'))
  const current = keys[0]
  if (!current && faults.length === 0)
    faults.push(fault('empty', 'tệp không có khoá nào', 'it holds no key'))
  if (!current || faults.length > 0) throw refuse(path, faults)
  return { current, byKid }
}

const masterKey = (bytes: Uint8Array): MasterKey => ({
  kid: createHash('sha256').update(bytes).digest('hex').slice(0, 8),
  key: createSecretKey(bytes),
})

const newLine = (): string => `${randomBytes(keyBytes).toString('base64')}\n`

/** Writes `text` beside `path`, flushed; returns where. */
async function writeBeside(path: string, text: string): Promise<string> {
  const beside = `${path}.${randomBytes(6).toString('hex')}.new`
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return beside
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/**
 * Makes a master key file of mode 0600 with one new key, whole or not at all. Never touches an
 * existing file: returns false then.
 */
export async function createMasterKeyFile(path: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true })
  const beside = await writeBeside(path, newLine())
  try {
    await link(beside, path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(beside, { force: true })
  }
  await syncFolder(path)
  return true
}

/**
 * Puts a new key before those the file holds. Data keys are still wrapped by the old one until they
 * are rewrapped; only then may its line be taken out. Throws as `loadMasterKeys` does.
 */
export async function addMasterKey(path: string): Promise<MasterKeys> {
  loadMasterKeys(path)
  const beside = await writeBeside(path, newLine() + readFileSync(path, 'utf8'))
  await rename(beside, path)
  await syncFolder(path)
  return loadMasterKeys(path)
}
