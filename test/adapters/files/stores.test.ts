import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLocalFiles } from '../../../src/adapters/files/local.ts'
import { createS3Files } from '../../../src/adapters/files/s3.ts'
import type { FileStore } from '../../../src/engine/ports/files.ts'
import { bytesOf, piecesOf } from '../../support/files.ts'
import { s3Account, startS3, type TestS3 } from '../../support/s3.ts'

let root: string
let s3: TestS3
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'hub-files-'))
  s3 = await startS3()
})
afterEach(async () => {
  await s3.close()
  rmSync(root, { recursive: true, force: true })
})

const name = '7d3f1c52-0000-4000-8000-000000000001'
const content = Buffer.from('nội dung '.repeat(50_000))
const open = (kind: string, secret = s3Account.secret): FileStore =>
  kind === 'local'
    ? createLocalFiles(join(root, 'files'))
    : createS3Files({
        ...s3Account,
        secret,
        url: `${s3.address}/tep/lien-thong`,
        spool: join(root, 'files'),
        silenceMs: 300,
      })
const incoming = () => readdirSync(join(root, 'files/incoming'))

describe.each(['local', 's3'])('the store of files: %s', (kind) => {
  it('gives back what it was given, until it is removed', async () => {
    const store = open(kind)
    await store.put(name, piecesOf(content, 1000))
    expect((await bytesOf(store.read(name))).equals(content)).toBe(true)
    expect(incoming()).toEqual([])
    await store.remove(name)
    await store.remove(name)
    await expect(bytesOf(store.read(name))).rejects.toMatchObject({ code: 'file-unreadable' })
    expect(s3.refusals).toEqual([])
  })

  it('keeps nothing of what breaks off', async () => {
    const store = open(kind)
    async function* broken() {
      yield content
      throw new Error('the line broke')
    }
    await expect(store.put(name, broken())).rejects.toThrow('the line broke')
    expect(incoming()).toEqual([])
    await expect(bytesOf(store.read(name))).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it('sweeps away what a killed process has left, and nothing younger', async () => {
    const store = open(kind)
    await store.sweep(1000)
    for (const [left, age] of [
      ['old', 7200],
      ['young', 60],
    ] as const) {
      const path = join(root, 'files/incoming', left)
      writeFileSync(path, 'half')
      const at = Date.now() / 1000 - age
      utimesSync(path, at, at)
    }
    await store.sweep(3_600_000)
    expect(incoming()).toEqual(['young'])
  })
})

describe('the folder', () => {
  it('is for the hub alone', async () => {
    await open('local').put(name, piecesOf(content, content.length))
    const modes = ['files', 'files/7d', `files/7d/${name}`].map(
      (path) => statSync(join(root, path)).mode & 0o777,
    )
    expect(modes).toEqual([0o700, 0o700, 0o600])
  })

  it('is away when it cannot be written', async () => {
    writeFileSync(join(root, 'files'), 'no folder')
    await expect(open('local').put(name, piecesOf(content, 10))).rejects.toMatchObject({
      code: 'files-unavailable',
    })
  })
})

describe('S3', () => {
  it('is away when it fails, says nothing, or refuses the account', async () => {
    const away = { code: 'files-unavailable' }
    for (const mode of ['fails', 'silent'] as const) {
      s3.mode = mode
      await expect(open('s3').put(name, piecesOf(content, 1000))).rejects.toMatchObject(away)
      await expect(bytesOf(open('s3').read(name))).rejects.toMatchObject(away)
      await expect(open('s3').remove(name)).rejects.toMatchObject(away)
      expect(incoming()).toEqual([])
    }
    s3.mode = 'works'
    await expect(open('s3', 'khác').put(name, piecesOf(content, 1000))).rejects.toMatchObject(away)
    expect(s3.refusals).toEqual(['signature'])
    expect(s3.objects.size).toBe(0)
  })

  it('does not take half an answer for a file', async () => {
    await open('s3').put(name, piecesOf(content, 1000))
    s3.mode = 'cuts'
    await expect(bytesOf(open('s3').read(name))).rejects.toMatchObject({
      code: 'files-unavailable',
    })
  })

  it('is away when nobody listens', async () => {
    const store = open('s3')
    await s3.close()
    await expect(store.put(name, piecesOf(content, 1000))).rejects.toMatchObject({
      code: 'files-unavailable',
      detail: { en: 'ECONNREFUSED' },
    })
  })
})
