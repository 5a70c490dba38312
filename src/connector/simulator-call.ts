import type { SimulatorCallKind, SimulatorEntry } from './simulator.ts'

/** A request that was understood and has had no effect yet. */
export interface SimulatorCall {
  /** write: carries a message. read: asks. session: logs in. Modes pick their calls by it. */
  readonly kind: SimulatorCallKind
  /** What it carries, one entry per item, for received(). Usually none for read and session. */
  readonly items?: readonly SimulatorItem[]
  /**
   * Good behaviour: checks (the session too), changes the state, answers. With `atMost` only so many
   * items are taken (mode partial-batch).
   */
  run(atMost?: number): SimulatorAnswer | Promise<SimulatorAnswer>
  /** "No, never" in the system's own words. Default: 422. */
  refuse?(): SimulatorAnswer
  /** "Already there" in the system's own words. Default: 409. */
  duplicate?(): SimulatorAnswer
  /** The success code with words that are in no table. Default: 200 and a message. */
  unknownWords?(): SimulatorAnswer
}

export type SimulatorItem = Omit<SimulatorEntry, 'at' | 'applied'>

export interface SimulatorAnswer {
  /** Default 200. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Objects leave as JSON, text as UTF-8, bytes as they are. */
  readonly body?: object | string | Uint8Array
  /** Whether the items took effect: for all, or one by one. Default false: a simulator says so. */
  readonly applied?: boolean | readonly boolean[]
}
