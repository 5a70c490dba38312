import type { Manifest } from '../../connector/manifest.ts'
import type { Fault, Words } from '../../domain/errors.ts'

/** What configuration files are judged by. Composed of the schema registry and the connector loader. */
export interface ConfigLaw {
  /** Faults of a value against the registered schema with this `$id` suffix, e.g. `hub/system/v1`. */
  validate(idSuffix: string, value: unknown): readonly Fault[]
  /** Faults against a schema that is registered nowhere: the options of a connector. */
  validateAgainst(schema: object, value: unknown): readonly Fault[]
  /** The registered schema itself, for suggestions about misspelt names. */
  schema(idSuffix: string): object | undefined
  /**
   * What is wrong with each expression of a mapping, undefined where it can be read. Absent where this hub
   * evaluates none.
   */
  readonly expressions?: (texts: readonly string[]) => readonly (Words | undefined)[]
  readonly messageTypes: readonly string[]
  /** As they may be named: the end of the `$id` of every registered schema. */
  readonly schemaNames: readonly string[]
  readonly manifests: readonly Manifest[]
}
