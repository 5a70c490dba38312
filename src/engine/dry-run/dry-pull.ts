/**
 * A dry run of a pull job: one page is really read at the source, as a pull does, and judged as it would be
 * when it is accepted. Nothing is kept: no message, no cursor, no file, no catalogue, no follow. A pull whose
 * reading changes something at the source (its manifest says so) is refused.
 */
import type { PullRequest } from '../../connector/contract.ts'
import type { ConnectorFiles } from '../../connector/files.ts'
import type { PullJob } from '../../domain/configuration.ts'
import { type ErrorCode, type Fault, HubError } from '../../domain/errors.ts'
import type { IncomingMessage, Message } from '../../domain/message.ts'
import { hashedBytes, toSubmission } from '../accept/accept.ts'
import { judgeMessage } from '../accept/judge-message.ts'
import type { Target } from '../lanes/lane-run.ts'
import type { Client, MessageSchemas } from '../ports/accept.ts'
import type { Digest } from '../ports/crypto.ts'
import type { DryRunStore } from '../ports/dry-run.ts'
import type { PullStore } from '../ports/pulls.ts'
import type { Catalogue } from '../pulls/catalogue.ts'
import { type FollowStore, openFollows } from '../pulls/open-follows.ts'

export interface DryPullItem {
  readonly source: string
  readonly eventId: string
  readonly type: string
  readonly subject: string
  readonly time: string
  /** `duplicate`: accepted before, to the byte. `conflict`: under this id something else was accepted. */
  readonly verdict: 'new' | 'duplicate' | 'conflict' | 'refused'
  readonly code: ErrorCode | null
  readonly faults: readonly Fault[]
  readonly data: unknown
}

export interface DryPullReport {
  readonly kind: 'pull'
  /** Whether it began where the job stands, or as at its very first run. */
  readonly from: 'cursor' | 'start'
  /** Messages of the page, the ones that are not given included. */
  readonly messages: number
  readonly verdicts: Readonly<Record<DryPullItem['verdict'], number>>
  readonly items: readonly DryPullItem[]
  readonly itemsLeft: number
  /** Records of the source that could not be made out. */
  readonly unread: readonly {
    readonly subject: string
    readonly code: ErrorCode
    readonly pointers: readonly string[]
  }[]
  /** Items of a catalogue that the page shows; what would change is among the messages. */
  readonly catalogue: { readonly name: string; readonly entries: number } | null
  /** The source has more pages; a dry run reads one. */
  readonly more: boolean
}

export interface DryPullRequest {
  readonly job: PullJob
  readonly target: Target
  readonly fromStart: boolean
  readonly last: number
  readonly mostBytes: number
}

export interface DryPullDependencies {
  readonly store: Pick<DryRunStore, 'known' | 'cursor'>
  readonly follows: FollowStore
  readonly timesOf: PullStore['timesOf']
  readonly latest: (subject: string, types: readonly string[]) => Promise<Message | undefined>
  readonly catalogue: Pick<Catalogue, 'plan' | 'held'>
  readonly schemas: MessageSchemas
  readonly digest: Digest
}

/** Throws `dry-run-impossible` where reading would change something at the source. */
export function mustHaveNoEffect({ manifest }: Target, operation: string): void {
  const effect = manifest.pulls?.find(({ name }) => name === operation)?.effect
  if (effect) throw new HubError('dry-run-impossible', { detail: effect })
}

/** Throws what the source makes the connector throw. */
export async function dryPull(
  deps: DryPullDependencies,
  request: DryPullRequest,
  signal: AbortSignal,
): Promise<DryPullReport> {
  const { job, target, fromStart, last, mostBytes } = request
  mustHaveNoEffect(target, job.operation)
  if (!target.connector.pull) throw new HubError('system-misconfigured')
  const stands = fromStart ? undefined : await deps.store.cursor(job.id)
  const { cursor, refused } = stands ?? { cursor: undefined, refused: [] }
  const asked: PullRequest = {
    ...{ operation: job.operation, cursor, overlapSeconds: job.overlapSeconds },
    ...{ startedFrom: cursor, refused, latest: deps.latest, timesOf: deps.timesOf },
    held: deps.catalogue.held,
    ...openFollows(deps.follows, job.from),
  }
  const page = await target.connector.pull(asked, signal)
  const plan = page.catalogue && (await deps.catalogue.plan(page.catalogue, job.id))
  const messages = plan ? [...page.messages, ...plan.messages] : page.messages
  const judged = await judgeAll(deps, messages, job)
  const items: DryPullItem[] = []
  let bytes = 0
  for (const item of judged.slice(0, last)) {
    bytes += JSON.stringify(item).length
    if (bytes > mostBytes) break
    items.push(item)
  }
  const verdicts = { new: 0, duplicate: 0, conflict: 0, refused: 0 }
  for (const { verdict } of judged) verdicts[verdict] += 1
  return {
    ...{ kind: 'pull', from: cursor === undefined ? 'start' : 'cursor' },
    ...{ messages: judged.length, verdicts, items, itemsLeft: judged.length - items.length },
    unread: (page.unread ?? []).map(({ subject, code, pointers }) => ({ subject, code, pointers })),
    catalogue: page.catalogue
      ? { name: page.catalogue.name, entries: page.catalogue.entries.length }
      : null,
    more: page.more,
  }
}

async function judgeAll(
  { store, schemas, digest }: DryPullDependencies,
  messages: readonly IncomingMessage[],
  job: PullJob,
): Promise<DryPullItem[]> {
  const client: Client = { id: `pull:${job.id}`, scopes: [], sources: ['*'], types: ['*'] }
  const submissions = messages.map(toSubmission)
  const refusals = submissions.map((one) => judgeMessage(schemas, one, client))
  // What is refused may have a name that no store can be asked about.
  const fit = submissions.filter((_, index) => !refusals[index])
  const known = new Map(await store.known(fit.map(({ attributes }) => attributes)))
  return submissions.map((submission, index) => {
    const { attributes, data } = submission
    const refusal = refusals[index]
    if (refusal) {
      const { code, faults } = refusal
      return { ...attributes, verdict: 'refused', code, faults, data }
    }
    const key = `${attributes.source}\n${attributes.eventId}`
    const hash = digest.sha256(hashedBytes(submission))
    const before = known.get(key)
    known.set(key, before ?? hash)
    const verdict = !before ? 'new' : isSame(before, hash) ? 'duplicate' : 'conflict'
    const code = verdict === 'conflict' ? 'message-conflict' : null
    return { ...attributes, verdict, code, faults: [], data }
  })
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

/** Files that a page brings are looked at and let go; their facts are those of what was read. */
export const passingFiles = (files: ConnectorFiles, digest: Digest): ConnectorFiles => ({
  open: files.open,
  link: () => Promise.reject(new HubError('dry-run-impossible')),
  async keep(content, name) {
    const hash = digest.running()
    let size = 0
    for await (const piece of content) {
      hash.add(piece)
      size += piece.length
    }
    const sha256 = Buffer.from(hash.end()).toString('hex')
    const id = sha256.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    return { id, size, name, sha256, mediaType: 'application/octet-stream' }
  },
})
