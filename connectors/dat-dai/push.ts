/** A dossier to ILIS, and what is remembered of it. */
import { createHash } from 'node:crypto'
import {
  type ConnectorContext,
  ConnectorError,
  type LandDossierRequested,
  type Outcome,
  type OutgoingDelivery,
  permanent,
  type Words,
} from '../../src/connector/index.ts'
import type { IlisClient } from './client.ts'
import type { IlisOptions } from './options.ts'
import { requestOf } from './translate.ts'

export const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)

/**
 * ILIS keeps one dossier for a code and takes no other content under it. "Already there" is the success
 * of an earlier try only if nothing else can have arrived under the code before.
 */
export async function sendRequest(
  context: ConnectorContext,
  options: IlisOptions,
  client: IlisClient,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Outcome> {
  const request = delivery.message.data as LandDossierRequested
  const content = digest(request)
  const isSafe = isFirst(delivery, content)
  try {
    const body = context.outgoing(
      'dat-dai/dossier-request/v1',
      requestOf(context.codes, options, request),
    )
    const { meaning, evidence } = await client.submit(body, signal)
    if (meaning === 'already' && !isSafe)
      throw permanent('target-rejected', { detail: holdsEarlier, evidence })
    return { kind: 'delivered', evidence, memo: { content } }
  } catch (error) {
    if (!(error instanceof ConnectorError) || !isSafe) throw error
    const { kind, code, ...facts } = error.outcome
    const memo = kind === 'unknown' ? { content } : (delivery.memo ?? {})
    throw new ConnectorError(kind, code, { ...facts, memo, cause: error })
  }
}

/**
 * Whether no other content has been sent under the code. The memo holds the one that may have arrived;
 * without a memo only the first delivery of a lane is sure to be the first.
 */
const isFirst = ({ id, memo }: OutgoingDelivery, content: string): boolean =>
  memo ? memo.content === undefined || memo.content === content : id.endsWith('.1')

const holdsEarlier: Words = {
  vi: 'Hệ thống đất đai báo hồ sơ đã tồn tại, nhưng trước đó đã gửi mã này với nội dung khác: nội dung mới chưa được nhận.',
  en: 'ILIS says that the dossier exists, but other content was sent under its code: the new one was not taken.',
}
