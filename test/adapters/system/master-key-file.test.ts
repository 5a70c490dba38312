import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  addMasterKey,
  createMasterKeyFile,
  loadMasterKeys,
} from '../../../src/adapters/system/master-key-file.ts'
import { HubError } from '../../../src/domain/errors.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-keys-'))
  path = join(folder, 'master.key')
})
afterEach(() => rmSync(folder, { recursive: true }))

const line = () => randomBytes(32).toString('base64')
const write = (text: string, mode = 0o600) => {
  writeFileSync(path, text)
  chmodSync(path, mode)
}

function refusal(): HubError {
  try {
    loadMasterKeys(path)
  } catch (error) {
    if (error instanceof HubError) return error
  }
  throw new Error('the file was not refused')
}
const rules = () => refusal().faults.map((fault) => fault.rule)

describe('master-key-file', () => {
  it('makes a file that only its owner may read, and nothing beside it', async () => {
    expect(await createMasterKeyFile(path)).toBe(true)

    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['master.key'])
    expect(loadMasterKeys(path).byKid.size).toBe(1)
    expect(loadMasterKeys(path).current.kid).toMatch(/^[0-9a-f]{8}$/)
  })

  it('never touches an existing file', async () => {
    write('something else\n')

    expect(await createMasterKeyFile(path)).toBe(false)
    expect(readFileSync(path, 'utf8')).toBe('something else\n')
    expect(readdirSync(folder)).toEqual(['master.key'])
  })

  it('lets one of many makers win', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => createMasterKeyFile(path)))

    expect(made.filter(Boolean)).toHaveLength(1)
    expect(loadMasterKeys(path).byKid.size).toBe(1)
  })

  it('puts a new key first and keeps the older ones', async () => {
    await createMasterKeyFile(path)
    const before = loadMasterKeys(path).current.kid

    const after = await addMasterKey(path)

    expect(after.current.kid).not.toBe(before)
    expect([...after.byKid.keys()]).toEqual([after.current.kid, before])
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['master.key'])
  })

  it('leaves comments and empty lines aside', () => {
    write(`# master key of the hub\n\n${line()}\r\n${line()}`)

    expect(loadMasterKeys(path).byKid.size).toBe(2)
  })

  it.each([0o640, 0o604, 0o660, 0o644])('refuses mode %o', (mode) => {
    write(`${line()}\n`, mode)

    expect(rules()).toEqual(['mode'])
  })

  it.each([
    ['too short a key', randomBytes(31).toString('base64')],
    ['too long a key', randomBytes(33).toString('base64')],
    ['hexadecimal', randomBytes(32).toString('hex')],
    ['words', 'correct horse battery staple'],
  ])('refuses %s', (_name, text) => {
    write(`${line()}\n${text}\n`)

    expect(rules()).toEqual(['line'])
    expect(refusal().code).toBe('config-invalid')
    expect(refusal().message).toContain('line 2')
  })

  it('refuses an empty file, a folder, a repeated key and a missing file', () => {
    write('# nothing yet\n')
    expect(rules()).toEqual(['empty'])
    const key = line()
    write(`${key}\n${key}\n`)
    expect(rules()).toEqual(['repeated'])
    path = folder
    expect(rules()).toEqual(['file'])
    path = join(folder, 'absent')
    expect(rules()).toEqual(['readable'])
  })

  it('names every fault at once and never what the file holds', () => {
    write('first-secret\nsecond-secret\n', 0o644)
    const error = refusal()

    expect(rules()).toEqual(['mode', 'line', 'line'])
    expect(JSON.stringify([error.message, error.detail, error.faults])).not.toContain('secret')
  })
})
