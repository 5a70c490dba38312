export type { Asked, Caller, ConfiguredCall, ConfiguredOptions } from './configured.ts'
export { createConfigured, mappingOf, namedParts } from './configured.ts'
export type { Mapping, MappingRow } from './mapping.ts'
export { createMapping } from './mapping.ts'
export { readPointer } from './pointer.ts'
export type { RecordPull, RecordToTake } from './record-message.ts'
export {
  messageOf,
  messageOrUnread,
  messagesOf,
  readOr,
  subjectOf,
  timeOf,
} from './record-message.ts'
export { fillTemplate } from './template.ts'
export type { Judge, Judged } from './verdict.ts'
export { createJudge } from './verdict.ts'
