/** What is done to a system beyond pausing it, and what is kept of it. */
import type { MaintenanceWindow } from '../../domain/maintenance.ts'
import type { Traffic } from '../../domain/traffic.ts'
import type { Act } from './interventions.ts'
import type { CertificateSeen, CheckView } from './systems.ts'

export interface SystemStore {
  /** Adds what was counted to the minute of the store's clock, and forgets what is older than a day. */
  addTraffic(counted: ReadonlyMap<string, Traffic>): Promise<void>
  /**
   * Keeps it in the place of the test before, and puts on record who tested. Without certificates those that were
   * seen before stay: a server that cannot be reached still has one.
   */
  keepCheck(
    system: string,
    check: Pick<CheckView, 'ok' | 'steps'> & { readonly certificates?: readonly CertificateSeen[] },
    actor: string,
  ): Promise<CheckView>
}

/** One of the two. */
export interface WindowChange {
  readonly add?: MaintenanceWindow
  readonly remove?: MaintenanceWindow
}

export interface SystemChange {
  /** The one in force afterwards. */
  readonly revision: number
  /** False: it was so already. */
  readonly changed: boolean
}

/** What people do to a system beyond pausing it. */
export interface SystemDesk {
  /** Throws `not-found`, `system-misconfigured`. */
  check(system: string, signal: AbortSignal, actor: string): Promise<CheckView>
  /** Requests a second; null: no limit. Throws `not-found`, `request-invalid`. */
  setRate(system: string, ratePerSecond: number | null, act: Act): Promise<SystemChange>
  /** Windows that are over are dropped on the way. Throws `not-found`, `request-invalid`. */
  changeWindows(system: string, change: WindowChange, act: Act): Promise<SystemChange>
}
