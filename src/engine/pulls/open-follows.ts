/**
 * What one run of a pull has been given to follow; only that can be moved on, and only as it was given: a
 * newer delivery, or another pull that was faster, has made another version of it.
 */
import type { Followed, PullPage, PullRequest } from '../../connector/contract.ts'
import type { FollowPlace, PullCursor, PullStore, StoredFollow } from '../ports/pulls.ts'

export interface OpenFollows extends Pick<PullRequest, 'followed' | 'due'> {
  moved(page: PullPage): PullCursor['follows']
}

/** What of the store it reads. */
export type FollowStore = Pick<PullStore, 'followed' | 'dueFollows' | 'now'>

export function openFollows(store: FollowStore, system: string): OpenFollows {
  const versions = new Map<string, string>()
  const given = (rows: readonly StoredFollow[]): readonly Followed[] =>
    rows.map(({ subject, state, since, version }) => {
      versions.set(subject, version)
      return { subject, state, since }
    })
  // What becomes due while the run lasts, by its own hand even, is the next one's: so every run ends.
  let until: string | undefined
  const places = new Map<boolean, FollowPlace>()
  return {
    followed: async (after, limit) => given(await store.followed(system, after, limit)),
    async due(limit, only) {
      until ??= (await store.now()).toISOString()
      const onlyNew = only === 'new'
      const after = places.get(onlyNew)
      const { rows, last } = await store.dueFollows(system, { until, after, onlyNew, limit })
      if (last) places.set(onlyNew, last)
      return given(rows)
    },
    moved: (page) =>
      (page.follows ?? []).map((follow) => {
        const version = versions.get(follow.subject)
        if (version === undefined)
          throw new TypeError('the connector moves on what it was not given to follow')
        return { ...follow, version }
      }),
  }
}
