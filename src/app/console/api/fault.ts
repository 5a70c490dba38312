/** What went wrong with a request: a problem of the hub (RFC 9457), or none came because nobody answered. */
import type { ApiProblem } from './client.ts'

export const isApiProblem = (error: unknown): error is ApiProblem =>
  typeof error === 'object' && error !== null && 'code' in error && 'title' in error
