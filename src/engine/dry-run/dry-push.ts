/**
 * A dry run of a push job: samples, or the last messages of the history that the job routes, through the
 * current revision and, where there is one, through a candidate. Nothing is sent and nothing is written.
 */
import type { PushJob, System } from '../../domain/configuration.ts'
import type { Message } from '../../domain/message.ts'
import { deliveryKey } from '../lanes/lane-run.ts'
import type { Digest } from '../ports/crypto.ts'
import type { DryRunStore, HistoryFilter, HistoryMessage } from '../ports/dry-run.ts'
import { type DryOutput, type DryTarget, runDry } from './dry-run.ts'
import { createTally, type DryItem, type DrySummary, realChanges, verdictOf } from './report.ts'

/** A job under one configuration; undefined: this configuration has no such job. */
export interface DrySide {
  readonly job: PushJob
  readonly system: System
  readonly target: DryTarget
}

export interface DryPushRequest {
  readonly current: DrySide | undefined
  readonly candidate: DrySide | undefined
  readonly samples: readonly HistoryMessage[]
  /** Of the store, by id. */
  readonly messages?: readonly string[]
  /** Of the history, newest first; 0: samples only. */
  readonly last: number
  /** Bytes of items as JSON; more are counted and not given. */
  readonly mostBytes: number
}

export interface DryPushReport {
  readonly kind: 'push'
  readonly summary: DrySummary
  readonly items: readonly DryItem[]
  /** Items that found no room; the summary has counted them. */
  readonly itemsLeft: number
  /** False: the time was over before all messages were looked at. */
  readonly complete: boolean
}

interface DryPushDependencies {
  readonly store: Pick<DryRunStore, 'history' | 'these'>
  readonly digest: Digest
}

const notRouted: DryOutput = {
  ...{ kind: 'not-routed', schema: null, body: null, request: null },
  ...{ code: null, detail: null, faults: [], codes: [] },
}

const routes = ({ job }: DrySide, message: { type: string; source: string }): boolean =>
  job.types.includes(message.type) &&
  (job.sources.length === 0 || job.sources.includes(message.source))

/** Lets others have their turn: the process that runs this may be the one that accepts. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export async function dryPush(
  { store, digest }: DryPushDependencies,
  request: DryPushRequest,
  signal: AbortSignal,
): Promise<DryPushReport> {
  const { current, candidate, samples, last, mostBytes } = request
  const sides = [current, candidate].filter((side) => side !== undefined)
  const tally = createTally()
  const items: DryItem[] = []
  let bytes = 0
  let itemsLeft = 0

  const outputs = async (side: DrySide | undefined, one: ReadMessage): Promise<DryOutput> => {
    if (!side || !routes(side, one.message)) return notRouted
    const { message, sha256 } = one
    return runDry(side.target, message, deliveryKey(digest, { attributes: message, sha256 }))
  }

  const look = async (one: ReadMessage, sample: number | null): Promise<DryItem> => {
    const { message } = one
    const { subject, type } = message
    const named = { message: sample === null ? message.id : null, sample, subject, type }
    const before = await outputs(current, one)
    if (!candidate)
      return {
        ...{ ...named, verdict: before.kind === 'not-routed' ? 'nothing' : before.kind },
        ...{ current: before, candidate: null, changes: [] },
      }
    const after = await outputs(candidate, one)
    const changes = await realChanges(before, after, () => outputs(current, one))
    const verdict = verdictOf(before, after, changes)
    return verdict === 'same'
      ? { ...named, verdict, current: null, candidate: null, changes: [] }
      : { ...named, verdict, current: current ? before : null, candidate: after, changes }
  }

  const take = (item: DryItem): void => {
    tally.add(item)
    const size = JSON.stringify(item).length
    if (bytes + size > mostBytes) itemsLeft += 1
    else {
      bytes += size
      items.push(item)
    }
  }

  const run = async (one: HistoryMessage, sample: number | null): Promise<void> => {
    if ('unreadable' in one) tally.unreadable(one.unreadable === 'purged')
    else take(await look(one, sample))
  }

  for (const [index, one] of samples.entries()) {
    if (signal.aborted) break
    await run(one, index)
    await breathe()
  }
  const wanted = request.messages ?? []
  const named = wanted.length > 0 ? await store.these(wanted, filterOf(sides)) : []
  for (const one of named) {
    if (signal.aborted) break
    await run(one, null)
    await breathe()
  }
  for await (const one of historyOf(store, sides, last, signal)) {
    await run(one, null)
    await breathe()
  }
  const complete = !signal.aborted
  return { kind: 'push', summary: tally.summary(), items, itemsLeft, complete }
}

const filterOf = (sides: readonly DrySide[]): HistoryFilter => ({
  types: [...new Set(sides.flatMap(({ job }) => job.types))],
  // One that hears all sources makes the others' lists superfluous.
  sources: sides.some(({ job }) => job.sources.length === 0)
    ? []
    : [...new Set(sides.flatMap(({ job }) => job.sources))],
})

type ReadMessage = Extract<HistoryMessage, { readonly message: Message }>

async function* historyOf(
  store: Pick<DryRunStore, 'history'>,
  sides: readonly DrySide[],
  last: number,
  signal: AbortSignal,
): AsyncIterable<HistoryMessage> {
  const filter = filterOf(sides)
  let left = last
  let before: string | undefined
  while (left > 0 && !signal.aborted) {
    const page = await store.history(filter, before, left)
    for (const one of page.messages) {
      if (signal.aborted) return
      if (!sides.some((side) => routes(side, one))) continue
      left -= 1
      yield one
    }
    if (page.next === undefined) return
    before = page.next
  }
}
