import type { Fault, HubError } from '../../domain/errors.ts'

/** What the API needs besides the hub; `compose.ts` hands in the adapters that do it. */
export interface HttpTools {
  readonly json: JsonReader
  /** Compiles a JSON Schema 2020-12; the check names every fault and changes nothing. */
  compile(schema: object): Check
}

export type Check = (value: unknown) => readonly Fault[]

/**
 * The strict reader. Throws `body-not-json`, `json-duplicate-key`, `json-too-deep` or
 * `json-number-inexact` with every fault.
 */
interface JsonReader {
  read(bytes: Uint8Array): unknown
  /**
   * Reads an array and judges each element by itself. Throws when the whole is no JSON array, and
   * `batch-too-large` when it has more than `items` elements.
   */
  readBatch(bytes: Uint8Array, items: number): readonly JsonItem[]
}

/** An element, where it lies in the bytes (end excluded), and its value or why it is refused. */
export type JsonItem = { readonly start: number; readonly end: number } & (
  | { readonly value: unknown; readonly error?: never }
  | { readonly error: HubError }
)
