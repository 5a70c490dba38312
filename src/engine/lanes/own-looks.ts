/**
 * When a drain looks for due lanes by itself: the beat of a process meets what is far off, and wake-ups
 * of a busy system are spaced out.
 */
export interface OwnLooks {
  /** In so many milliseconds, if that may be before the next beat: a retry is due then. */
  at(ms: number): void
  /**
   * After a claim: one that found something is followed by looks until the next wake-up may come; one
   * that was itself the nth such look by the rest of them.
   */
  afterClaim(found: number, nth: number): void
  stop(): void
}

/** A little more than the beat of a process. */
const beatMs = 1_500
const followingMs = [25, 75]

/** A claim that is no look of this kind. */
export const noLook = followingMs.length

/** `look` is told which of the looks that follow a claim it is, or `noLook`. */
export function createOwnLooks(look: (nth: number) => void): OwnLooks {
  const retries = new Set<NodeJS.Timeout>()
  let following: NodeJS.Timeout | undefined
  let stopped = false
  return {
    at(ms) {
      if (ms <= 0 || ms > beatMs || stopped) return
      const timer = setTimeout(() => {
        retries.delete(timer)
        look(noLook)
      }, ms + 2)
      retries.add(timer)
    },
    afterClaim(found, nth) {
      const next = found > 0 ? 0 : nth
      const ms = followingMs[next]
      if (ms === undefined || stopped) return
      clearTimeout(following)
      following = setTimeout(() => look(next + 1), ms)
    },
    stop() {
      stopped = true
      for (const timer of retries) clearTimeout(timer)
      clearTimeout(following)
    },
  }
}
