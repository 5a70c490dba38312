import { createReadStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HubError } from '../../domain/errors.ts'
import type { FileStore } from '../../engine/ports/files.ts'
import { makeFolder, onDisk, sweepIncoming, syncFolder, takeIn, unavailable } from './incoming.ts'

/** A folder of this machine, or one that all machines of the hub mount. */
export function createLocalFiles(root: string): FileStore {
  /** A folder with a million entries is slow to list and to back up. */
  const placeOf = (name: string): string => join(root, name.slice(0, 2), name)

  return {
    async put(name, content) {
      const { path } = await takeIn(root, name, content)
      const place = placeOf(name)
      try {
        await makeFolder(dirname(place))
        await onDisk(rename(path, place))
        await syncFolder(dirname(place))
        await syncFolder(root)
      } catch (error) {
        await rm(path, { force: true }).catch(() => undefined)
        throw error
      }
    },
    async *read(name) {
      try {
        yield* createReadStream(placeOf(name), { highWaterMark: 256 * 1024 })
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'ENOENT') throw unavailable(error)
        throw new HubError('file-unreadable', { cause: error })
      }
    },
    remove: (name) => onDisk(rm(placeOf(name), { force: true })),
    sweep: (olderThanMs) => sweepIncoming(root, olderThanMs),
  }
}
