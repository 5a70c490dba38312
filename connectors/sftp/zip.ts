/**
 * The parts of a ZIP file on a server, read where they stand: its directory, then the wanted part as a stream.
 * Sizes and ratios are counted while it unpacks, whatever its directory says of them.
 */
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import type { Entry } from 'yauzl'
import { ConnectorError } from '../../src/connector/index.ts'
import { FileFault, type Source } from './records.ts'

export interface Zip {
  has(name: string): boolean
  /** Throws FileFault where it is absent, too large, or not what its directory says. */
  part(name: string): AsyncGenerator<Uint8Array>
}

const mostParts = 5_000
const mostBytes = 512 * 1024 * 1024
/** Honest sheets shrink to a tenth or a thirtieth. */
const mostRatio = 250
/** Below it no ratio is a danger. */
const harmlessBytes = 4 * 1024 * 1024

export async function openZip(source: Source): Promise<Zip> {
  const { default: yauzl } = await import('yauzl')
  const reader = new (
    yauzl.RandomAccessReader as unknown as new () => {
      _readStreamForRange(from: number, to: number): Readable
    }
  )()
  // What the line said, not the file; yauzl would hide it among its own errors.
  let broken: unknown
  reader._readStreamForRange = (from, to) =>
    Readable.from(
      (async function* () {
        try {
          for await (const bytes of source.read(from, to)) yield Buffer.from(bytes)
        } catch (error) {
          broken = error
          throw error
        }
      })(),
    )
  const refused = (error: unknown): unknown => {
    if (broken instanceof ConnectorError) return broken
    return error instanceof FileFault ? error : new FileFault('file-type-mismatch')
  }
  const zip = await new Promise<import('yauzl').ZipFile>((resolve, reject) =>
    yauzl.fromRandomAccessReader(
      reader as never,
      source.size,
      { lazyEntries: true, autoClose: false },
      (error, file) => (error ? reject(refused(error)) : resolve(file)),
    ),
  )
  const parts = await directoryOf(zip).catch((error: unknown) => {
    throw refused(error)
  })
  let unpacked = 0
  return {
    has: (name) => parts.has(name),
    async *part(name) {
      const entry = parts.get(name)
      if (!entry || entry.isEncrypted()) throw new FileFault('file-type-mismatch')
      let size = 0
      let sum = 0
      try {
        const stream = await new Promise<Readable>((resolve, reject) =>
          zip.openReadStream(entry, (error, found) => (error ? reject(error) : resolve(found))),
        )
        for await (const bytes of stream as AsyncIterable<Buffer>) {
          size += bytes.length
          unpacked += bytes.length
          const isBomb = size > harmlessBytes && size > entry.compressedSize * mostRatio
          if (isBomb || unpacked > mostBytes) throw new FileFault('file-too-large')
          sum = crc32(bytes, sum)
          yield bytes
        }
      } catch (error) {
        throw refused(error)
      }
      if (sum !== entry.crc32) throw new FileFault('file-type-mismatch')
    },
  }
}

const directoryOf = (zip: import('yauzl').ZipFile): Promise<ReadonlyMap<string, Entry>> =>
  new Promise((resolve, reject) => {
    const parts = new Map<string, Entry>()
    zip.on('error', reject)
    zip.on('end', () => resolve(parts))
    zip.on('entry', (entry: Entry) => {
      // Two parts of one name: it is not known which of them counts.
      if (parts.has(entry.fileName)) return reject(new FileFault('file-type-mismatch'))
      parts.set(entry.fileName, entry)
      if (parts.size > mostParts) return reject(new FileFault('file-too-large'))
      zip.readEntry()
    })
    zip.readEntry()
  })
