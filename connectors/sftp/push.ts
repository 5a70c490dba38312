/**
 * A message becomes a file: written whole under a temporary name, then renamed, so that nobody ever sees half of it.
 * Its name holds the key of the delivery. What stands there already with the same content is this delivery, done;
 * with another content it is refused, and nothing is ever written over.
 */
import { createHash } from 'node:crypto'
import {
  type Confirmation,
  ConnectorError,
  type Outcome,
  type OutgoingDelivery,
  permanent,
} from '../../src/connector/index.ts'
import type { SftpClient, Visit } from './client.ts'
import { fillingOf, type MakeContent } from './content.ts'
import { fileNameOf, inFolder, temporaryName } from './names.ts'
import type { PushOptions } from './options.ts'
import { hashOf } from './pull-page.ts'

export interface PushTools {
  readonly client: SftpClient
  readonly push: PushOptions
  readonly make: MakeContent
}

export async function sendFile(
  { client, push, make }: PushTools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Outcome> {
  const name = fileNameOf(push.file, fillingOf(delivery))
  const bytes = await make(delivery)
  const path = inFolder(push.folder, name)
  const temporary = (attempt: number) => inFolder(push.folder, temporaryName(name, attempt))
  return client.visit(signal, async (visit) => {
    const { attempt } = delivery
    // Whoever still works on the attempt before can no longer give it its name.
    if (attempt > 1) await visit.remove(temporary(attempt - 1))
    const there = await stands(visit, path, bytes)
    if (there === 'same') return { kind: 'delivered' }
    if (there === 'other') throw otherContent()
    await visit.remove(temporary(attempt))
    await visit.write(temporary(attempt), bytes)
    try {
      await visit.rename(temporary(attempt), path)
    } catch (error) {
      await settle(visit, error, temporary(attempt))
    }
    return { kind: 'delivered' }
  })
}

/** What surely did not get its name is not left lying about; what may have is evidence for `confirm`. */
async function settle(visit: Visit, error: unknown, temporary: string): Promise<never> {
  const isSure = error instanceof ConnectorError && error.outcome.kind !== 'unknown'
  if (isSure && !visit.isOver()) await visit.remove(temporary).catch(() => undefined)
  throw error
}

export async function confirmFile(
  { client, push, make }: PushTools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Confirmation> {
  const name = fileNameOf(push.file, fillingOf(delivery))
  const bytes = await make(delivery)
  const path = inFolder(push.folder, name)
  const temporary = inFolder(push.folder, temporaryName(name, delivery.attempt))
  return client.visit(signal, async (visit) => {
    // In this order: between the two looks it could get its name.
    const isWaiting = (await visit.look(temporary)) !== undefined
    const there = await stands(visit, path, bytes)
    if (there === 'same') return 'applied'
    // Gone from both places: never written, or taken away by the receiver; nobody here can tell.
    return isWaiting && there === 'absent' ? 'not-applied' : 'cannot-tell'
  })
}

async function stands(
  visit: Visit,
  path: string,
  bytes: Uint8Array,
): Promise<'absent' | 'same' | 'other'> {
  const found = await visit.look(path)
  if (!found) return 'absent'
  if (found.size !== bytes.length) return 'other'
  const { hash } = await hashOf(visit, path)
  return hash === createHash('sha256').update(bytes).digest('hex') ? 'same' : 'other'
}

const otherContent = () =>
  permanent('target-rejected', {
    detail: {
      vi: 'Trên máy chủ đã có tệp cùng tên với nội dung khác; không ghi đè.',
      en: 'The server holds a file of this name with other content; it is not written over.',
    },
  })
