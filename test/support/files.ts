/** Files in tests: streams of known bytes, small documents of each kind, and a store in memory. */
import { createHash, randomUUID } from 'node:crypto'
import { digest } from '../../src/adapters/system/digest.ts'
import { fileCipher } from '../../src/adapters/system/file-encryption.ts'
import type { ConnectorFiles, FileFacts } from '../../src/connector/files.ts'
import { permanent } from '../../src/connector/index.ts'
import { HubError } from '../../src/domain/errors.ts'
import { createFiles, type Files } from '../../src/engine/files/files.ts'
import type { FileIndex, FileRow, FileStore } from '../../src/engine/ports/files.ts'
import { keepingLogger } from './quiet-logger.ts'

export async function* piecesOf(bytes: Uint8Array, length: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(Uint8Array.from(piece))
  return Buffer.concat(pieces)
}

/** A PDF as far as its beginning says; the rest is noise that is the same each time. */
export function aPdf(size = 2000): Buffer {
  const noise = Buffer.alloc(4093)
  let state = 12345
  for (let at = 0; at < noise.length; at += 1) {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    noise[at] = state >> 16
  }
  const bytes = Buffer.alloc(size, noise)
  bytes.write('%PDF-1.7\n')
  return bytes
}

/** A zip with these entries, stored as they are. */
export function aZip(entries: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(entries)) {
    const [named, content] = [Buffer.from(name), Buffer.from(text)]
    const local = Buffer.alloc(30)
    local.write('PK\x03\x04', 'latin1')
    local.writeUInt32LE(content.length, 18)
    local.writeUInt32LE(content.length, 22)
    local.writeUInt16LE(named.length, 26)
    const central = Buffer.alloc(46)
    central.write('PK\x01\x02', 'latin1')
    central.writeUInt16LE(named.length, 28)
    central.writeUInt32LE(offset, 42)
    parts.push(local, named, content)
    directory.push(central, named)
    offset += local.length + named.length + content.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  return Buffer.concat([...parts, ...directory, end])
}

export interface MemoryFiles extends ConnectorFiles {
  put(content: Uint8Array, name: string): FileFacts
}

/** The files of a connector that stands alone. */
export function createMemoryFiles(publicUrl = 'https://hub.example.test'): MemoryFiles {
  const kept = new Map<string, { facts: FileFacts; content: Buffer }>()
  const find = (id: string) => {
    const found = kept.get(id)
    if (!found) throw permanent('file-missing')
    return found
  }
  const files: MemoryFiles = {
    put(content, name) {
      const facts = {
        ...{ id: randomUUID(), size: content.length, mediaType: 'application/pdf', name },
        sha256: createHash('sha256').update(content).digest('hex'),
      }
      kept.set(facts.id, { facts, content: Buffer.from(content) })
      return facts
    },
    async open(id) {
      const { facts, content } = find(id)
      return { ...facts, content: piecesOf(content, 1000) }
    },
    keep: async (content, name) => files.put(await bytesOf(content), name),
    link: async (id) => `${publicUrl}/files/${find(id).facts.id}`,
  }
  return files
}

/** The verbs over files on a store and an index in memory; a test may look at both and break them. */
export interface FilesInMemory {
  readonly files: Files
  readonly contents: Map<string, Buffer>
  readonly rows: Map<string, FileRow & { state: 'coming' | 'kept' | 'leaving' | 'gone' }>
  readonly said: readonly { readonly event: string }[]
  /** Thrown by the next call of this part of index or store, once or until it is taken away. */
  readonly failures: Map<string, Error>
  now: Date
}

/** `firstIds` are given to the first files, random ones to the rest. */
export function createFilesInMemory(firstIds: readonly string[] = []): FilesInMemory {
  const ids = [...firstIds]
  const contents: FilesInMemory['contents'] = new Map()
  const rows: FilesInMemory['rows'] = new Map()
  const failures = new Map<string, Error>()
  const names = new Map<string, string>()
  const { log, lines } = keepingLogger()
  const look = (part: string): void => {
    const failure = failures.get(part)
    if (failure) throw failure
  }
  const move = (id: string, state: 'leaving' | 'gone'): void => {
    const row = rows.get(id)
    if (row) rows.set(id, { ...row, state })
  }
  const index: FileIndex = {
    async begin(id, client) {
      look('begin')
      const empty = { sha256: Buffer.alloc(0), size: 0, mediaType: '', keyId: 0, sealed: empty0 }
      rows.set(id, { id, client, createdAt: world.now, state: 'coming', ...empty })
    },
    async finish({ nameHash, ...row }) {
      look('finish')
      const name = Buffer.from(nameHash).toString()
      const hash = Buffer.from(row.sha256).toString('hex')
      const same = [...rows.values()].find(
        (one) =>
          one.state === 'kept' &&
          one.client === row.client &&
          names.get(one.id) === name &&
          Buffer.from(one.sha256).toString('hex') === hash,
      )
      if (same) {
        move(row.id, 'leaving')
        return { row: same, duplicate: true }
      }
      names.set(row.id, name)
      const kept = { ...row, createdAt: world.now, state: 'kept' as const }
      rows.set(row.id, kept)
      return { row: kept, duplicate: false }
    },
    async use(id) {
      look('use')
      const row = rows.get(id)
      return row?.state === 'kept' ? row : undefined
    },
    linked: async () => look('linked'),
    async giveUp(id) {
      look('giveUp')
      move(id, 'leaving')
    },
    async expire() {
      for (const row of rows.values()) if (row.state === 'kept') move(row.id, 'leaving')
      return [...rows.values()].filter(({ state }) => state === 'leaving').map(({ id }) => id)
    },
    async removed(ids) {
      for (const id of ids) move(id, 'gone')
    },
  }
  const store: FileStore = {
    async put(name, content) {
      look('put')
      contents.set(name, await bytesOf(content))
      look('put-late')
    },
    async *read(name) {
      look('read')
      const found = contents.get(name)
      if (!found) throw new HubError('file-unreadable')
      yield* piecesOf(found, 1000)
    },
    async remove(name) {
      look('remove')
      contents.delete(name)
    },
    sweep: async () => undefined,
  }
  const cipher = {
    encrypt: (plain: Uint8Array, aad: string) => ({
      keyId: 1,
      bytes: Buffer.concat([Buffer.from(`${aad}|`), plain]),
    }),
    decrypt: (_: number, bytes: Uint8Array, aad: string) => bytes.subarray(aad.length + 1),
  }
  const world: FilesInMemory = {
    files: createFiles({
      ...{
        store,
        index,
        cipher,
        fileCipher,
        digest,
        log,
        newId: () => ids.shift() ?? randomUUID(),
      },
      clock: { now: () => world.now, monotonicMs: () => 0 },
      nameHash: (name) => Buffer.from(name),
      seal: (text) => `1.${Buffer.from(text).toString('base64url')}`,
      unseal(sealed) {
        if (!sealed.startsWith('1.')) throw new HubError('body-unreadable')
        return Buffer.from(sealed.slice(2), 'base64url').toString()
      },
      withKey: async (_, work) => work(),
    }),
    contents,
    rows,
    said: lines,
    failures,
    now: new Date('2026-11-22T03:04:05Z'),
  }
  return world
}

const empty0 = Buffer.alloc(0)
