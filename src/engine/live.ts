/**
 * Who wants to know when something changes: many listeners, one look at the store for all of them, and none while
 * nobody listens. They are told which lists have changed and ask for these themselves, each within his own reach.
 */
import { HubError } from '../domain/errors.ts'
import type { Logger } from '../domain/log-events.ts'
import {
  type Live,
  type LiveListener,
  type LiveStore,
  type LiveTopic,
  liveTopics,
} from './ports/live.ts'

interface Dependencies {
  readonly store: LiveStore
  readonly log: Logger
  readonly everyMs?: number
  /** Listeners of this process. */
  readonly most?: number
  readonly mostOfOne?: number
}

interface Told extends LiveListener {
  readonly who: string
  tell(topics: readonly LiveTopic[]): void
}

function createListener(who: string, ended: (listener: Told) => void): Told {
  let pending = new Set<LiveTopic>()
  let over = false
  let wake: (() => void) | undefined
  const listener: Told = {
    who,
    async next(withinMs) {
      if (pending.size === 0 && !over)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, withinMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      const topics = [...pending]
      pending = new Set()
      return over ? [] : topics
    },
    isOver: () => over,
    tell(topics) {
      for (const topic of topics) pending.add(topic)
      wake?.()
    },
    end() {
      if (over) return
      over = true
      ended(listener)
      wake?.()
    },
  }
  return listener
}

const tooMany = (most: number, vi: string, en: string): HubError =>
  new HubError('rate-limited', {
    retryAfterSeconds: 30,
    detail: {
      vi: `${vi} đang mở ${most} luồng theo dõi trực tiếp, là mức tối đa. Đóng bớt cửa sổ, hoặc hỏi lại danh sách theo chu kỳ.`,
      en: `${en} ${most} live streams open, which is the most there may be. Close some, or ask for the lists now and then.`,
    },
  })

const mostMissed = 2

export function createLive(deps: Dependencies): Live {
  const { store, log, everyMs = 2_000, most = 500, mostOfOne = 20 } = deps
  const listeners = new Set<Told>()
  let before: ReadonlyMap<LiveTopic, string> | undefined
  /** Looks in a row that the store did not answer. */
  let missed = 0
  let stopped = false
  let first: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const look = async (): Promise<void> => {
    try {
      const now = await store.marks()
      // While the store was away nobody looked: whatever there is may be another.
      const changed = liveTopics.filter(
        (topic) => missed > 0 || (before && before.get(topic) !== now.get(topic)),
      )
      before = now
      missed = 0
      if (changed.length > 0) for (const listener of listeners) listener.tell(changed)
    } catch (error) {
      if (missed === 0) log.warn('store.unavailable', { reason: String(error) })
      missed += 1
      // Who is told nothing would take what he sees for what is.
      if (missed >= mostMissed) for (const listener of listeners) listener.end()
    }
  }

  const lookOn = (): void => {
    timer = setTimeout(async () => {
      await look()
      if (listeners.size > 0) return lookOn()
      first = undefined
      before = undefined
    }, everyMs)
    timer.unref()
  }

  /** What was before anybody listened is asked once, by the first. */
  const begin = (): Promise<void> => {
    first ??= look().then(lookOn)
    return first
  }

  return {
    async listen(who) {
      if (stopped) throw new HubError('hub-stopping', { retryAfterSeconds: 5 })
      const own = [...listeners].filter((listener) => listener.who === who).length
      if (own >= mostOfOne) throw tooMany(mostOfOne, 'Bạn', 'You have')
      if (listeners.size >= most) throw tooMany(most, 'Liên thông', 'The hub has')
      const listener = createListener(who, (one) => listeners.delete(one))
      listeners.add(listener)
      await begin()
      if (missed === 0) return listener
      listener.end()
      throw new HubError('store-unavailable', { retryAfterSeconds: 5 })
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      for (const listener of listeners) listener.end()
    },
  }
}
