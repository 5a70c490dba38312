/** The store of files that the settings name, and the verbs over it. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createLocalFiles } from '../../adapters/files/local.ts'
import { createS3Files } from '../../adapters/files/s3.ts'
import type { Database } from '../../adapters/postgres/database.ts'
import { createFileIndex } from '../../adapters/postgres/files.ts'
import { digest } from '../../adapters/system/digest.ts'
import { fileCipher } from '../../adapters/system/file-encryption.ts'
import type { Logger } from '../../domain/log-events.ts'
import { createFiles, type Files } from '../../engine/files/files.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { FileStore } from '../../engine/ports/files.ts'
import type { ProcessSettings } from '../settings.ts'
import type { OpenStore } from './store.ts'

/** No upload is under way for so long. */
const abandonedMs = 60 * 60 * 1000

function storeOf(settings: ProcessSettings): FileStore {
  const folder = settings.filesDir ?? join(settings.dataDir, 'files')
  const { filesS3Url: url, filesS3KeyId: keyId, filesS3Secret: secret } = settings
  if (url === undefined || keyId === undefined || secret === undefined)
    return createLocalFiles(folder)
  return createS3Files({ url, keyId, secret, region: settings.filesS3Region, spool: folder })
}

const linkPurpose = 'file-link'

export function openFiles(
  settings: ProcessSettings,
  parts: {
    readonly database: Database
    readonly keys: OpenStore['keys']
    readonly clock: Clock
    readonly log: Logger
  },
): { readonly files: Files; sweepUploads(): Promise<void> } {
  const { keys, clock, log } = parts
  const { keyring } = keys
  const store = storeOf(settings)
  const files = createFiles({
    ...{ store, clock, log, digest, fileCipher, cipher: keyring, newId: randomUUID },
    index: createFileIndex(parts.database),
    nameHash: (name) => keyring.hmac('file-name', name),
    seal: (text) => keyring.seal(linkPurpose, text),
    unseal: (sealed) => keyring.open(linkPurpose, sealed),
    withKey: (keyId, work) => keys.withKeys([keyId], work),
  })
  return { files, sweepUploads: () => store.sweep(abandonedMs) }
}
