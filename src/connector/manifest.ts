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
  readonly pulls?: readonly { name: string; title: Words; types: readonly string[] }[]
  readonly lookups?: readonly { name: string; title: Words; fields: readonly string[] }[]
  readonly doors?: boolean
  readonly waivers?: readonly { rule: string; reason: string }[]
}

export interface ManifestOperation {
  readonly name: string
  readonly title: Words
  readonly types: readonly string[]
  readonly repeat: 'harmless' | 'ask' | 'person'
  readonly snapshot?: boolean
  readonly batch?: { readonly max: number; readonly maxWaitMs: number }
}

/** The operation that takes this message type; the first wins. */
export const operationFor = (manifest: Manifest, type: string): ManifestOperation | undefined =>
  manifest.operations.find((operation) => operation.types.includes(type))
