/** How the systems are: what was measured, tested and configured, beside how they stand. */
import type { Drain } from '../../domain/drain.ts'
import type { ErrorCode, Words } from '../../domain/errors.ts'
import type { MaintenanceWindow } from '../../domain/maintenance.ts'

/** Of a time that has just passed. */
export interface TrafficView {
  readonly attempts: number
  readonly failed: number
  readonly refused: number
  /** 0 to 1; null: nothing was tried. */
  readonly errorRate: number | null
  readonly p50Ms: number | null
  readonly p95Ms: number | null
}

export interface TrafficSpan {
  readonly from: string
  readonly attempts: number
  readonly failed: number
  readonly delivered: number
}

export interface SystemHealth {
  readonly last15Minutes: TrafficView
  readonly lastHour: TrafficView
  /** Of the last five minutes. */
  readonly deliveredPerMinute: number
  /** Deliveries that wait; counting stops at some number of dossiers. */
  readonly backlog: number
  readonly drain: Drain
  /** The certificate that ends first, of those that the last connection test saw. */
  readonly certificate: CertificateView | null
}

export interface WindowView {
  readonly window: MaintenanceWindow
  readonly inForce: boolean
  /** Of now, or of the next time. */
  readonly from: string
  readonly until: string
}

export interface CheckStepView {
  readonly name: 'dns' | 'tcp' | 'tls' | 'credentials' | 'call'
  readonly ok: boolean
  /** False: a step before it did not go well. */
  readonly tried: boolean
  readonly durationMs: number
  readonly detail: Words
}

export interface CertificateSeen {
  /** `host:port` */
  readonly host: string
  readonly subject: string
  readonly expiresAt: string
}

export interface CertificateView extends CertificateSeen {
  /** Whole days; negative when it has ended. */
  readonly daysLeft: number
}

/** A connection test, as it is kept. */
export interface CheckView {
  readonly at: string
  readonly by: string
  readonly ok: boolean
  readonly steps: readonly CheckStepView[]
  readonly certificates: readonly CertificateView[]
}

/** The hub at this moment, within somebody's reach. */
export interface NowView {
  /** Null for those whose reach is limited: it is told of all there is. */
  readonly acceptedPerMinute: number | null
  readonly deliveredPerMinute: number
  /** Dossiers of which a delivery waits for a person before anything else of it is sent. */
  readonly blockedDossiers: number
  readonly workers: { readonly alive: number; readonly lastSeen: string | null }
}

/** Of a system, or of a pull. */
export interface PauseView {
  readonly since: string
  readonly by: string
  readonly reason: string
  readonly resumeAt: string | null
  /** Why the hub itself has paused it; null when a person has. */
  readonly code: ErrorCode | null
}

export interface SystemView {
  readonly id: string
  readonly connector: string
  readonly title: Words
  readonly paused: PauseView | null
  readonly circuit: 'closed' | 'open'
  readonly circuitSince: string | null
  readonly maintenance: { readonly reason: string; readonly until: string } | null
  readonly problem: Words | null
  readonly waiting: number
  readonly failed: number
  readonly oldestDueSeconds: number | null
  readonly health: SystemHealth
  /** The newest connection test. */
  readonly check: CheckView | null
  readonly limits: { readonly ratePerSecond: number | null; readonly concurrency: number }
  /** Those that are not over. */
  readonly windows: readonly WindowView[]
}
