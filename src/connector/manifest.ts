import type { Words } from '../domain/errors.ts'

/** `connector.json`, read from disk by the loader; manifest.schema.json is its law. */
export interface Manifest {
  readonly id: string
  readonly title: Words
  readonly summary: Words
  readonly version: string
  readonly stage: 'stable' | 'beta' | 'example'
  readonly contract: 'real' | 'generic' | 'invented'
  readonly options: Readonly<Record<string, unknown>>
  readonly credentials?: string
  readonly operations: readonly ManifestOperation[]
  /**
   * Operations, pulls and lookups are those that the system's options declare under the same names: the
   * connector speaks no contract of its own.
   */
  readonly configured?: boolean
  /** Of a generic connector: what reading changes at the source, whichever pull it is. */
  readonly pullEffect?: Words
  readonly pulls?: readonly ManifestPull[]
  readonly lookups?: readonly ManifestLookup[]
  readonly doors?: boolean
  /** What is known of causes at this system, beyond the table of error codes. */
  readonly problems?: readonly ManifestProblem[]
  /** Test files, from the repository's root. */
  readonly proof?: readonly string[]
  readonly waivers?: readonly { rule: string; reason: string }[]
}

export interface ManifestProblem {
  /** An error code of the hub. */
  readonly code: string
  /** The system's own code; left out: whichever it is. */
  readonly remoteCode?: string
  readonly cause: Words
  readonly next: Words
}

export interface ManifestOperation {
  readonly name: string
  readonly title: Words
  /** Message types it takes; `*`: every one that no other operation takes. */
  readonly types: readonly string[]
  readonly repeat: 'harmless' | 'ask' | 'person'
  readonly snapshot?: boolean
  readonly batch?: { readonly max: number; readonly maxWaitMs: number }
}

export interface ManifestPull {
  readonly name: string
  readonly title: Words
  readonly types: readonly string[]
  /** A run begins at once when a delivery has asked for something to be followed; default false. */
  readonly prompt?: boolean
  /** The catalogue whose items it brings; of those the hub makes the messages. */
  readonly catalogue?: string
  /** What reading changes at the source; such a pull is not run dry. */
  readonly effect?: Words
}

export interface ManifestLookup {
  readonly name: string
  readonly title: Words
  /** What can be asked for: members of the answer. */
  readonly fields: readonly string[]
  /** JSON Schema of the question's parameters. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** The parameter that names the person asked about; by it (hashed) the audit of lookups is searched. */
  readonly citizen?: string
  /** False where it only says yes or no; default true. */
  readonly record?: boolean
  /** True where asking does something outside: an answer that is lost is told as "in doubt". */
  readonly effect?: boolean
}

/** The manifest as it is for a system with these options. */
export function manifestFor(
  manifest: Manifest,
  options: Readonly<Record<string, unknown>>,
): Manifest {
  if (!manifest.configured) return manifest
  const { operations = [], pulls = [], lookups = [] } = options as Partial<Manifest>
  const { pullEffect } = manifest
  const effect = pullEffect && { effect: pullEffect }
  return { ...manifest, operations, pulls: pulls.map((pull) => ({ ...pull, ...effect })), lookups }
}

/** The operation that takes this message type; the first wins, one that names it before one that takes all. */
export const operationFor = (
  { operations }: Manifest,
  type: string,
): ManifestOperation | undefined =>
  operations.find(({ types }) => types.includes(type)) ??
  operations.find(({ types }) => types.includes('*'))
