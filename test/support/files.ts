/** Files in tests: streams of known bytes, small documents of each kind, and a store in memory. */
import { createHash, randomUUID } from 'node:crypto'
import type { ConnectorFiles, FileFacts } from '../../src/connector/files.ts'
import { permanent } from '../../src/connector/index.ts'

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
  const bytes = Buffer.alloc(size)
  let state = 12345
  for (let at = 0; at < size; at += 1) {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    bytes[at] = state >> 16
  }
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
