/** What tells that something has changed, and nothing of what it is. */

/** The lists of the API that are told of; each is a path of its own below /api/v1/. */
export const liveTopics = [
  'deliveries',
  'dossiers',
  'problems',
  'plans',
  'corrections',
  'systems',
  'pulls',
] as const
export type LiveTopic = (typeof liveTopics)[number]

export interface LiveStore {
  /** Of each topic a mark: where it is another one than before, something has changed, in whatever process. */
  marks(): Promise<ReadonlyMap<LiveTopic, string>>
}

/** Somebody who is told. What he does not take at once is one set of topics, however long he waits. */
export interface LiveListener {
  /** What has changed since the last call; waits for it at most so long. Empty: nothing has, or it is over. */
  next(withinMs: number): Promise<readonly LiveTopic[]>
  /** Nothing more will come: `end` was called, or the hub stops. */
  isOver(): boolean
  end(): void
}

export interface Live {
  /** `who` may have a few at once, all together some more: throws `rate-limited`, and `hub-stopping`. */
  listen(who: string): Promise<LiveListener>
  /** Ends all of them at once. */
  stop(): void
}
