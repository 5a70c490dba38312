import type { DeliveryPlace, Intervention } from '../../domain/delivery.ts'

/** Who does something, and why. */
export interface Act {
  readonly actor: string
  readonly reason: string
}

export interface InterveneStore {
  /**
   * Moves one delivery by the table of interventions, in one transaction with its audit row.
   * Throws `not-found`, `state-conflict`, `order-would-break`. Returns the system to wake.
   */
  intervene(place: DeliveryPlace, intervention: Intervention, act: Act): Promise<{ system: string }>
}
