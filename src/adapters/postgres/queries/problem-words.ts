import { type ErrorCode, errorTable, type Words } from '../../../domain/errors.ts'

/** What a person is told of a cause; a connector may know more than the table of codes. */
export type ProblemWords = (
  system: string,
  code: ErrorCode,
  remoteCode: string | null,
) => { readonly cause: Words; readonly next: Words }

export const tableWords: ProblemWords = (_, code) => ({
  cause: errorTable[code].title,
  next: errorTable[code].next,
})
