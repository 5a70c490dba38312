/**
 * What connectors share that send a dossier once and then ask what has become of it: whether "already
 * taken" is the success of an earlier try, and reading each dossier so that one that cannot be made out
 * is told of and holds up no other.
 */
import { createHash } from 'node:crypto'
import type { Words } from '../domain/errors.ts'
import type { IncomingMessage } from '../domain/message.ts'
import type { Confirmation, Evidence, Follow, Outcome } from '../domain/outcome.ts'
import type { Followed, OutgoingDelivery, PullPage, UnreadRecord } from './contract.ts'
import { ConnectorError, unknown } from './errors.ts'

/** 32 hexadecimal digits of the value as JSON. */
export const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)

/**
 * Whether no other content has been sent under the code. The memo holds the one that may have arrived;
 * without a memo only the first delivery of a lane is sure to be the first.
 */
const isFirst = ({ id, memo }: OutgoingDelivery, content: string): boolean =>
  memo ? memo.content === undefined || memo.content === content : id.endsWith('.1')

export interface Submitted {
  /** `already`: the system has taken a dossier of this code before. */
  readonly meaning: 'done' | 'already'
  readonly evidence: Evidence
}

/**
 * For a system that keeps one dossier for a code. "Already taken" is the success of an earlier try only if
 * nothing else can have arrived under the code before; else nobody knows which of them it has, and the
 * outcome is unknown in the words of `holdsEarlier`.
 */
export async function sendFollowed(
  delivery: OutgoingDelivery,
  follow: Follow,
  holdsEarlier: Words,
  submit: () => Promise<Submitted>,
): Promise<Outcome> {
  const content = digest(delivery.message.data)
  const isSafe = isFirst(delivery, content)
  try {
    const { meaning, evidence } = await submit()
    if (meaning === 'already' && !isSafe)
      throw unknown('answer-wording-unknown', { detail: holdsEarlier, evidence })
    return { kind: 'delivered', evidence, memo: { content }, follow }
  } catch (error) {
    if (!(error instanceof ConnectorError) || !isSafe) throw error
    const { kind, code, ...facts } = error.outcome
    const memo = kind === 'unknown' ? { content } : (delivery.memo ?? {})
    throw new ConnectorError(kind, code, { ...facts, memo, cause: error })
  }
}

/** That the code is there shows that it has arrived, unless an earlier content may be what is there. */
export function confirmFollowed(
  delivery: OutgoingDelivery,
  follow: Follow,
  isThere: boolean,
): Confirmation {
  if (!isThere) return 'not-applied'
  return isFirst(delivery, digest(delivery.message.data))
    ? { answer: 'applied', follow }
    : 'cannot-tell'
}

/** The system has answered as agreed, but said no, or in words that are in no table. */
export const isAboutRecord = ({ code }: ConnectorError): boolean =>
  code === 'target-rejected' || code === 'answer-wording-unknown'

export interface FollowedReading<S> {
  readonly messages: IncomingMessage[]
  /** Null: nothing more is to come. */
  state: S | null
}

export interface FollowedRecord {
  readonly subject: string
  readonly messages: readonly IncomingMessage[]
  readonly state: Follow | null
  readonly unread: readonly UnreadRecord[]
}

/**
 * Reads one subject. What `read` has told before it throws a ConnectorError stays told; the fault becomes
 * an unread record, and its mark in the state shows the next time whether it is the same again.
 */
export function readFollowed<S extends { readonly unread?: string }>(
  subject: string,
  before: S,
  read: (reading: FollowedReading<S>) => void,
): FollowedRecord {
  const reading: FollowedReading<S> = { messages: [], state: before }
  const unread: UnreadRecord[] = []
  try {
    read(reading)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const pointers = error.faults.map(({ pointer }) => pointer)
    const mark = digest([error.code, pointers])
    unread.push({ subject, code: error.code, pointers, again: mark === before.unread })
    reading.state = { ...(reading.state ?? before), unread: mark }
  }
  const { messages, state } = reading
  return { subject, messages, state: state && ({ ...state } as Follow), unread }
}

/** A page of what `followed` has given at this limit; an empty cursor begins anew with the next run. */
export function pageOfFollowed(
  rows: readonly Followed[],
  limit: number,
  records: readonly FollowedRecord[],
): PullPage {
  const more = rows.length === limit
  return {
    messages: records.flatMap(({ messages }) => messages),
    follows: records.map(({ subject, state }) => ({ subject, state })),
    unread: records.flatMap(({ unread }) => unread),
    cursor: more ? rows.at(-1)?.subject : '',
    more,
  }
}
