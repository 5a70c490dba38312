/** What every door does with the records it has read: accept them, and say what became of each. */
import type {
  AcceptResult,
  ConnectorContext,
  DoorRequest,
  Fault,
  IncomingMessage,
} from '../../../src/connector/index.ts'
import type { TthcOptions } from '../options.ts'
import {
  dossierHash,
  type KnownState,
  knownState,
  snapshotMessage,
  snapshotTypes,
} from '../translate/events.ts'
import { type FieldNames, legacyPointer } from '../translate/field-names.ts'
import type { LegacyEdge } from '../translate/legacy.ts'
import type { Snapshot } from '../translate/legacy-dossier.ts'

export interface DoorTools {
  readonly context: ConnectorContext
  readonly options: TthcOptions
  /** CloudEvents source of what this system says. */
  readonly source: string
  readonly edge: () => LegacyEdge
}

/** What became of one record. `before`: the hub had it already. */
export type Verdict =
  | { readonly kind: 'taken' | 'before' }
  | { readonly kind: 'refused'; readonly why: string; readonly faults: readonly Fault[] }

/** Names the place of record `index` in what was sent, for example `/data/0`. */
export type PlaceOf = (index: number) => string

/** What is this old was not accepted by a twin of this request, but long before it. */
const twinMs = 10 * 60_000

/**
 * Accepts snapshots, in order, each under an id that depends on the state before it. A snapshot that
 * says what the hub knows already is not accepted again. Throws what accept throws.
 */
export async function takeSnapshots(
  tools: DoorTools,
  request: DoorRequest,
  snapshots: readonly Snapshot[],
  names: FieldNames,
  placeOf: PlaceOf,
): Promise<readonly Verdict[]> {
  const known = new Map<string, KnownState | undefined>()
  const plans: { message: IncomingMessage | undefined; first: boolean }[] = []
  for (const snapshot of snapshots) {
    const { code } = snapshot.dossier
    if (!known.has(code)) {
      const newest = await request.latest(code, snapshotTypes)
      known.set(code, newest && knownState(newest))
    }
    const state = known.get(code)
    if (state?.hash === dossierHash(snapshot.dossier)) {
      plans.push({ message: undefined, first: false })
      continue
    }
    const message = snapshotMessage(tools.source, snapshot, state?.key ?? '')
    known.set(code, knownState(message))
    plans.push({ message, first: state === undefined })
  }
  const messages = plans.flatMap(({ message }) => message ?? [])
  const results = await acceptAll(request, messages)
  const verdicts: Verdict[] = []
  for (const [index, { message, first }] of plans.entries()) {
    if (!message) verdicts.push({ kind: 'before' })
    else {
      const result = results.get(message)
      const snapshot = snapshots[index]
      const again =
        first && snapshot && isForgotten(tools, result)
          ? await takeAgain(tools, request, snapshot, result)
          : result
      verdicts.push(verdictOf(again, names, placeOf(index)))
    }
  }
  return verdicts
}

/** Accepts rows of progress, in order. */
export async function takeMessages(
  request: DoorRequest,
  messages: readonly IncomingMessage[],
  names: FieldNames,
  placeOf: PlaceOf,
): Promise<readonly Verdict[]> {
  const results = await acceptAll(request, messages)
  return messages.map((message, index) => verdictOf(results.get(message), names, placeOf(index)))
}

async function acceptAll(
  request: DoorRequest,
  messages: readonly IncomingMessage[],
): Promise<ReadonlyMap<IncomingMessage, AcceptResult>> {
  const answers = messages.length === 0 ? [] : await request.accept(messages)
  const pairs = messages.map((message, index) => [message, answers[index]] as const)
  return new Map(pairs.filter((pair): pair is [IncomingMessage, AcceptResult] => !!pair[1]))
}

/**
 * The hub knew no state of the dossier, and yet had this very event: its body, and that of whatever
 * came after it, has been deleted by retention. So this is a change, not a repeat.
 */
const isForgotten = (
  { context }: DoorTools,
  result: AcceptResult | undefined,
): result is Extract<AcceptResult, { ok: true }> =>
  result?.ok === true &&
  result.receipt.duplicate &&
  context.clock.now().getTime() - Date.parse(result.receipt.acceptedAt) > twinMs

async function takeAgain(
  tools: DoorTools,
  request: DoorRequest,
  snapshot: Snapshot,
  result: Extract<AcceptResult, { ok: true }>,
): Promise<AcceptResult | undefined> {
  const message = snapshotMessage(tools.source, snapshot, result.receipt.id)
  return (await acceptAll(request, [message])).get(message)
}

function verdictOf(result: AcceptResult | undefined, names: FieldNames, at: string): Verdict {
  if (!result) throw new Error('accept has answered for fewer messages than it was given')
  if (result.ok) return { kind: result.receipt.duplicate ? 'before' : 'taken' }
  const faults = result.faults.map((fault) => {
    const own = legacyPointer(names, fault.pointer)
    return own === undefined
      ? { ...fault, vi: `${fault.vi} (bản tin chuẩn ${fault.pointer})`, pointer: at }
      : { ...fault, pointer: `${at}/${own}` }
  })
  return { kind: 'refused', why: result.detail.vi, faults }
}
