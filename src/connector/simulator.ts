/**
 * Every connector folder ships its system in miniature: `simulator.ts`, default export
 * `CreateSimulator`. Conformance, the demo and the fault tests run on it, over real HTTP.
 */

/** How a simulator can be told to misbehave. Each mode counts down `times`, then good behaviour returns. */
export const simulatorModes = [
  'slow', // answers right, after `ms`
  'timeout-before', // never answers, has not applied
  'timeout-after', // applies, never answers
  'late-apply', // never answers, applies after `ms`
  'refuse', // rejects the message for good
  'busy', // 503 with Retry-After
  'rate-limit', // 429 without Retry-After
  'session-expired', // forgets every session
  'html-200', // answers a maintenance page with status 200
  'half-body', // breaks the connection in the middle of the answer, after applying
  'duplicate', // says "already there"
  'partial-batch', // takes the first half of a batch
  'server-error', // 500 without a body, not applied
  'reset-before', // breaks the connection before reading
  'unknown-words', // answers success code with words that are in no table
] as const
export type SimulatorMode = (typeof simulatorModes)[number]

/** write: a call that carries a message. read: a question. session: a login. */
export type SimulatorCallKind = 'write' | 'read' | 'session'

/**
 * Modes asked with `times` are met first, in the order asked, each by so many calls of its kind. A
 * mode without `times` lasts until behave(); the newest such mode wins.
 */
export interface SimulatorModes {
  readonly mode: SimulatorMode
  readonly times?: number
  readonly ms?: number
  /** Which calls meet it. Default: write. */
  readonly on?: SimulatorCallKind | 'any'
}

/** One thing the simulated system did, in order, for a checker to compare. */
export interface SimulatorEntry {
  readonly at: string
  /** Business key, for example the dossier code. */
  readonly subject: string
  readonly operation: string
  readonly idempotencyKey?: string
  readonly applied: boolean
  /** Content as received, for field-by-field comparison. */
  readonly content: unknown
}

export interface Simulator {
  /** Base URL, for example http://127.0.0.1:40123; of another protocol where it speaks one. */
  readonly address: string
  /** Modes this system can show; the rest make no sense for it. */
  readonly modes: readonly SimulatorMode[]
  misbehave(mode: SimulatorModes): void
  behave(): void
  /** How many calls have reached it, of every kind. */
  calls(): number
  /** Everything that arrived, newest last. */
  received(): readonly SimulatorEntry[]
  /** What the system holds now: subject → content. */
  state(): ReadonlyMap<string, unknown>
  stop(): Promise<void>
}

export interface SimulatorOptions {
  /** 0 picks a free one. Listens on 127.0.0.1 only. */
  readonly port: number
  /** What it held before, as state() gave it, so that a demo can go on. */
  readonly state?: ReadonlyMap<string, unknown>
  /** Do not keep the log of what arrived (long load tests). */
  readonly forget?: boolean
  /** Told of everything that arrives, after its effect and before its answer. */
  readonly onEntry?: (entry: SimulatorEntry) => void
}

export type CreateSimulator = (options: SimulatorOptions) => Promise<Simulator>
