// Made by scripts/generate-types.ts from schemas/. Do not edit.
export type * as cloudevents from './cloudevents.ts'
export type * as credentials from './credentials.ts'
export type * as danCu from './dan-cu.ts'
export type * as dvcqg from './dvcqg.ts'
export type * as hub from './hub.ts'
export type * from './tthc.ts'
export type * as tthcLegacy from './tthc-legacy.ts'
export type * as tthcSystem from './tthc-system.ts'
