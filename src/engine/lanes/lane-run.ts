/**
 * One claimed lane: its deliveries are sent one after the other, or its unresolved ones are asked
 * about. What comes out is what settle writes.
 */
import type { Connector, OutgoingDelivery } from '../../connector/contract.ts'
import { type Manifest, type ManifestOperation, operationFor } from '../../connector/manifest.ts'
import type { System } from '../../domain/configuration.ts'
import { errorTable, HubError } from '../../domain/errors.ts'
import { causeOf } from '../../domain/fingerprint.ts'
import type { Logger } from '../../domain/log-events.ts'
import type { Message } from '../../domain/message.ts'
import {
  type Failed,
  type Follow,
  type Memo,
  type Outcome,
  outcomeKinds,
} from '../../domain/outcome.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cipher, Digest } from '../ports/crypto.ts'
import type { ClaimedDelivery, ClaimedLane, SettledDelivery, SettledLane } from '../ports/lanes.ts'
import type { Metrics } from '../ports/metrics.ts'
import { classify } from './classify.ts'
import { afterSend, type Circumstances, type Decision } from './decide.ts'

/** A system with the connector that speaks to it. */
export interface Target {
  readonly system: System
  readonly manifest: Manifest
  readonly connector: Connector
}

export interface RunDependencies {
  readonly cipher: Cipher
  readonly digest: Digest
  readonly clock: Clock
  readonly random: () => number
  readonly metrics: Metrics
  readonly log: Logger
}

/** What a run must ask between two sends. */
export interface RunControl {
  readonly signal: AbortSignal
  /** False once the lease may be lost or the process stops: nothing more is sent. */
  mayGoOn(): boolean
  /** Waits until the system may be asked about, or sent, the message with this id. */
  turn(message: string): Promise<Turn>
}

/** One request's leave; must be ended, whatever happens. */
export interface Turn {
  /** With every outcome of the request, for the circuit and for pausing; without when none was made. */
  end(outcomes?: readonly Outcome[]): void
}

const undeclared: ManifestOperation = {
  name: 'undeclared',
  title: { vi: 'Không khai báo', en: 'Undeclared' },
  types: [],
  repeat: 'person',
}

export const operationOf = (target: Target, delivery: ClaimedDelivery): ManifestOperation =>
  operationFor(target.manifest, delivery.attributes.type) ?? undeclared

export const circumstances = (
  deps: RunDependencies,
  target: Target,
  delivery: ClaimedDelivery,
): Circumstances => ({
  system: target.system,
  repeat: operationOf(target, delivery).repeat,
  policy: delivery.policy,
  tries: delivery.tries,
  random: deps.random(),
})

function readMessage(deps: RunDependencies, delivery: ClaimedDelivery): Message {
  if (!delivery.cipher) throw new HubError('body-unreadable')
  const { attributes } = delivery
  const bytes = deps.cipher.decrypt(delivery.keyId, delivery.cipher, attributes.id)
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes))
  const data = delivery.mode === 'structured' ? (parsed as { readonly data: unknown }).data : parsed
  return { ...attributes, data }
}

/**
 * Of the event's natural key and its bytes, not of anything that this store has given it: a message that
 * its source sends again to a store restored from a backup keeps its key.
 */
export function deliveryKey(
  { sha256: hash }: Pick<Digest, 'sha256'>,
  { attributes, sha256 }: Pick<ClaimedDelivery, 'attributes' | 'sha256'>,
): string {
  const name = new TextEncoder().encode(JSON.stringify([attributes.source, attributes.eventId]))
  const whole = new Uint8Array(name.length + sha256.length)
  whole.set(name)
  whole.set(sha256, name.length)
  return Buffer.from(hash(whole)).toString('base64url').slice(0, 32)
}

/** What the connector is given. Throws `body-unreadable`. */
export function toOutgoing(
  deps: RunDependencies,
  target: Target,
  lane: ClaimedLane,
  delivery: ClaimedDelivery,
  memo: Memo | undefined,
): OutgoingDelivery {
  return {
    id: `${lane.lane}.${delivery.number}`,
    idempotencyKey: deliveryKey(deps.digest, delivery),
    attempt: delivery.tries,
    operation: operationOf(target, delivery).name,
    message: readMessage(deps, delivery),
    memo,
  }
}

interface Tried {
  readonly kind: 'send' | 'confirm'
  readonly startedAt: Date
  readonly durationMs: number
  readonly outcome: Outcome
}

const acceptedMs = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

