/** What sending needs from the store: claim, settle, beat, and what each process may do to a system now. */
import type { Attempt, DeliveryState, LanePolicy } from '../../domain/delivery.ts'
import type { ErrorCode, Fault, Words } from '../../domain/errors.ts'
import type { Cause } from '../../domain/fingerprint.ts'
import type { EventAttributes } from '../../domain/message.ts'
import type { Evidence, Follow, Memo } from '../../domain/outcome.ts'
import type { ContentMode } from './accept.ts'
import type { Act } from './interventions.ts'

export interface ClaimRequest {
  readonly system: string
  readonly lanes: number
  readonly runAhead: number
  readonly leaseMs: number
}

export interface ClaimedDelivery {
  readonly number: number
  /** The state it was found in. `sending` means another worker was lost while it had it. */
  readonly found: 'waiting' | 'sending' | 'unknown'
  /** Not sent from here yet; a store that was lost may have sent it, and others after it. */
  readonly doubtful: boolean
  /** Sends so far, this one included when it was waiting. */
  readonly tries: number
  /** Questions asked about it so far. */
  readonly asked: number
  readonly policy: LanePolicy
  readonly snapshot: boolean
  readonly attributes: EventAttributes & { readonly id: string }
  readonly mode: ContentMode
  readonly sha256: Uint8Array
  readonly keyId: number
  /** Null when the body has been purged, which only happens by mistake. */
  readonly cipher: Uint8Array | null
}

export interface ClaimedLane {
  readonly lane: string
  readonly fence: string
  readonly memo: Memo | undefined
  /** In order, all waiting or all unresolved; empty when nothing is open after all. */
  readonly deliveries: readonly ClaimedDelivery[]
  /**
   * A person or a newer snapshot has stopped one of these while the claim waited for the lane. Sending
   * the others would pass it by, so nothing is sent: they are given back, the lane is worked out anew.
   */
  readonly overtaken?: boolean
}

export interface SettledDelivery {
  readonly number: number
  readonly state: Exclude<DeliveryState, 'sending' | 'discarded' | 'held'>
  readonly code: ErrorCode | undefined
  readonly asked: number
  /** False when the claim is handed back without a try: it then counts as none. */
  readonly tried: boolean
  /** It was doubtful and still is: nobody has been asked. */
  readonly doubtful?: boolean
  readonly operation: string
  /** Of what waits for a person. */
  readonly cause?: Cause
  readonly attempt?: Attempt & {
    readonly detail: Words | undefined
    readonly faults: readonly Fault[]
    readonly evidence: Evidence | undefined
  }
}

export interface SettledLane {
  readonly lane: string
  readonly fence: string
  readonly deliveries: readonly SettledDelivery[]
  /** The lowest number that is still open; undefined when the claim came back empty. */
  readonly head: number | undefined
  /** Milliseconds until the lane is due again; null when its head waits for a person. */
  readonly wakeMs: number | null
  readonly memo?: Memo
  readonly follow?: Follow
}

/** What was sent, and may have had its effect, by who had lost the lane when it came to be written. */
export interface LateSend {
  readonly number: number
  readonly message: string
  readonly attempt: NonNullable<SettledDelivery['attempt']>
}

export interface DrainStore {
  claim(request: ClaimRequest): Promise<readonly ClaimedLane[]>
  /**
   * Writes what holds the fence still. `lost`: the lanes whose lease had been lost. `due`: some of
   * these lanes can be claimed again at once.
   */
  settle(
    system: string,
    lanes: readonly SettledLane[],
  ): Promise<{ readonly lost: readonly string[]; readonly due: boolean }>
  /**
   * Keeps as evidence what a lane's former owner did; changes nothing else. The numbers of what was kept:
   * none while nobody else has taken the lane, and not what had been settled after all.
   */
  keepLate(
    lane: Pick<ClaimedLane, 'lane' | 'fence'>,
    sends: readonly LateSend[],
  ): Promise<readonly number[]>
  /** Prolongs leases; returns the lanes that are no longer ours. */
  renew(
    lanes: readonly { lane: string; fence: string }[],
    leaseMs: number,
  ): Promise<readonly string[]>
}

export interface SystemGate {
  readonly system: string
  readonly paused: boolean
  readonly circuit: 'closed' | 'open'
  /** Milliseconds until a probe may pass; only while open. */
  readonly probeInMs: number
  /** Milliseconds since the circuit closed after having been open; large when it never was. */
  readonly closedForMs: number
  /** How long the oldest due lane has been due; 0 when none is. */
  readonly oldestDueMs: number
}

export interface Beat {
  /** Newest revision id. */
  readonly revision: number
  /** Workers alive, this one included, in a fixed order. */
  readonly workers: readonly string[]
  readonly gates: readonly SystemGate[]
  /** Systems with a due lane and no lease on it. */
  readonly due: readonly string[]
  /** Milliseconds until the next lane of a system becomes due. */
  readonly nextDueMs: ReadonlyMap<string, number>
}

export interface SweepStore {
  beat(process: { id: string; role: string }, systems: readonly string[]): Promise<Beat>
  leave(process: string): Promise<void>
}

export interface GateStore {
  openCircuit(system: string, probeAfterMs: number, reason: ErrorCode): Promise<boolean>
  /** True for one process only per `probeAfterMs`. */
  takeProbe(system: string, probeAfterMs: number): Promise<boolean>
  closeCircuit(system: string): Promise<boolean>
  pause(system: string, by: Act, resumeAt?: Date, code?: ErrorCode): Promise<boolean>
  resume(system: string, by: Act): Promise<boolean>
}
