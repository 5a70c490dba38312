/**
 * What a process has sent that had lost the lane meanwhile: it stood still, or could not reach the store.
 * Whoever took the lane over may have sent the same again. Nothing can be done about it any more, so it is
 * kept in the history of the delivery and told.
 */
import { errorTable } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import type { ClaimedLane, DrainStore, LateSend, SettledLane } from '../ports/lanes.ts'

interface LateDependencies {
  readonly store: Pick<DrainStore, 'keepLate'>
  readonly log: Logger
  readonly system: () => string
}

export interface Late {
  /** Begins to keep what may have had its effect; waits for nobody. */
  keep(lane: SettledLane, claimed: ClaimedLane): void
  /** Tries no more than once again, and resolves when nothing is under way. */
  stop(): Promise<void>
}

/** For a minute, as long as PostgreSQL may take to come back. */
const tries = 30
const againMs = 2_000

const { title, next } = errorTable['sent-late']
const detail = { vi: `${title.vi}. ${next.vi}`, en: `${title.en}. ${next.en}` }

const sendsOf = (lane: SettledLane, claimed: ClaimedLane): LateSend[] =>
  lane.deliveries.flatMap(({ number, attempt }) => {
    const message = claimed.deliveries.find((one) => one.number === number)?.attributes.id
    const arrived = attempt?.outcome === 'delivered' || attempt?.outcome === 'unknown'
    return message !== undefined && attempt?.kind === 'send' && arrived
      ? [{ number, message, attempt: { ...attempt, code: 'sent-late', detail } }]
      : []
  })

export function createLate({ store, log, system }: LateDependencies): Late {
  const underWay = new Set<Promise<void>>()
  let stopping = false

  const write = async (claimed: ClaimedLane, sends: readonly LateSend[]): Promise<void> => {
    const { lane } = claimed
    for (let left = tries; left > 0; left--) {
      try {
        for (const number of await store.keepLate(claimed, sends))
          log.warn('delivery.sent-late', { delivery: `${lane}.${number}`, system: system() })
        return
      } catch (error) {
        log.error('drain.failed', { lane, system: system(), step: 'keep-late' }, error)
        if (stopping) return
        await new Promise((resolve) => setTimeout(resolve, againMs))
      }
    }
  }

  return {
    keep(lane, claimed) {
      const sends = sendsOf(lane, claimed)
      if (sends.length === 0) return
      const writing = write(claimed, sends).finally(() => underWay.delete(writing))
      underWay.add(writing)
    },
    async stop() {
      stopping = true
      await Promise.all(underWay)
    },
  }
}