/** The settled row of a delivery, its attempt and the one log line of that attempt. */
export function record(
  deps: RunDependencies,
  target: Target,
  lane: ClaimedLane,
  delivery: ClaimedDelivery,
  tried: Tried,
  decision: Decision,
): SettledDelivery {
  const { outcome } = tried
  const failed: Failed | undefined = outcome.kind === 'delivered' ? undefined : outcome
  deps.metrics.attempted(target.system.id, outcome.kind, tried.durationMs)
  if (decision.state === 'dead') deps.metrics.died(target.system.id, 1)
  // A UUIDv7 begins with the time of acceptance.
  if (decision.state === 'delivered')
    deps.metrics.delivered(
      target.system.id,
      deps.clock.now().getTime() - acceptedMs(delivery.attributes.id),
    )
  deps.log.info('delivery.attempted', {
    delivery: `${lane.lane}.${delivery.number}`,
    message: delivery.attributes.id,
    system: target.system.id,
    kind: tried.kind,
    try: delivery.tries,
    outcome: outcome.kind,
    code: failed?.code,
    state: decision.state,
    durationMs: Math.round(tried.durationMs),
    wakeMs: decision.passes ? undefined : decision.wakeMs,
  })
  return {
    number: delivery.number,
    state: decision.state,
    code: decision.code,
    asked: delivery.asked + (tried.kind === 'confirm' ? 1 : 0),
    tried: decision.tried,
    operation: operationOf(target, delivery).name,
    // Only what waits for a person belongs to a problem.
    ...(failed &&
      (decision.state === 'dead' || (decision.state === 'unknown' && decision.wakeMs === null)) && {
        cause: causeOf(failed, deps.digest.sha256),
      }),
    attempt: {
      kind: tried.kind,
      number: delivery.tries,
      startedAt: tried.startedAt,
      durationMs: tried.durationMs,
      outcome: outcome.kind,
      code: failed?.code,
      detail: failed?.detail,
      faults: failed?.faults ?? [],
      evidence: outcome.evidence,
    },
  }
}

export const handBack = (target: Target, delivery: ClaimedDelivery): SettledDelivery => ({
  number: delivery.number,
  state: 'waiting',
  code: undefined,
  asked: delivery.asked,
  tried: false,
  operation: operationOf(target, delivery).name,
})

/** Where the lane stands after these deliveries: its head is the first that did not pass. */
export function settleLane(
  lane: ClaimedLane,
  deliveries: readonly SettledDelivery[],
  stop: { readonly number: number; readonly wakeMs: number | null } | undefined,
  memo: Memo | undefined,
  follow?: Follow,
): SettledLane {
  const last = deliveries.at(-1)
  return {
    lane: lane.lane,
    fence: lane.fence,
    deliveries,
    head: stop?.number ?? (last ? last.number + 1 : undefined),
    wakeMs: stop ? stop.wakeMs : 0,
    ...(memo !== lane.memo && memo !== undefined && { memo }),
    ...(follow && { follow }),
  }
}

/** What this outcome asks to be followed from now on. */
export const followOf = (outcome: Outcome): Follow | undefined =>
  outcome.kind === 'delivered' ? outcome.follow : undefined

/** A connector that answers with something else is as broken as one that throws something else. */
export function mustBeOutcome(answer: Outcome | undefined): Outcome {
  if (answer && outcomeKinds.includes(answer.kind)) {
    if (answer.kind === 'delivered' || Object.hasOwn(errorTable, answer.code)) return answer
    throw new TypeError('the connector answered with a code that nobody knows')
  }
  throw new TypeError('the connector answered with something that is no outcome')
}

async function sendOne(
  deps: RunDependencies,
  target: Target,
  lane: ClaimedLane,
  delivery: ClaimedDelivery,
  memo: Memo | undefined,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const outgoing = toOutgoing(deps, target, lane, delivery, memo)
    if (outgoing.operation === undeclared.name || !target.connector.send)
      return { kind: 'permanent', code: 'operation-missing' }
    return mustBeOutcome(await target.connector.send(outgoing, signal))
  } catch (error) {
    return explain(deps, lane, delivery, error)
  }
}

export function explain(
  deps: RunDependencies,
  lane: ClaimedLane,
  delivery: ClaimedDelivery,
  error: unknown,
): Failed {
  const outcome = classify(error)
  if (outcome.code === 'bug')
    deps.log.error('drain.failed', { delivery: `${lane.lane}.${delivery.number}` }, error)
  return outcome
}

export async function sendRun(
  deps: RunDependencies,
  target: Target,
  lane: ClaimedLane,
  control: RunControl,
): Promise<SettledLane> {
  const settled: SettledDelivery[] = []
  let memo = lane.memo
  let follow: Follow | undefined
  let stop: { number: number; wakeMs: number | null } | undefined
  for (const delivery of lane.deliveries) {
    // The turn first: what it makes us wait may cost the lease.
    const turn = stop ? undefined : await control.turn(delivery.attributes.id)
    if (!turn || !control.mayGoOn()) {
      turn?.end()
      stop ??= { number: delivery.number, wakeMs: 0 }
      settled.push(handBack(target, delivery))
      continue
    }
    const startedAt = deps.clock.now()
    const from = deps.clock.monotonicMs()
    const outcome = await sendOne(deps, target, lane, delivery, memo, control.signal)
    const durationMs = deps.clock.monotonicMs() - from
    turn.end([outcome])
    memo = outcome.memo ?? memo
    follow = followOf(outcome) ?? follow
    const decision = afterSend(outcome, circumstances(deps, target, delivery))
    const tried = { kind: 'send', startedAt, durationMs, outcome } as const
    settled.push(record(deps, target, lane, delivery, tried, decision))
    // What the policy skips is written before the next is sent: later ones of a run must mean that
    // all before them were delivered (askRun builds on it).
    if (decision.state !== 'delivered')
      stop = { number: delivery.number + (decision.passes ? 1 : 0), wakeMs: decision.wakeMs }
  }
  return settleLane(lane, settled, stop, memo, follow)
}
