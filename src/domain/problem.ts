/** Whose side a problem is on: who is to act. */
import { type ErrorCode, errorTable, type Side } from './errors.ts'

export const problemSides = ['ours', 'source', 'target', 'network', 'data'] as const
export type ProblemSide = (typeof problemSides)[number]

const ofTable: Readonly<Record<Side, ProblemSide>> = {
  client: 'source',
  hub: 'ours',
  configuration: 'ours',
  system: 'target',
  network: 'network',
}

/** What is said is wrong, not who says it or how: repaired in the message or in a table. */
const aboutData: ReadonlySet<ErrorCode> = new Set([
  'schema-violation',
  'mapping-failed',
  'code-untranslated',
  'payload-invalid',
  'target-rejected',
] as const)

export const sideOf = (code: ErrorCode): ProblemSide =>
  aboutData.has(code) ? 'data' : ofTable[errorTable[code].side]

export const codesOfSide = (side: ProblemSide): ErrorCode[] =>
  (Object.keys(errorTable) as ErrorCode[]).filter((code) => sideOf(code) === side)
