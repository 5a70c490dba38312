import type { AcceptResult } from '../../connector/door.ts'
import { type Revision, routesOf } from '../../domain/configuration.ts'
import { HubError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import { type EventAttributes, type IncomingMessage, showable } from '../../domain/message.ts'
import { createBatcher } from '../batcher.ts'
import type {
  AcceptStore,
  Client,
  ContentMode,
  MessageSchemas,
  NewMessage,
  Stored,
} from '../ports/accept.ts'
import type { CatalogueWrite } from '../ports/catalogues.ts'
import type { Cipher, Digest } from '../ports/crypto.ts'
import type { Metrics } from '../ports/metrics.ts'
import type { PullCursor } from '../ports/pulls.ts'
import type { Wakeups } from '../ports/wakeups.ts'
import { judgeMessage, refuse } from './judge-message.ts'

/** One event as it came: attributes read, bytes untouched. */
export interface Submission {
  readonly attributes: EventAttributes
  readonly data: unknown
  readonly bytes: Uint8Array
  readonly mode: ContentMode
}

export interface AcceptDependencies {
  readonly store: AcceptStore
  readonly schemas: MessageSchemas
  readonly cipher: Cipher
  readonly digest: Digest
  readonly newId: () => string
  /** The revision in force; undefined until one has been applied. */
  readonly revision: () => Revision | undefined
  /** Whether this system's connector calls messages of this type full snapshots. */
  readonly isSnapshot: (system: string, type: string) => boolean
  /** What happened before this may come again from a source whose messages a lost store had taken. */
  readonly lostUntil?: Date | undefined
  readonly wakeups: Wakeups
  readonly metrics: Metrics
  readonly log: Logger
}

export interface Accept {
  /**
   * One result per submission, in order; a fault in one never fails its neighbours. What is accepted
   * is durable when this resolves. Throws `store-unavailable` when the database is away.
   */
  accept(submissions: readonly Submission[], client: Client): Promise<readonly AcceptResult[]>
  /**
   * All or nothing: messages, the cursor of the pull that brought them (none: a file), and the changes
   * of a catalogue that they tell of. A change whose message is refused is not written. What is refused
   * besides is added to the cursor's.
   */
  acceptPage(
    messages: readonly IncomingMessage[],
    client: Client,
    cursor: PullCursor | undefined,
    catalogue?: CatalogueWrite,
  ): Promise<readonly AcceptResult[]>
  idle(): Promise<void>
}

/** The event a connector or a door hands in, in the bytes the hub then keeps. */
export function toSubmission(message: IncomingMessage): Submission {
  const { data, eventId, ...attributes } = message
  const event = {
    specversion: '1.0',
    id: eventId,
    ...attributes,
    datacontenttype: 'application/json',
    data,
  }
  return {
    attributes: { ...attributes, eventId },
    data,
    bytes: new TextEncoder().encode(JSON.stringify(event)),
    mode: 'structured',
  }
}

/** In binary mode the attributes are not part of the bytes, but they are part of what was said. */
export function hashedBytes({ attributes, bytes, mode }: Submission): Uint8Array {
  if (mode === 'structured') return bytes
  const { type, subject, time, dataschema = '' } = attributes
  const head = new TextEncoder().encode(`${JSON.stringify([type, subject, time, dataschema])}\n`)
  const all = new Uint8Array(head.length + bytes.length)
  all.set(head)
  all.set(bytes, head.length)
  return all
}

/** What cannot be told is not written; the item was seen all the same, so it has not vanished. */
function without(write: CatalogueWrite, told: ReadonlySet<string>): CatalogueWrite {
  const mute = write.changes.filter(({ eventId }) => !told.has(eventId))
  const seen = mute.map(({ code, period }) => ({ code, period, read: false }))
  return {
    ...write,
    changes: write.changes.filter(({ eventId }) => told.has(eventId)),
    seen: [...write.seen, ...seen],
  }
}

export function createAccept(deps: AcceptDependencies): Accept {
  const check = (submission: Submission, client: Client): AcceptResult | undefined =>
    judgeMessage(deps.schemas, submission, client)

  const prepare = (submission: Submission, client: Client, revision: Revision): NewMessage => {
    const id = deps.newId()
    const sealed = deps.cipher.encrypt(submission.bytes, id)
    const { time } = submission.attributes
    return {
      ...submission.attributes,
      id,
      unit: deps.schemas.unitOf(submission.attributes.type, submission.data) ?? null,
      client: client.id,
      revision: revision.id,
      mode: submission.mode,
      sha256: deps.digest.sha256(hashedBytes(submission)),
      size: submission.bytes.length,
      keyId: sealed.keyId,
      cipher: sealed.bytes,
      doubtful: deps.lostUntil !== undefined && !(Date.parse(time) > deps.lostUntil.getTime()),
      routes: routesOf(revision.configuration.jobs, submission.attributes).map((route) => ({
        ...route,
        snapshot: deps.isSnapshot(route.system, submission.attributes.type),
      })),
    }
  }

  const resultOf = (stored: Stored): AcceptResult => {
    if (stored.kind === 'conflict') return refuse('message-conflict')
    return { ok: true, receipt: stored.receipt }
  }

  const wakeFor = (messages: readonly NewMessage[]): void => {
    for (const system of new Set(messages.flatMap((m) => m.routes.map((route) => route.system))))
      deps.wakeups.wake(system)
  }

  /** One line for a commit; who sent which message with which hash is in the audit trail. */
  const tell = (results: readonly AcceptResult[]): void => {
    const fresh = results.flatMap((one) => (one.ok && !one.receipt.duplicate ? [one.receipt] : []))
    if (fresh.length > 0)
      deps.log.info('message.accepted', {
        messages: fresh.length,
        first: fresh[0]?.id,
        last: fresh.at(-1)?.id,
      })
  }

  /** One message that the database cannot take must not fail the others that share its commit. */
  const oneByOne = async (messages: readonly NewMessage[]): Promise<readonly AcceptResult[]> => {
    const results: AcceptResult[] = []
    for (const message of messages) {
      try {
        results.push(...(await deps.store.accept([message])).map(resultOf))
      } catch (error) {
        if (error instanceof HubError && error.code === 'store-unavailable') throw error
        deps.log.error('request.failed', { message: message.id, code: 'bug' }, error)
        results.push(refuse('bug'))
      }
    }
    return results
  }

  const batcher = createBatcher<NewMessage, AcceptResult>({
    maxItems: 200,
    maxWeight: 8 * 1024 * 1024,
    weightOf: (message) => message.cipher.length,
    async run(messages) {
      let results: readonly AcceptResult[]
      try {
        results = (await deps.store.accept(messages)).map(resultOf)
      } catch (error) {
        if (error instanceof HubError) throw error
        results = await oneByOne(messages)
      }
      wakeFor(messages)
      deps.metrics.committed(messages.length)
      tell(results)
      return results
    },
  })

  const revisionInForce = (): Revision => {
    const revision = deps.revision()
    if (!revision) throw new HubError('store-unavailable', { retryAfterSeconds: 5 })
    return revision
  }

  const count = (results: readonly AcceptResult[]): readonly AcceptResult[] => {
    const refused = results.filter((result) => !result.ok).length
    const duplicates = results.filter((result) => result.ok && result.receipt.duplicate).length
    if (refused > 0) deps.metrics.accepted('refused', refused)
    if (duplicates > 0) deps.metrics.accepted('duplicate', duplicates)
    deps.metrics.accepted('accepted', results.length - refused - duplicates)
    return results
  }

  return {
    async accept(submissions, client) {
      const revision = revisionInForce()
      return count(
        await Promise.all(
          submissions.map(
            (submission) =>
              check(submission, client) ?? batcher.add(prepare(submission, client, revision)),
          ),
        ),
      )
    },

    async acceptPage(messages, client, cursor, catalogue) {
      const revision = revisionInForce()
      const submissions = messages.map(toSubmission)
      const refusals = submissions.map((submission) => check(submission, client))
      const good = submissions
        .filter((_, index) => !refusals[index])
        .map((submission) => prepare(submission, client, revision))
      const refused = refusals.flatMap((refusal, index) => {
        const message = messages[index]
        if (!message || !refusal || refusal.ok) return []
        const pointers = refusal.faults.map((fault) => fault.pointer)
        const { eventId } = message
        return [{ eventId, subject: showable(message.subject), code: refusal.code, pointers }]
      })
      const page = cursor && {
        ...cursor,
        // What has not been taken must come again, so its subject is asked about again.
        follows: cursor.follows.filter((follow) =>
          messages.every((one, index) => !refusals[index] || one.subject !== follow.subject),
        ),
        refused: [...cursor.refused, ...refused],
      }
      const taken = new Set(good.map(({ eventId }) => eventId))
      const change = catalogue && without(catalogue, taken)
      const stored = (await deps.store.accept(good, page, change)).map(resultOf)
      wakeFor(good)
      tell(stored)
      return count(refusals.map((refusal) => refusal ?? stored.shift() ?? refuse('bug')))
    },

    idle: () => batcher.idle(),
  }
}
