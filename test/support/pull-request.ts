import type { PullRequest } from '../../src/connector/index.ts'

/** A pull as the engine asks for it, at the very first, with nobody followed and nothing known. */
export const pullRequest = (
  change: Partial<PullRequest> & Pick<PullRequest, 'operation'>,
): PullRequest => ({
  ...{ cursor: undefined, overlapSeconds: 0, startedFrom: undefined, refused: [] },
  followed: async () => [],
  due: async () => [],
  latest: async () => undefined,
  timesOf: async () => new Map(),
  ...change,
})
